// What an open page does when something happened: it looks at its own address anew and takes over what is otherwise,
// without moving what is being read. Rows change where they are, new ones wait behind a line; on a request new messages
// wait too, what stands around them is brought up to date, and the composer is never touched.
import htmx from "htmx.org";
import { keepPicks } from "./bulk";
import { all, announce, one } from "./dom";

const SOON_MS = 150;
const APART_MS = 2000;
/** Many who look on do not all ask in the same instant. */
const SPREAD_MS = 200;

let timer: number | undefined;
let looked = 0;
let asked: AbortController | undefined;
/** The page as it is now, where this one shows less. */
let fresh: Document | undefined;

/** Something happened somewhere: several things at once are looked at together. */
export function tellPages(_what: "changed"): void {
  if (timer !== undefined) return;
  const wait = Math.max(SOON_MS + Math.random() * SPREAD_MS, looked + APART_MS - performance.now());
  timer = setTimeout(() => {
    timer = undefined;
    if (document.visibilityState === "visible") void look();
    else document.addEventListener("visibilitychange", () => tellPages("changed"), { once: true });
  }, wait);
}

/** Something is at the bell that no request says: a page that shows no requests asks for the count alone. */
export function ring(): void {
  if (address()) return tellPages("changed");
  const look = async () => {
    try {
      const answer = await fetch("/desk/notifications", { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) bell(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // The next page that is opened knows it.
    }
  };
  setTimeout(() => void look(), SOON_MS + Math.random() * SPREAD_MS);
}

function bell(now: Document): void {
  const [unread, other] = [one("[data-unread]"), one("[data-unread]", now)];
  if (unread && other) unread.textContent = other.textContent;
}

/** Where this page can be read again: a form that was refused shows its request. */
function address(): string | null {
  const request = /^\/desk\/requests\/\d+/.exec(location.pathname);
  if (request) return request[0] + location.search;
  return one(".queue") ? location.pathname + location.search : null;
}

async function look(): Promise<void> {
  const at = address();
  if (!at) return;
  looked = performance.now();
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(at, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected || at !== address()) return;
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    counts(fresh);
    rows(fresh);
    request(fresh);
  } catch {
    // The next thing that happens has it looked at again.
  }
}

function counts(now: Document): void {
  bell(now);
  for (const link of all<HTMLAnchorElement>(".views a")) {
    const count = one(".count", link);
    const other = one(`.views a[href="${CSS.escape(link.getAttribute("href") ?? "")}"] .count`, now);
    if (count && other) [count.textContent, count.className] = [other.textContent, other.className];
  }
}

function key(row: HTMLAnchorElement): string {
  return /\d+/.exec(row.getAttribute("href") ?? "")?.[0] ?? "";
}

function rows(now: Document): void {
  const [here, there] = [all<HTMLAnchorElement>(".queue .row"), all<HTMLAnchorElement>(".queue .row", now)];
  const others = new Map(there.map((row) => [key(row), row]));
  for (const row of here) {
    const other = others.get(key(row));
    row.classList.toggle("gone", !other);
    if (other && other.innerHTML !== row.innerHTML) row.innerHTML = other.innerHTML;
  }
  const shown = new Set(here.map(key));
  const added = there.filter((row) => !shown.has(key(row))).length;
  const order = here.map(key).join() === there.map(key).join();
  news(added > 0 ? `${added} new, show them` : order ? "" : "Changed since, show");
}

/** A line in the head of the queue, which has room for it. */
function news(words: string): void {
  const head = one(".queue-head");
  if (!head) return;
  let line = one<HTMLButtonElement>(".news", head);
  if (!line) head.append((line = button("news link small", showRows)));
  say(line, words, words.replace(/, show.*/, " in the queue"));
}

function button(looks: string, shows: () => void): HTMLButtonElement {
  const line = document.createElement("button");
  line.type = "button";
  line.className = looks;
  line.addEventListener("click", shows);
  return line;
}

/** What a line says, and what is said aloud; nothing hides it. */
function say(line: HTMLButtonElement, words: string, aloud: string): void {
  if (line.textContent === words) return;
  line.textContent = words;
  line.hidden = words === "";
  if (words) announce(aloud);
}

function showRows(): void {
  const [queue, other] = [one(".queue"), fresh && one(".queue", fresh)];
  if (!queue || !other) return;
  const open = one<HTMLAnchorElement>(".row[aria-current]", queue);
  const known = new Set(all<HTMLAnchorElement>(".row", queue).map(key));
  keepPicks(() => {
    for (const child of [...queue.children]) if (!child.matches(".queue-head")) child.remove();
    for (const child of [...other.children]) if (!child.matches(".queue-head")) queue.append(document.adoptNode(child));
  });
  htmx.process(queue);
  for (const row of all<HTMLAnchorElement>(".row", queue)) {
    if (open && key(row) === key(open)) row.setAttribute("aria-current", "true");
  }
  news("");
  (all<HTMLAnchorElement>(".row", queue).find((row) => !known.has(key(row))) ?? one(".row", queue))?.focus();
}

/** What stands around the conversation, and whether there is more in it. */
function request(now: Document): void {
  const [page, other] = [one("#page.request"), one("#page.request", now)];
  if (!page || !other || purpose(page) !== purpose(other)) return;
  for (const part of [".acts", ".turn-line", ".strip", ".explain"]) replace(one(part, page), one(part, other));
  replace(one(".evidence"), one(".evidence", now));
  const shown = new Set(all(".msg", page).map((message) => message.id));
  const added = all(".msg", other).filter((message) => !shown.has(message.id));
  const talk = "section[aria-label=Conversation]";
  const same = one(talk, page)?.innerHTML === one(talk, other)?.innerHTML;
  arrived(added.length > 0 ? saying(added) : same ? "" : "Something changed, show");
}

function saying(added: HTMLElement[]): string {
  const [first] = added;
  if (added.length > 1 || !first) return `${added.length} new messages, show`;
  const kind = first.matches(".note") ? "note" : "reply";
  return `New ${kind} from ${one(".who b", first)?.textContent ?? "somebody"}, show`;
}

/** One part in place of another; not while its reader has it in hand. */
function replace(part: HTMLElement | null, other: HTMLElement | null): void {
  if (!part || !other || part.outerHTML === other.outerHTML) return;
  if (one("details[open]", part) || part.contains(document.activeElement)) return;
  part.replaceWith(document.adoptNode(other.cloneNode(true)));
  document.dispatchEvent(new CustomEvent("firstline:shown"));
}

/** A line that floats above the composer: nothing moves when it comes. */
function arrived(words: string): void {
  const compose = one("#page .compose");
  if (!compose) return;
  let line = one<HTMLButtonElement>(".arrived", compose);
  if (!line) compose.prepend((line = button("arrived btn", showMessages)));
  say(line, words, words.replace(/, show$/, ""));
}

/** Which request a page is of. */
function purpose(page: HTMLElement): string {
  return one<HTMLInputElement>("[name=draft_for]", page)?.value ?? "";
}

function showMessages(): void {
  const [page, other] = [one("#page.request"), fresh && one("#page.request", fresh)];
  const compose = page && one(".compose", page);
  if (!page || !other || !compose || purpose(page) !== purpose(other)) return;
  const shown = new Set(all(".msg", page).map((message) => message.id));
  for (const child of [...page.children]) if (child !== compose) child.remove();
  const read = one<HTMLInputElement>("[name=read_to]", compose);
  const newest = one<HTMLInputElement>("[name=read_to]", other);
  if (read && newest) read.value = newest.value;
  for (const child of [...other.children]) if (!child.matches(".compose")) page.insertBefore(document.adoptNode(child), compose);
  htmx.process(page);
  document.dispatchEvent(new CustomEvent("firstline:shown"));
  arrived("");
  const first = all(".msg", page).find((message) => !shown.has(message.id));
  if (!first) return;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
}
