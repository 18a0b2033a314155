// A list of offers under a field, from the server: the focus stays in the field, arrows choose, Enter or Tab takes, Escape
// leaves, as ARIA describes it. What is asked and what is taken is the caller's.
import { all, announce, one } from "./dom";

const PAUSE_MS = 120;
let lists = 0;

export interface Source {
  /** Where the offers for what stands before the cursor are; nothing where there are none. */
  address(): string | null;
  /** Takes an offer; whether to ask again at once. */
  take(offer: { whole: string; cursor: number }): boolean;
  /** Whether the first offer is what is meant until another is chosen. */
  meansFirst?(): boolean;
}

export class Offers {
  #soon: number | undefined;
  #asked: AbortController | undefined;
  readonly #list: HTMLElement;

  constructor(
    private readonly box: HTMLInputElement | HTMLTextAreaElement,
    label: string,
    private readonly source: Source,
  ) {
    this.#list = document.createElement("ul");
    this.#list.id = `offers-${++lists}`;
    this.#list.className = "offers";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", label);
    this.#list.hidden = true;
    box.after(this.#list);
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.#list.id);
    this.#hide();
  }

  watch(): void {
    this.box.addEventListener("input", () => this.#later());
    this.box.addEventListener("keydown", (event) => this.#key(event as KeyboardEvent));
    this.box.addEventListener("blur", () => this.#hide());
    // Before the box loses the focus to what is clicked.
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
      if (option) this.#take(option);
    });
  }

  #later(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    this.#asked?.abort();
    const address = this.source.address();
    if (address === null) return this.#hide();
    this.#asked = new AbortController();
    try {
      const answer = await fetch(address, { signal: this.#asked.signal });
      if (answer.ok && document.activeElement === this.box) this.#show(await answer.text());
    } catch {
      // The next letter asks again.
    }
  }

  #show(html: string): void {
    this.#list.innerHTML = html;
    const options = this.#options();
    for (const option of options) option.id = `${this.#list.id}-${option.id}`;
    this.#list.hidden = options.length === 0;
    this.box.removeAttribute("aria-activedescendant");
    this.#say();
    if (this.source.meansFirst?.()) this.#choose(null, 1);
  }

  #hide(): void {
    clearTimeout(this.#soon);
    this.#asked?.abort();
    this.#list.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
    this.#say();
  }

  /** A field of several lines has no state for it, so it is said. */
  #say(): void {
    if (this.box instanceof HTMLInputElement) this.box.setAttribute("aria-expanded", String(!this.#list.hidden));
    else if (!this.#list.hidden) announce(`${this.#options().length} to choose from with the arrow keys`);
  }

  #options(): HTMLElement[] {
    return all("[role=option]", this.#list);
  }

  #key(event: KeyboardEvent): void {
    if (this.#list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const chosen = one("[aria-selected=true]", this.#list);
    if (event.key === "ArrowDown") this.#choose(chosen, 1);
    else if (event.key === "ArrowUp") this.#choose(chosen, -1);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) this.#take(chosen);
    else if (event.key === "Escape") this.#hide();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #choose(chosen: HTMLElement | null, by: 1 | -1): void {
    const options = this.#options();
    const at = chosen ? options.indexOf(chosen) : by === 1 ? -1 : options.length;
    const next = options[(at + by + options.length) % options.length];
    for (const option of options) option.setAttribute("aria-selected", String(option === next));
    if (!next) return;
    this.box.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  #take(option: HTMLElement): void {
    const whole = option.dataset["whole"] ?? "";
    this.#hide();
    if (this.source.take({ whole, cursor: Number(option.dataset["cursor"] ?? whole.length) })) void this.#ask();
  }
}
