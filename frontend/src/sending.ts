// A file on its way, as a row: how far it is, how fast, how long still, and what its reader can do about it.
import { announce } from "./dom";
import type { Upload, Watcher } from "./tus";

/** Over how long the speed is told, in milliseconds. */
const WINDOW_MS = 5000;

export class Row implements Watcher {
  readonly element = document.createElement("li");
  readonly #bar = document.createElement("progress");
  readonly #facts = document.createElement("span");
  readonly #pause = button("Pause");
  readonly #off = button("Cancel");
  #marks: [number, number][] = [];
  #paused = false;

  constructor(
    readonly file: File,
    list: HTMLElement | null,
  ) {
    const name = document.createElement("span");
    const strong = document.createElement("b");
    strong.textContent = file.name;
    this.#facts.className = "muted";
    this.#facts.textContent = `${size(file.size)}, waits for its turn`;
    name.append(strong, this.#facts);
    this.element.className = "file sending";
    this.#bar.max = Math.max(1, file.size);
    this.#bar.value = 0;
    this.#bar.setAttribute("aria-label", `Sending ${file.name}`);
    const acts = document.createElement("span");
    acts.className = "acts";
    acts.append(this.#pause, this.#off);
    this.#name("Pause");
    this.#off.setAttribute("aria-label", `Cancel sending ${file.name}`);
    this.element.append(name, acts, this.#bar);
    list?.append(this.element);
  }

  obeys(upload: Upload): void {
    this.#pause.addEventListener("click", () => {
      this.#paused = !this.#paused;
      this.#marks = [];
      this.#name(this.#paused ? "Continue" : "Pause");
      if (this.#paused) {
        upload.pause();
        this.#say(`${size(this.#bar.value)} of ${size(this.file.size)}, paused`);
      } else upload.goOn();
    });
    this.#off.addEventListener("click", () => {
      this.#say("is taken off");
      void upload.takeOff();
      announce(`${this.file.name} is no longer sent`);
    });
  }

  moved(sent: number): void {
    this.#bar.value = sent;
    if (this.#paused) return;
    const now = performance.now();
    this.#marks = [...this.#marks.filter(([at]) => now - at < WINDOW_MS), [now, sent]];
    this.#say([`${size(sent)} of ${size(this.file.size)}`, ...this.#pace(now, sent)].join(", "));
  }

  waits(): void {
    this.#marks = [];
    this.#say(`${size(this.#bar.value)} of ${size(this.file.size)}, the connection broke. It goes on by itself.`);
    announce(`The connection broke while ${this.file.name} was sent. It goes on by itself.`);
  }

  goesOn(): void {
    this.#say(`${size(this.#bar.value)} of ${size(this.file.size)}, trying again`);
  }

  stopped(reason: string): void {
    this.#paused = true;
    this.#name("Continue");
    this.#say(reason);
    announce(reason);
  }

  reads(): void {
    this.#pause.hidden = true;
    this.#bar.removeAttribute("value");
    this.#say(`${size(this.file.size)}, arrived and being read`);
  }

  failed(reason: string): void {
    this.#bar.remove();
    this.#pause.remove();
    this.#off.textContent = "Remove";
    this.#off.setAttribute("aria-label", `Remove ${this.file.name}`);
    this.#off.addEventListener("click", () => this.element.remove());
    this.#say(size(this.file.size));
    const words = document.createElement("span");
    words.className = "fault";
    words.textContent = reason;
    this.element.append(words);
    announce(`${this.file.name} was not attached. ${reason}`);
  }

  #pace(now: number, sent: number): string[] {
    const [first] = this.#marks;
    if (!first || now - first[0] < 1000 || sent <= first[1]) return [];
    const rate = ((sent - first[1]) / (now - first[0])) * 1000;
    return [`${size(rate)}/s`, `${length((this.file.size - sent) / rate)} left`];
  }

  #name(word: "Pause" | "Continue"): void {
    this.#pause.textContent = word;
    this.#pause.setAttribute("aria-label", `${word} sending ${this.file.name}`);
  }

  #say(words: string): void {
    this.#facts.textContent = words;
  }
}

function button(words: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = words;
  return made;
}

/** In thousands, as the server says sizes. */
function size(bytes: number): string {
  for (const [unit, of] of [["GB", 1e9], ["MB", 1e6], ["kB", 1e3]] as const) {
    if (bytes >= of) return `${Math.floor((bytes / of) * 10) / 10} ${unit}`;
  }
  return `${Math.floor(bytes)} bytes`;
}

function length(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
