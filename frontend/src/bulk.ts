// Several requests at once: how many are ticked, a tick by key or a run of them with Shift; and a job that goes on is said
// aloud when a good part of it is done. Without this the boxes and the bar work by themselves.
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
  document.addEventListener("htmx:after:swap", tellJob);
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
