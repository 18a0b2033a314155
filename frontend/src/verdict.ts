// What an installed version means for a report, while it is typed: POST /verdict gives the fragment. Without script it comes
// with the answer to the form.
import { announce, each, one } from "./dom";

const PAUSE_MS = 400;

export function judgeVersions(): void {
  each<HTMLElement>("[data-verdict]", (place) => {
    const form = place.closest("form");
    const field = place.closest(".field");
    const typed = field && one<HTMLInputElement>("input", field);
    if (form && typed) new Judge(form, typed, place).watch();
  });
}

class Judge {
  #soon: number | undefined;
  #asked: AbortController | undefined;
  #heard = "";

  constructor(
    private readonly form: HTMLFormElement,
    private readonly typed: HTMLInputElement,
    private readonly place: HTMLElement,
  ) {}

  watch(): void {
    this.typed.addEventListener("input", () => this.#later());
    // Where it runs and what it runs on decide too, and the subject which fixes come first.
    this.form.addEventListener("change", (event) => {
      const from = event.target as HTMLElement;
      const name = from.getAttribute("name") ?? "";
      const isShort = from instanceof HTMLSelectElement || (from instanceof HTMLInputElement && from !== this.typed);
      if (name === "subject" || (name.startsWith("detail.") && isShort)) this.#later();
    });
    if (this.typed.value.trim() && !this.place.firstElementChild) this.#later();
  }

  #later(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    this.#asked?.abort();
    if (!this.typed.value.trim()) return this.#show("");
    this.#asked = new AbortController();
    try {
      const address = this.place.dataset["verdict"] ?? "/verdict";
      const answer = await fetch(address, { method: "POST", body: this.#fields(), signal: this.#asked.signal });
      if (answer.ok) this.#show(answer.status === 204 ? "" : await answer.text());
    } catch {
      // The next letter asks again, and sending asks in any case.
    }
  }

  /** What decides: texts of the form are not needed, and files never. */
  #fields(): URLSearchParams {
    const sent = new URLSearchParams();
    for (const element of Array.from(this.form.elements)) {
      const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
      if (!isField || element.type === "file" || element.type === "checkbox" || element.type === "radio") continue;
      const wanted = ["type", "subject", "organisation"].includes(element.name) || element.name.startsWith("detail.");
      if (wanted) sent.append(element.name, element.value);
    }
    return sent;
  }

  #show(html: string): void {
    const typing = document.activeElement ?? this.typed;
    const before = typing.getBoundingClientRect().top;
    this.place.innerHTML = html;
    scrollBy({ top: typing.getBoundingClientRect().top - before, behavior: "instant" });
    const heard = one(".verdict", this.place)?.dataset["heard"] ?? "";
    if (heard && heard !== this.#heard) announce(heard);
    this.#heard = heard;
  }
}
