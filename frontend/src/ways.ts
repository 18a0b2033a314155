// How to get a log depends on where the product runs: the commands follow as soon as that is chosen. Without script they
// are those for what was chosen when the page was made.
import { all, each } from "./dom";

export function followDeployment(): void {
  each<HTMLFormElement>("form[data-draft]", (form) => {
    const follow = () => all("[data-follows]", form).forEach((way) => show(form, way));
    form.addEventListener("change", follow);
    // A browser that comes back to a page fills its fields in again.
    addEventListener("pageshow", follow);
  });
}

function show(form: HTMLFormElement, way: HTMLElement): void {
  const field = form.elements.namedItem(way.dataset["follows"] ?? "");
  if (field instanceof HTMLSelectElement) way.hidden = !(way.dataset["fits"] ?? "").split(",").includes(field.value);
}
