// Sets Markdown as it is written: a toolbar and its keys, lists that go on with the next line, an address that is pasted over
// words becomes their link.
import { all, each, one } from "./dom";
import { put } from "./write";

const AROUND: Record<string, string> = { bold: "**", italic: "*", code: "`" };
const BEFORE: Record<string, (line: number) => string> = { list: () => "- ", steps: (line) => `${line + 1}. `, quote: () => "> " };
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)]|>)( \[[ xX]\])? +/;
const ADDRESS = /^https?:\/\/[^\s<>()]+$/;

export function formatText(): void {
  each("[data-formats]", (bar) => {
    const text = one<HTMLTextAreaElement>("textarea", bar.closest("form") ?? document);
    if (!text) return;
    // From the first letter on it stays: what comes and goes with the focus would move what is about to be pressed.
    text.addEventListener("focus", () => (bar.hidden = false), { once: true });
    const buttons = all<HTMLButtonElement>("button", bar);
    roam(bar, buttons);
    // The selection stays where it is.
    bar.addEventListener("pointerdown", (event) => event.preventDefault());
    for (const button of buttons) button.addEventListener("click", () => format(text, button.dataset["format"] ?? ""));
    text.addEventListener("keydown", (event) => pressed(event, text, buttons));
    text.addEventListener("paste", (event) => pasted(event, text));
  });
}

/** One stop for the Tab key; arrows go on from there. */
function roam(bar: HTMLElement, buttons: HTMLButtonElement[]): void {
  const settle = (chosen: number) => buttons.forEach((button, at) => (button.tabIndex = at === chosen ? 0 : -1));
  settle(0);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    const next = (at + step + buttons.length) % buttons.length;
    settle(next);
    buttons[next]?.focus();
    event.preventDefault();
  });
}

function pressed(event: KeyboardEvent, text: HTMLTextAreaElement, buttons: HTMLButtonElement[]): void {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (goOn(text)) event.preventDefault();
    return;
  }
  const button = buttons.find((it) => it.dataset["key"] === event.key.toLowerCase());
  if (!button || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
  event.preventDefault();
  format(text, button.dataset["format"] ?? "");
}

function format(text: HTMLTextAreaElement, name: string): void {
  const around = AROUND[name];
  const before = BEFORE[name];
  if (name === "code" && chosen(text).includes("\n")) fence(text);
  else if (around !== undefined) wrap(text, around);
  else if (before) prefix(text, before);
  else if (name === "link") link(text, "");
}

function chosen(text: HTMLTextAreaElement): string {
  return text.value.slice(text.selectionStart, text.selectionEnd);
}

/** Sets marks around the words, or takes them off. */
function wrap(text: HTMLTextAreaElement, marks: string): void {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const words = value.slice(from, to);
  const wide = marks.length;
  if (isSet(value, from, to, marks)) {
    put(text, from - wide, to + wide, words);
    text.setSelectionRange(from - wide, to - wide);
    return;
  }
  put(text, from, to, marks + words + marks);
  text.setSelectionRange(from + wide, to + wide);
}

/** Whether the marks stand around it: of three stars one is for italic and two for bold. */
function isSet(value: string, from: number, to: number, marks: string): boolean {
  const before = /\**$/.exec(value.slice(Math.max(0, from - 3), from))?.[0].length ?? 0;
  const after = /^\**/.exec(value.slice(to, to + 3))?.[0].length ?? 0;
  const stars = Math.min(before, after);
  if (marks === "*") return stars % 2 === 1;
  if (marks === "**") return stars >= 2;
  return value.slice(from - marks.length, from) === marks && value.slice(to, to + marks.length) === marks;
}

/** A piece of code of several lines stands on lines of its own. */
function fence(text: HTMLTextAreaElement): void {
  const { selectionStart: from, selectionEnd: to, value } = text;
  const begin = from === 0 || value[from - 1] === "\n" ? "" : "\n";
  const end = to === value.length || value[to] === "\n" ? "" : "\n";
  put(text, from, to, `${begin}\`\`\`\n${value.slice(from, to)}\n\`\`\`${end}`);
}

/** Begins each chosen line with a mark, or takes it off where all have it. */
function prefix(text: HTMLTextAreaElement, mark: (line: number) => string): void {
  const { selectionStart, selectionEnd, value } = text;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const have = lines.every((line, at) => line.startsWith(mark(at)));
  const set = lines.map((line, at) => (have ? line.slice(mark(at).length) : mark(at) + line.replace(ITEM, "$1")));
  put(text, from, to, set.join("\n"));
}

function link(text: HTMLTextAreaElement, address: string): void {
  const { selectionStart: from, selectionEnd: to } = text;
  const words = chosen(text);
  const isAddress = ADDRESS.test(words);
  const [label, target] = isAddress ? ["", words] : [words, address];
  put(text, from, to, `[${label}](${target})`);
  // What is missing is written next.
  const at = label === "" ? from + 1 : target === "" ? from + label.length + 3 : from + label.length + target.length + 4;
  text.setSelectionRange(at, at);
}

function pasted(event: ClipboardEvent, text: HTMLTextAreaElement): void {
  const address = event.clipboardData?.getData("text/plain").trim() ?? "";
  const words = chosen(text);
  if (!ADDRESS.test(address) || words.trim() === "" || words.includes("\n") || ADDRESS.test(words)) return;
  event.preventDefault();
  link(text, address);
}

/** Begins the next item of a list; an empty one ends it. */
function goOn(text: HTMLTextAreaElement): boolean {
  const { selectionStart: at, selectionEnd: to, value } = text;
  if (at !== to) return false;
  const from = value.lastIndexOf("\n", at - 1) + 1;
  const line = value.slice(from, at);
  const [marks, indent, mark] = ITEM.exec(line) ?? [];
  if (marks === undefined || indent === undefined || mark === undefined) return false;
  if (line === marks) {
    // Behind an empty line: Markdown would take what follows at once for a part of the item.
    put(text, from, at, "\n");
    return true;
  }
  const number = parseInt(mark, 10);
  const next = Number.isNaN(number) ? mark : `${number + 1}${mark.slice(-1)}`;
  put(text, at, at, `\n${indent}${next} ${marks.includes("[") ? "[ ] " : ""}`);
  return true;
}
