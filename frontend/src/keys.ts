// The keyboard of the desk: j k to move, Enter to open, r n to write, a s p t to change, . for more, ? for the sheet.
import { all, one, writing } from "./dom";
import { onceHere, typedAhead } from "./queue";

export function bindKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
    if (!event.ctrlKey && !event.metaKey && typedAhead(event)) return event.preventDefault();
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (writing(event.target)) {
      if (event.key === "Escape") (event.target as HTMLElement).blur();
      return;
    }
    const act = acts[event.key];
    if (!act || document.querySelector("dialog[open]")) return;
    if (act()) event.preventDefault();
  });
  for (const opener of all("[data-keys]")) opener.addEventListener("click", () => sheet());
}

const acts: Record<string, () => boolean> = {
  j: () => move(1),
  k: () => move(-1),
  r: () => onceHere(() => write("kind-reply")),
  n: () => onceHere(() => write("kind-note")),
  a: () => onceHere(() => open("a")),
  s: () => onceHere(() => open("s")),
  p: () => onceHere(() => open("p")),
  t: () => onceHere(() => open("t")),
  ".": () => onceHere(() => open(".")),
  "?": () => sheet(),
  "/": () => focus("[data-search]"),
};

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
  const focused = rows.findIndex((row) => row === document.activeElement);
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

function open(key: string): boolean {
  const sheet = one<HTMLDetailsElement>(`details[data-key="${key}"]`);
  if (sheet) sheet.open = true;
  return sheet !== null;
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
