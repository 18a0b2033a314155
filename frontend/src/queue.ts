// Beside the queue a request opens in place: htmx swaps the pane, the mark and the title follow. On a narrow
// page, where queue and request are pages of their own, the link is a link.
import { all, one } from "./dom";

const BESIDE = "(min-width: 820px)";

export function followRows(): void {
  document.addEventListener(
    "click",
    (event) => {
      const row = (event.target as HTMLElement | null)?.closest?.<HTMLAnchorElement>(".row");
      if (row && !matchMedia(BESIDE).matches) event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("htmx:after:swap", () => {
    document.body.dataset["page"] = "request";
    for (const row of all<HTMLAnchorElement>(".row")) {
      if (row.pathname === location.pathname) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    const subject = one("#pane h1")?.textContent;
    if (subject) document.title = `${subject} · Firstline`;
  });
}
