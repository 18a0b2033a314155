// Shows Markdown as it will read: the text goes to POST /preview and comes back as safe HTML.
import { each, one } from "./dom";

export function showPreviews(): void {
  each<HTMLButtonElement>("button[data-preview]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => void toggle(button));
  });
}

async function toggle(button: HTMLButtonElement): Promise<void> {
  const form = button.closest("form");
  const place = form && one("[data-preview-place]", form);
  const text = form && one<HTMLTextAreaElement>("textarea", form);
  if (!place || !text) return;
  const shown = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!shown));
  text.hidden = !shown;
  place.hidden = shown;
  if (shown) {
    text.focus();
    return;
  }
  try {
    const answer = await fetch("/preview", { method: "POST", body: new URLSearchParams({ text: text.value, kind: one<HTMLInputElement>("#kind-note")?.checked ? "note" : "reply" }) });
    if (!answer.ok) throw new Error(String(answer.status));
    place.innerHTML = await answer.text();
  } catch {
    place.textContent = "The preview could not be made just now. Your text is untouched.";
  }
}
