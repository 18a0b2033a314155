// Copies commands. The button is there only where it works: without script they are marked and copied by hand.
import { announce, each, one } from "./dom";

export function offerCopies(): void {
  if (!navigator.clipboard) return;
  each<HTMLButtonElement>("[data-copy]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = one("pre", button.parentElement ?? undefined)?.textContent ?? "";
  await navigator.clipboard.writeText(text);
  button.textContent = "Copied";
  announce("Copied");
}
