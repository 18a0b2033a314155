// How far telling of a bug, or a message about it, is: the parts of its page that go on look at themselves when the stream of the desk
// says so. Without this they have a link.
import { all, one } from "./dom";

const APART_MS = 500;
let looked = -APART_MS;
let soon: number | undefined;

/** Something about a bug is further; `which`: only the page of that one. */
export function lookAtBug(which?: number): void {
  const parts = all("[data-bug]");
  const mine = parts.filter((part) => which === undefined || part.dataset["bug"] === String(which));
  if (mine.length === 0 || soon !== undefined) return;
  const wait = Math.max(0, looked + APART_MS - performance.now());
  soon = setTimeout(() => {
    soon = undefined;
    looked = performance.now();
    void look();
  }, wait);
}

async function look(): Promise<void> {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of all("[data-bug]")) further(part, one(`#${CSS.escape(part.id)}`, page));
  } catch {
    // The next step is heard of too.
  }
}

/** A bar moves in its place; what ended is said in other words. Nothing is taken from the hand of who reads there. */
function further(part: HTMLElement, other: HTMLElement | null): void {
  if (!other) return;
  const [bar, next] = [one<HTMLProgressElement>("progress", part), one<HTMLProgressElement>("progress", other)];
  const [words, now] = [one("p", part), one("p", other)];
  if (!bar || !next || !words || !now) {
    const held = part.contains(document.activeElement);
    part.replaceWith(document.adoptNode(other));
    if (held) one("#page")?.focus();
    return;
  }
  [bar.value, bar.max, bar.textContent] = [next.value, next.max, next.textContent];
  words.replaceWith(document.adoptNode(now));
}
