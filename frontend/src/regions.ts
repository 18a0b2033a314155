// Code that is wider than its place scrolls; the keyboard can reach it then.
import { each } from "./dom";

export function reachCode(): void {
  each<HTMLElement>(".said pre, .said table, .article table, .log, .commands pre", (code) => {
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  });
}
