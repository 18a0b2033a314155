// What was sent when the session had ended is not lost: it waits in this tab until its reader has signed in again and
// opens the same form. Nobody else's form takes it, and any other page lets it go.
import { announce, one } from "./dom";

const PLACE = "unsent";

interface Unsent {
  purpose: string;
  reader: string;
  fields: [string, string][];
  /** Set by the page that says that the session had ended. */
  refused: boolean;
}

/** On every page, before any form is watched. */
export function keepUnsent(): void {
  const unsent = read();
  if (!unsent) return;
  if (one("[data-session-ended]")) return write({ ...unsent, refused: true });
  if (!unsent.refused) sessionStorage.removeItem(PLACE);
}

/** Remembers a form that is on its way. */
export function remember(form: HTMLFormElement): void {
  const fields = [...new FormData(form)].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  write({ purpose: purposeOf(form), reader: reader(), fields, refused: false });
}

/** Fills a form with what was refused; whether it did. */
export function bringBack(form: HTMLFormElement): boolean {
  const unsent = read();
  if (!unsent?.refused || unsent.purpose !== purposeOf(form) || unsent.reader !== reader()) return false;
  sessionStorage.removeItem(PLACE);
  for (const [name, value] of unsent.fields) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = true;
    else if (field instanceof HTMLInputElement && field.type === "hidden") continue;
    else if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
  }
  announce("What you had typed is back.");
  return true;
}

function purposeOf(form: HTMLFormElement): string {
  const field = form.elements.namedItem("draft_for");
  return field instanceof HTMLInputElement ? field.value : "";
}

function reader(): string {
  return one(".whose .muted")?.textContent ?? "";
}

function read(): Unsent | null {
  const text = sessionStorage.getItem(PLACE);
  return text ? (JSON.parse(text) as Unsent) : null;
}

function write(unsent: Unsent): void {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(unsent));
  } catch {
    // The tab's room is full: the draft that was saved before is what stays.
  }
}
