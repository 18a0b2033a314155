// Offers what may stand where somebody types a question into the desk's search box: GET /desk/search/offers gives the list.
import { each } from "./dom";
import { Offers } from "./offers";

export function offerWords(): void {
  each<HTMLInputElement>("[data-offers]", (box) => {
    box.setAttribute("role", "combobox");
    new Offers(box, "What may stand here", {
      address() {
        const at = box.selectionStart ?? box.value.length;
        // Whoever begins a word like any other wants to search, not to choose.
        const word = box.value.slice(0, at).split(/\s/).pop() ?? "";
        return word === "" ? null : `${box.dataset["offers"]}?${new URLSearchParams({ q: box.value, at: String(at) })}`;
      },
      take({ whole, cursor }) {
        box.value = whole;
        box.setSelectionRange(cursor, cursor);
        // A field without its value wants one at once.
        return whole.slice(0, cursor).endsWith(":");
      },
    }).watch();
  });
}
