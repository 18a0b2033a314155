// Files by drop, paste or picker, sent one by one to the draft, with progress. The server answers each
// with a row of HTML that says what it found; without script the files travel with the form.
import { announce, each, one } from "./dom";
import { draftOf } from "./draft";

const PASTED_LINES = 30;

export function takeFiles(): void {
  each<HTMLElement>("[data-drop]", (place) => new Drop(place).watch());
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
    if (!this.#form || !this.#input) return;
    const draft = await draftOf(this.#form);
    for (const file of files) {
      if (draft) await this.#send(file, `/drafts/${draft}/attachments`);
      else this.#failed(this.#row(file), file, "The draft could not be saved, so there is nothing to attach it to.");
    }
  }

  #row(file: File): HTMLElement {
    const row = document.createElement("li");
    row.className = "file";
    const name = document.createElement("b");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = Math.max(1, file.size);
    bar.value = 0;
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    row.append(name, bar);
    one("[data-files]", this.place)?.append(row);
    return row;
  }

  #send(file: File, address: string): Promise<void> {
    const row = this.#row(file);
    const bar = one<HTMLProgressElement>("progress", row);
    const body = new FormData();
    body.append("detail", this.place.dataset["drop"] ?? "");
    body.append("file", file);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("HX-Request", "true");
      request.upload.addEventListener("progress", (event) => {
        if (bar) bar.value = event.loaded;
      });
      request.addEventListener("load", () => {
        if (request.status < 400) this.#arrived(row, file, request.responseText);
        else this.#failed(row, file, request.responseText || `The server refused it (${request.status}).`);
        done();
      });
      request.addEventListener("error", () => {
        this.#failed(row, file, "The connection broke. Choose it again to send it again.");
        done();
      });
      request.send(body);
    });
  }

  #arrived(row: HTMLElement, file: File, html: string): void {
    row.insertAdjacentHTML("afterend", html);
    row.remove();
    announce(`${file.name} is attached`);
  }

  #failed(row: HTMLElement, file: File, reason: string): void {
    one("progress", row)?.remove();
    const words = document.createElement("span");
    words.className = "fault";
    words.textContent = reason.replace(/<[^>]*>/g, "").trim();
    row.append(words);
    announce(`${file.name} was not attached`);
  }
}
