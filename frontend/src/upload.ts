// Files by drop, paste or picker, sent to the draft in parts that go on after anything that breaks off (tus.ts). The
// server answers each with a row of HTML that says what it found; without script the files travel with the form.
import { announce, each, one } from "./dom";
import { draftOf } from "./draft";
import { hold } from "./held";
import { Row } from "./sending";
import { Refused, TakenOff, Upload } from "./tus";

const PASTED_LINES = 30;
/** How many go at once. */
const AT_ONCE = 2;

export function takeFiles(): void {
  each<HTMLElement>("[data-drop]", (place) => new Drop(place).watch());
  each<HTMLElement>("[data-upload]", (row) => {
    one("button", row)?.addEventListener("click", (event) => {
      event.preventDefault();
      void fetch(row.dataset["upload"] ?? "", { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } });
      row.remove();
    });
  });
}

let going = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<void> {
  if (going >= AT_ONCE) await new Promise<void>((done) => waiting.push(done));
  going++;
}

function passTurn(): void {
  going--;
  waiting.shift()?.();
}

class Drop {
  readonly #input: HTMLInputElement | null;
  readonly #form: HTMLFormElement | null;

  constructor(private readonly place: HTMLElement) {
    this.#input = one<HTMLInputElement>("input[type=file]", place);
    this.#form = place.closest("form");
  }

  watch(): void {
    const { place } = this;
    place.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      place.classList.add("over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      place.classList.remove("over");
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      void this.#take([...event.dataTransfer.files]);
    });
    this.#input?.addEventListener("change", () => {
      const files = [...(this.#input?.files ?? [])];
      if (this.#input) this.#input.value = "";
      void this.#take(files);
    });
    if (place.matches("[data-paste]")) this.#form?.addEventListener("paste", (event) => this.#pasted(event));
  }

  /** Pictures become files, and so does a log longer than thirty lines (LOG-1). */
  #pasted(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (files.length === 0 && text.split("\n").length > PASTED_LINES) {
      files.push(new File([text], "pasted.log", { type: "text/plain" }));
    }
    if (files.length === 0) return;
    event.preventDefault();
    void this.#take(files);
  }

  async #take(files: File[]): Promise<void> {
    const form = this.#form;
    if (!form || !this.#input) return;
    const rows = files.map((file) => new Row(file, one("[data-files]", this.place)));
    const release = rows.map(() => hold(form));
    const draft = await draftOf(form);
    await Promise.all(
      rows.map(async (row, at) => {
        if (draft) await this.#send(row, draft);
        else row.failed("The draft could not be saved, so there is nothing to attach it to.");
        release[at]?.();
      }),
    );
  }

  async #send(row: Row, draft: string): Promise<void> {
    const { file } = row;
    const about = { draft, detail: this.place.dataset["drop"] ?? "", filename: file.name, mark: String(file.lastModified) };
    const upload = new Upload(file, about, row, this.#begun(file, about.mark));
    row.obeys(upload);
    await turn();
    try {
      const html = await upload.send();
      row.element.insertAdjacentHTML("afterend", html);
      row.element.remove();
      announce(`${file.name} is attached`);
      document.dispatchEvent(new CustomEvent("firstline:attached", { detail: this.place }));
    } catch (error) {
      if (error instanceof TakenOff) row.element.remove();
      else row.failed(error instanceof Refused ? error.message : "Something went wrong here. Choose it again.");
    } finally {
      passTurn();
    }
  }

  /** The same file, begun on this page before it was left: it goes on where it broke off. */
  #begun(file: File, mark: string): string | null {
    const of = this.#form?.querySelectorAll<HTMLElement>("[data-upload]") ?? [];
    const same = [...of].find(
      ({ dataset }) => dataset["name"] === file.name && dataset["bytes"] === String(file.size) && dataset["mark"] === mark,
    );
    same?.remove();
    return same?.dataset["upload"] ?? null;
  }
}
