// Everything by its name: Ctrl and K open a field, GET /desk/palette lists what is meant, arrows choose and Enter does it. The
// focus stays in the field; what the open page cannot do is left out.
import { all, one } from "./dom";
import { can, does } from "./keys";

const PAUSE_MS = 70;

export function openPalette(): void {
  const sheet = one<HTMLDialogElement>("dialog.palette");
  if (!sheet) return;
  const palette = new Palette(sheet);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    palette.toggle();
  });
  for (const opener of all<HTMLButtonElement>("[data-open-palette]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => palette.toggle());
  }
}

class Palette {
  readonly #field: HTMLInputElement;
  readonly #list: HTMLElement;
  #soon: number | undefined;
  #asked: AbortController | undefined;
  /** For what the list is. */
  #shown: string | undefined;

  constructor(private readonly sheet: HTMLDialogElement) {
    this.#field = one<HTMLInputElement>("input", sheet)!;
    this.#list = one("[role=listbox]", sheet)!;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": this.#list.id })) {
      this.#field.setAttribute(name, value);
    }
    this.#field.addEventListener("input", () => this.#later());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => this.#take((event.target as HTMLElement).closest<HTMLElement>("[role=option]")));
    // A press beside the sheet closes it, as Escape does.
    sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  }

  toggle(): void {
    if (this.sheet.open) return this.sheet.close();
    for (const other of all<HTMLDialogElement>("dialog[open]")) other.close();
    this.#field.value = "";
    this.#list.replaceChildren();
    this.#shown = undefined;
    this.sheet.showModal();
    this.#field.focus();
    void this.#ask();
  }

  #later(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#soon);
    this.#asked?.abort();
    this.#asked = new AbortController();
    const typed = this.#field.value;
    try {
      const address = `${this.#field.dataset["palette"]}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { signal: this.#asked.signal });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      this.#show(await answer.text());
      this.#shown = typed;
    } catch (fault) {
      if (fault instanceof DOMException && fault.name === "AbortError") return;
      this.#say("That could not be looked up just now. Type on to try again.");
    }
  }

  #show(html: string): void {
    this.#list.innerHTML = html;
    for (const option of all("[data-does]", this.#list)) if (!can(option.dataset["does"] ?? "")) option.remove();
    for (const group of all("[role=group]", this.#list)) if (!one("[role=option]", group)) group.remove();
    const first = this.#options()[0];
    if (first) this.#mark(first);
    else this.#say("Nothing is called like this.");
  }

  #say(sentence: string): void {
    const words = document.createElement("p");
    words.className = "muted";
    words.setAttribute("role", "status");
    words.textContent = sentence;
    this.#list.replaceChildren(words);
    this.#field.removeAttribute("aria-activedescendant");
  }

  #options(): HTMLElement[] {
    return all("[role=option]", this.#list);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") this.#step(1);
    else if (event.key === "ArrowUp") this.#step(-1);
    else if (event.key === "Enter") void this.#enter();
    else return;
    event.preventDefault();
  }

  /** What was typed since the list was made counts too. */
  async #enter(): Promise<void> {
    if (this.#shown !== this.#field.value) await this.#ask();
    if (this.#shown === this.#field.value) this.#take(one("[aria-selected=true]", this.#list));
  }

  #step(by: 1 | -1): void {
    const options = this.#options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = options[(at + by + options.length) % options.length];
    if (next) this.#mark(next);
  }

  #mark(chosen: HTMLElement): void {
    for (const option of this.#options()) option.setAttribute("aria-selected", String(option === chosen));
    this.#field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  #take(option: HTMLElement | null): void {
    if (!option) return;
    this.sheet.close();
    const { href, does: act } = option.dataset;
    if (href) location.assign(href);
    else if (act) does(act);
  }
}
