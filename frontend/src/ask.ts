// Offers what may stand where somebody types a question into the desk's search box: GET /desk/search/offers gives the list.
// A combobox as ARIA describes it: the focus stays in the box, arrows choose, Enter or Tab takes, Escape leaves.
import { all, each, one } from "./dom";

const PAUSE_MS = 120;

export function offerWords(): void {
  each<HTMLInputElement>("[data-offers]", (box) => new Offers(box).watch());
}

class Offers {
  #soon: number | undefined;
  #asked: AbortController | undefined;
  readonly #list: HTMLElement;

  constructor(private readonly box: HTMLInputElement) {
    this.#list = document.createElement("ul");
    this.#list.id = "offers";
    this.#list.className = "offers";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "What may stand here");
    this.#list.hidden = true;
    box.after(this.#list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers" })) {
      box.setAttribute(name, value);
    }
    this.#hide();
  }

  watch(): void {
    this.box.addEventListener("input", () => this.#later());
    this.box.addEventListener("keydown", (event) => this.#key(event));
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
    const at = this.box.selectionStart ?? this.box.value.length;
    // Whoever begins a word like any other wants to search, not to choose.
    const word = this.box.value.slice(0, at).split(/\s/).pop() ?? "";
    if (word === "") return this.#hide();
    this.#asked = new AbortController();
    try {
      const address = `${this.box.dataset["offers"]}?${new URLSearchParams({ q: this.box.value, at: String(at) })}`;
      const answer = await fetch(address, { signal: this.#asked.signal });
      if (answer.ok && document.activeElement === this.box) this.#show(await answer.text());
    } catch {
      // The next letter asks again.
    }
  }

  #show(html: string): void {
    this.#list.innerHTML = html;
    this.#list.hidden = this.#options().length === 0;
    this.box.setAttribute("aria-expanded", String(!this.#list.hidden));
    this.box.removeAttribute("aria-activedescendant");
  }

  #hide(): void {
    clearTimeout(this.#soon);
    this.#asked?.abort();
    this.#list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  #options(): HTMLElement[] {
    return all("[role=option]", this.#list);
  }

  #key(event: KeyboardEvent): void {
    if (this.#list.hidden || event.isComposing) return;
    const chosen = one("[aria-selected=true]", this.#list);
    if (event.key === "ArrowDown") this.#choose(chosen, 1);
    else if (event.key === "ArrowUp") this.#choose(chosen, -1);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) this.#take(chosen);
    else if (event.key === "Escape") this.#hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
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
    this.box.value = option.dataset["whole"] ?? this.box.value;
    const cursor = Number(option.dataset["cursor"] ?? this.box.value.length);
    this.box.setSelectionRange(cursor, cursor);
    this.#hide();
    // A field without its value wants one at once.
    if (this.box.value.slice(0, cursor).endsWith(":")) void this.#ask();
  }
}
