// Shows what may answer a question under its subject, while that is typed: POST /suggestions gives the fragment. What is
// shown moves nothing that is being typed: where the reader has gone on to a field below, the page scrolls along.
import { announce, each, one } from "./dom";

const PAUSE_MS = 300;
const SHORTEST = 3;

export function suggestAnswers(): void {
  each<HTMLElement>("[data-suggest]", (place) => {
    const form = place.closest("form");
    const subject = form && one<HTMLInputElement>("#subject", form);
    if (form && subject) new Suggestions(form, subject, place).watch();
  });
}

class Suggestions {
  #soon: number | undefined;
  #asked: AbortController | undefined;
  #shown = "";
  #heard = "";

  constructor(
    private readonly form: HTMLFormElement,
    private readonly subject: HTMLInputElement,
    private readonly place: HTMLElement,
  ) {}

  watch(): void {
    this.subject.addEventListener("input", () => this.#later());
    this.place.addEventListener("click", (event) => this.#clicked(event));
    // The middle button opens a link as well.
    this.place.addEventListener("auxclick", (event) => this.#clicked(event));
  }

  #later(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    const typed = this.subject.value.trim();
    if (typed === this.#shown) return;
    this.#asked?.abort();
    if (typed.length < SHORTEST) return this.#show("", typed);
    this.#asked = new AbortController();
    const body = this.#fields({ type: this.#value("type"), subject: this.subject.value });
    try {
      const address = this.place.dataset["suggest"] ?? "/suggestions";
      const answer = await fetch(address, { method: "POST", body, signal: this.#asked.signal });
      if (answer.ok) this.#show(await answer.text(), typed);
    } catch {
      // Nobody waits for a suggestion: the next letter asks again.
    }
  }

  #show(html: string, typed: string): void {
    this.#shown = typed;
    const typing = document.activeElement ?? this.subject;
    const before = typing.getBoundingClientRect().top;
    this.place.innerHTML = html;
    scrollBy({ top: typing.getBoundingClientRect().top - before, behavior: "instant" });
    const heard = one(".suggested", this.place)?.dataset["heard"] ?? "";
    if (heard && heard !== this.#heard) announce(heard);
    this.#heard = heard;
  }

  #clicked(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const link = target.closest<HTMLElement>("[data-opened]");
    if (link) this.#tell("opened", link.dataset["opened"] ?? "");
    const button = target.closest<HTMLElement>("[data-wave-away]");
    if (!button) return;
    this.#tell("waved-away", button.dataset["waveAway"] ?? "");
    button.closest("section")?.remove();
    this.subject.focus();
    announce("It is not shown again for this request.");
  }

  #tell(what: string, target: string): void {
    const address = `${this.place.dataset["suggest"] ?? "/suggestions"}/${what}`;
    navigator.sendBeacon(address, this.#fields({ target }));
  }

  #fields(fields: Record<string, string>): URLSearchParams {
    return new URLSearchParams({ form: this.#value("form"), ...fields });
  }

  #value(name: string): string {
    const field = this.form.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field.value : "";
  }
}
