// Beside the queue a request opens in place: htmx swaps the rooms, the address and the mark follow.
// Set up before htmx starts; nothing here is evaluated, so the policy stays without 'unsafe-eval'.
import { all } from "./dom";

export function followRows(): void {
  document.addEventListener("htmx:after:swap", () => {
    const here = location.pathname;
    for (const row of all<HTMLAnchorElement>(".row")) {
      if (row.pathname === here) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  });
}
