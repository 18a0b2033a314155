// Menus and small forms that open under their button (`details.drop-down`): one at a time, closed by
// Escape and by a press elsewhere. Without script they are plain disclosures.
import { all, one } from "./dom";

export function keepSheets(): void {
  const open = () => all<HTMLDetailsElement>("details.drop-down[open]");
  document.addEventListener("click", (event) => {
    for (const sheet of open()) if (!sheet.contains(event.target as Node)) sheet.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const sheet of open()) {
      sheet.open = false;
      one("summary", sheet)?.focus();
    }
  });
  document.addEventListener(
    "toggle",
    (event) => {
      const opened = event.target;
      if (!(opened instanceof HTMLDetailsElement) || !opened.open || !opened.matches(".drop-down")) return;
      for (const sheet of open()) if (sheet !== opened) sheet.open = false;
      one("input:checked, select, input, textarea, a, button", one(".sheet", opened) ?? opened)?.focus();
    },
    true,
  );
}
