// The keyboard of the desk. Which key does what stands in the sheet that `?` shows, as the server wrote it for its reader;
// a key is one character, or two that are pressed one after the other.
import { pick } from "./bulk";
import { all, each, one, writing } from "./dom";
import { onceHere, typedAhead } from "./queue";

/** How long the first of two characters waits for the second. */
const PATIENCE_MS = 1500;

let begun = "";
let forgetting: number | undefined;

export function bindKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
    if (!event.ctrlKey && !event.metaKey && typedAhead(event)) return event.preventDefault();
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (writing(event.target)) {
      if (event.key === "Escape") (event.target as HTMLElement).blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    if (pressed(event.key)) event.preventDefault();
  });
  for (const opener of all("[data-keys]")) opener.addEventListener("click", () => does("keys"));
  each<HTMLElement>("[data-act]", hint);
}

/** What a reader may do on the page that is open, by its name: does it. */
export function does(name: string): boolean {
  return can(name) && (acts[name]?.() ?? false);
}

/** Whether it can be done on the page that is open. */
export function can(name: string): boolean {
  const needs = acts[name] && needed[name];
  return needs === undefined ? name in acts : one(needs) !== null;
}

const acts: Record<string, () => boolean> = {
  next: () => move(1),
  previous: () => move(-1),
  search: () => focus("[data-search]"),
  reply: () => onceHere(() => write("kind-reply")),
  note: () => onceHere(() => write("kind-note")),
  take: () => onceHere(() => take()),
  assign: () => onceHere(() => open("assign")),
  state: () => onceHere(() => open("state")),
  priority: () => onceHere(() => open("priority")),
  type: () => onceHere(() => open("type")),
  bug: () => onceHere(() => open("bug")),
  more: () => onceHere(() => open("more")),
  select: () => pick(),
  "go-needs-answer": () => go("needs-answer"),
  "go-mine": () => go("mine"),
  "go-unassigned": () => go("unassigned"),
  "go-waiting": () => go("waiting"),
  "go-developers": () => go("developers"),
  keys: () => sheet(),
};

/** What has to be on the page for it. */
const needed: Record<string, string> = {
  next: ".row",
  previous: ".row",
  reply: "#kind-reply",
  note: "#kind-note",
  take: "[data-act=assign] option[value=me]:not(:checked)",
  assign: "[data-act=assign]",
  state: "[data-act=state]",
  priority: "[data-act=priority]",
  type: "[data-act=type]",
  bug: "[data-act=bug]",
  more: "[data-act=more]",
  select: ".pick",
};

function bindings(): Map<string, string> {
  const lines = all("[data-binding]").map((line) => [line.dataset["pressed"] ?? "", line.dataset["binding"] ?? ""] as const);
  return new Map(lines.filter(([key]) => key !== ""));
}

function pressed(key: string): boolean {
  const bound = bindings();
  const whole = begun === "" ? key : `${begun} ${key}`;
  begun = "";
  clearTimeout(forgetting);
  const act = bound.get(whole) ?? bound.get(key);
  if (act) return acts[act]?.() ?? false;
  if (![...bound.keys()].some((each) => each.startsWith(`${key} `))) return false;
  begun = key;
  forgetting = setTimeout(() => (begun = ""), PATIENCE_MS);
  return true;
}

/** A button says the key that its reader has for it. */
function hint(button: HTMLElement): void {
  const place = one("summary kbd", button);
  const line = one(`[data-binding="${button.dataset["act"] ?? ""}"]`);
  const key = line?.dataset["pressed"] ?? "";
  if (!place || !line) return;
  place.textContent = key;
  place.hidden = key === "";
}

function focus(selector: string): boolean {
  const element = one(selector);
  element?.focus();
  return element !== null;
}

/** The next row; on a page of its own it gets the focus, beside an open request it opens. */
function move(by: 1 | -1): boolean {
  const rows = all<HTMLAnchorElement>(".row");
  if (rows.length === 0) return false;
  // Where the focus is: the mark follows only when the request has come.
  const focused = rows.findIndex((row) => row === document.activeElement || row.parentElement?.contains(document.activeElement));
  const at = focused === -1 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : focused;
  const next = rows[Math.min(rows.length - 1, Math.max(0, at === -1 ? 0 : at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  if (next && one(".request-top") && next.offsetParent) next.click();
  return true;
}

function write(kind: string): boolean {
  const radio = one<HTMLInputElement>(`#${kind}`);
  const text = one<HTMLTextAreaElement>(".compose textarea");
  if (!radio || !text) return false;
  radio.checked = true;
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
  return true;
}

/** Gives the request to the reader, as the form would. */
function take(): boolean {
  const choice = one<HTMLOptionElement>("[data-act=assign] option[value=me]");
  const form = choice?.closest("form");
  if (!choice || !form || choice.selected) return false;
  choice.selected = true;
  form.requestSubmit();
  return true;
}

function open(act: string): boolean {
  const sheet = one<HTMLDetailsElement>(`details[data-act="${act}"]`);
  if (sheet) sheet.open = true;
  return sheet !== null;
}

function go(view: string): boolean {
  location.assign(`/desk/views/${view}`);
  return true;
}

function sheet(): boolean {
  const keys = one<HTMLDialogElement>(".keys-sheet");
  keys?.showModal();
  return keys !== null;
}

/** Ctrl and Enter send what is written, by the button that shows. */
function send(event: KeyboardEvent): void {
  const form = (event.target as HTMLElement | null)?.closest<HTMLFormElement>("form.writes");
  const button = form && all<HTMLButtonElement>("button.primary", form).find((each) => each.offsetParent !== null);
  if (!form || !button) return;
  event.preventDefault();
  form.requestSubmit(button);
}
