// Beside the queue a request opens in place: htmx swaps the pane and the title, the mark follows. On a narrow
// page, where queue and request are pages of their own, the link is a link. While a request is on its way, nothing
// can be written to the one that it replaces: the pane is closed, keys wait for the new one, and letters typed
// meanwhile are its. Going back and forward opens them in place too: the list stays as it was left.
import htmx from "htmx.org";
import { all, announce, one } from "./dom";

const BESIDE = "(min-width: 820px)";
/** From here on the list scrolls by itself. */
const ALONE = "(min-width: 1240px)";

interface Coming {
  row: HTMLAnchorElement;
  /** What a key asked for meanwhile, and what was typed since. */
  act?: () => boolean;
  typed: string;
}

interface Context {
  sourceElement: Element;
  request: { action: string };
  response?: { raw: Response };
}

let coming: Coming | null = null;

export function followRows(): void {
  if (matchMedia(ALONE).matches) one(".row[aria-current]")?.scrollIntoView({ block: "center" });
  document.addEventListener("click", clicked, true);
  document.addEventListener("htmx:before:history:restore", (event) => {
    event.preventDefault();
    restore();
  });
  document.addEventListener("htmx:before:response", (event) => {
    // Whoever goes back twice means the second.
    if (isRestored(event) && context(event).request.action !== here()) return event.preventDefault();
    if (!isComing(event) && !isRestored(event)) return;
    const answer = context(event).response?.raw;
    // No request but a page of its own: signed out meanwhile, or gone.
    if (answer?.ok && !answer.redirected) return;
    event.preventDefault();
    if (isComing(event)) location.assign(coming?.row.href ?? location.href);
    else location.reload();
  });
  document.addEventListener("htmx:error", (event) => {
    if (isComing(event)) couldNotOpen();
    else if (isRestored(event)) location.reload();
  });
  document.addEventListener("htmx:after:swap", mark);
  document.addEventListener("htmx:finally:request", (event) => {
    if (isComing(event)) arrived();
  });
}

/** Does what a key asks at once, or when the request on its way is here. */
export function onceHere(act: () => boolean): boolean {
  if (!coming) return act();
  coming.act ??= act;
  return true;
}

/** Whether a key belongs to the text that is to be written when the request is here. */
export function typedAhead(event: KeyboardEvent): boolean {
  if (!coming?.act) return false;
  if (event.key === "Escape") delete coming.act;
  else if (event.key === "Enter") coming.typed += "\n";
  else if (event.key === "Backspace") coming.typed = coming.typed.slice(0, -1);
  else if (event.key.length === 1) coming.typed += event.key;
  else return false;
  return true;
}

function clicked(event: MouseEvent): void {
  const row = (event.target as HTMLElement | null)?.closest?.<HTMLAnchorElement>(".row");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!matchMedia(BESIDE).matches) return event.stopImmediatePropagation();
  if (coming?.row === row) {
    event.preventDefault();
    return event.stopImmediatePropagation();
  }
  coming = { row, typed: "" };
  const pane = one("#pane");
  if (pane) pane.inert = true;
}

/** What is gone back to was opened beside this list, so the list is the one that it was opened from. */
function restore(): void {
  const pane = one("#pane");
  if (!pane) return location.reload();
  pane.inert = true;
  void htmx.ajax("GET", here(), { target: pane, select: "#pane", swap: "outerHTML", headers: { "HX-Target": "#pane" } });
}

function here(): string {
  return location.pathname + location.search;
}

function context(event: Event): Context {
  return (event as CustomEvent<{ ctx: Context }>).detail.ctx;
}

/** Whether an event of htmx is about the request that was chosen last, and not about one chosen before it. */
function isComing(event: Event): boolean {
  return coming !== null && context(event).request.action === coming.row.getAttribute("hx-get");
}

/** Whether an event of htmx is about what was gone back or forward to: nothing else is asked for by no element. */
function isRestored(event: Event): boolean {
  return context(event).sourceElement === document.body;
}

function mark(event: Event): void {
  if (!one("#pane")) return;
  const before = one<HTMLAnchorElement>(".row[aria-current]");
  document.body.dataset["page"] = location.pathname.startsWith("/desk/requests/") ? "request" : "queue";
  for (const row of all<HTMLAnchorElement>(".row")) {
    if (row.pathname === location.pathname) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  // Keys go on from there.
  if (isRestored(event)) (one(".row[aria-current]") ?? before)?.focus({ preventScroll: true });
}

function arrived(): void {
  const { act, typed } = coming ?? { typed: "" };
  coming = null;
  const pane = one("#pane");
  if (pane) pane.inert = false;
  if (!act?.() || !typed) return;
  const text = document.activeElement;
  if (!(text instanceof HTMLTextAreaElement)) return;
  text.setRangeText(typed, text.value.length, text.value.length, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Says so where it would have opened; what was open stays. */
function couldNotOpen(): void {
  if (coming) delete coming.act;
  const sentence = "That request could not be opened: the server did not answer. Choose it again.";
  const words = document.createElement("p");
  words.className = "notice late";
  words.textContent = sentence;
  one("#pane .notice.late")?.remove();
  one("#pane > *")?.prepend(words);
  announce(sentence);
}
