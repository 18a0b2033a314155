// Several requests at once: how many are ticked, a tick by key or a run of them with Shift; and a job that goes on is said
// aloud when a good part of it is done, which the stream of the desk tells. Without this the boxes and the bar work by themselves.
import { all, announce, one } from "./dom";

/** The box that was ticked last, where a run begins. */
let last: HTMLInputElement | undefined;
let said = 0;

export function countPicks(): void {
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.matches(".pick")) return;
    if (event.shiftKey && last?.isConnected) run(last, box);
    last = box;
  });
  document.addEventListener("change", (event) => {
    if ((event.target as HTMLElement).matches?.(".pick, .pick-all")) count();
  });
  document.addEventListener("reset", () => setTimeout(count));
  tellJob();
  // A page that the browser kept shows its ticks again.
  addEventListener("pageshow", count);
}

/** Ticks the row that has the focus, or that is open; takes the tick back where there is one. */
export function pick(): boolean {
  const at = document.activeElement?.closest("li") ?? one(".row[aria-current]")?.closest("li");
  const box = (at && one<HTMLInputElement>(".pick", at)) ?? one<HTMLInputElement>(".pick");
  if (!box) return false;
  box.checked = !box.checked;
  last = box;
  count();
  const number = box.value;
  announce(`${box.checked ? "Selected" : "Not selected"}: ${number}, ${picked()} in all`);
  return true;
}

/** What is ticked, so that it stays when the rows are shown anew. */
export function keepPicks(change: () => void): void {
  const kept = new Set(all<HTMLInputElement>(".pick:checked").map((box) => box.value));
  const whole = one<HTMLInputElement>(".pick-all")?.checked ?? false;
  change();
  for (const box of all<HTMLInputElement>(".pick")) box.checked = kept.has(box.value);
  const every = one<HTMLInputElement>(".pick-all");
  if (every) every.checked = whole;
  count();
}

function run(from: HTMLInputElement, to: HTMLInputElement): void {
  const boxes = all<HTMLInputElement>(".pick");
  const [first, end] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
  for (const box of boxes.slice(first, (end ?? 0) + 1)) box.checked = to.checked;
}

function picked(): number {
  return all(".pick:checked").length;
}

function count(): void {
  const words = one("[data-picked]");
  if (!words) return;
  const every = one<HTMLInputElement>(".pick-all")?.checked ?? false;
  words.textContent = every ? "All selected" : `${picked()} selected`;
}

/** Each quarter of a job, and its end. */
function tellJob(): void {
  const job = one("#bulk");
  if (!job) return;
  const bar = one<HTMLProgressElement>("progress", job);
  const part = bar ? Math.floor((4 * bar.value) / Math.max(bar.max, 1)) : 4;
  if (part === said) return;
  said = part;
  announce(bar ? `${bar.value} of ${bar.max}` : (one("[data-said]", job)?.dataset["said"] ?? ""));
}

const APART_MS = 500;
/** Where a browser has no stream, as over plain http, a job is looked at from time to time. */
const WITHOUT_STREAM_MS = 3000;
let looked = -APART_MS;
let soon: number | undefined;

/** A job is further: its page looks at itself; `which`: only the page of that one. */
export function lookAtJob(which?: number): void {
  const job = one("#bulk[data-job]");
  if (!job || soon !== undefined || (which !== undefined && job.dataset["job"] !== String(which))) return;
  const wait = Math.max(0, looked + APART_MS - performance.now());
  soon = setTimeout(() => {
    soon = undefined;
    looked = performance.now();
    void look(job);
  }, wait);
}

export function followJob(): void {
  if (!one("#bulk[data-job]") || "locks" in navigator) return;
  const timer = setInterval(() => (one("#bulk[data-job]") ? lookAtJob() : clearInterval(timer)), WITHOUT_STREAM_MS);
}

async function look(job: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected || !job.isConnected) return;
    const other = one("#bulk", new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (!other) return;
    further(job, document.adoptNode(other));
    tellJob();
  } catch {
    // The next step is heard of too.
  }
}

/** What moves is brought up to date; the button that stops it stays where it is, and in hand. */
function further(job: HTMLElement, other: HTMLElement): void {
  const [bar, next] = [one<HTMLProgressElement>("progress", job), one<HTMLProgressElement>("progress", other)];
  const [acts, others] = [one(".doing", job), one(".doing", other)];
  const same = bar && next && acts && others && acts.textContent === others.textContent;
  if (!same) {
    const held = job.contains(document.activeElement);
    job.replaceWith(other);
    if (held) one("#page")?.focus();
    return;
  }
  [bar.value, bar.max, bar.textContent] = [next.value, next.max, next.textContent];
  const [words, now] = [one("label[for=progress]", job), one("label[for=progress]", other)];
  if (words && now) words.textContent = now.textContent;
  for (const part of rest(acts)) part.remove();
  acts.after(...rest(others));
}

function rest(acts: HTMLElement): Element[] {
  const all = [...(acts.parentElement?.children ?? [])];
  return all.slice(all.indexOf(acts) + 1);
}
