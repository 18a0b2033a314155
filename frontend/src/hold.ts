// The ten seconds in which a sent reply can be taken back: a countdown beside the undo form.
import { each, one } from "./dom";

export function countHolds(): void {
  each<HTMLElement>("[data-hold-until]", (hold) => {
    const until = Date.parse(hold.dataset["holdUntil"] ?? "");
    const started = Date.parse(hold.dataset["holdNow"] ?? "");
    if (Number.isNaN(until) || Number.isNaN(started)) return;
    const ends = performance.now() + (until - started);
    const words = one("[data-hold-words]", hold);
    const step = () => {
      const seconds = Math.ceil((ends - performance.now()) / 1000);
      if (seconds <= 0) {
        one("form", hold)?.remove();
        if (words) words.textContent = "Your reply is on its way.";
        return;
      }
      if (words) words.textContent = `Your reply goes out in ${seconds} s.`;
      setTimeout(step, 250);
    };
    step();
  });
}
