// Keeps what is being typed: within two seconds, when the tab hides, and when it closes.
// A form with `data-draft="/drafts"` posts its fields there and is answered `{id, saved}`;
// `saved` is the server's words for the time ("12:04"). Files travel by upload.ts.
import { announce, each, one } from "./dom";
import { bringBack, remember } from "./unsent";

const PAUSE_MS = 1200;
const LONGEST_MS = 2000;
const KEEPALIVE_BYTES = 60_000;
/** So long another form of the page waits for what was typed here to be kept. */
const PATIENCE_MS = 2000;

interface Kept {
  id: number;
  saved: string;
  /** As which the page knows it from now on. */
  seen?: string;
}

export function keepDrafts(): void {
  each<HTMLFormElement>("form[data-draft]", (form) => new Draft(form).watch());
}

/** The draft's number, once the server gave one. Uploads need it before they can begin. */
export async function draftOf(form: HTMLFormElement): Promise<string | null> {
  const field = form.elements.namedItem("draft");
  if (!(field instanceof HTMLInputElement)) return null;
  if (!field.value) await new Draft(form).save();
  return field.value || null;
}

class Draft {
  #soon: number | undefined;
  #first: number | undefined;
  #busy = false;
  #dirty = false;
  #sent = false;
  /** The save that is under way, or the last one. */
  #saving = Promise.resolve();
  /** A form that waited goes now. */
  #letThrough = false;
  /** Written on in another browser, and its reader has not said which of the two stays. */
  #parted = false;

  constructor(private readonly form: HTMLFormElement) {}

  watch(): void {
    this.form.addEventListener("input", () => this.#touched());
    this.form.addEventListener("submit", () => {
      this.#sent = true;
      remember(this.form);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#leave();
    });
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("htmx:before:swap", () => this.#leave());
    document.addEventListener("submit", (event) => this.#before(event), true);
    addEventListener("pageshow", () => (this.#sent = false));
    if (bringBack(this.form)) this.#touched();
  }

  #touched(): void {
    this.#dirty = true;
    this.#first ??= performance.now();
    const left = LONGEST_MS - (performance.now() - this.#first);
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.save(), Math.max(0, Math.min(PAUSE_MS, left)));
  }

  save(): Promise<void> {
    if (this.#busy || this.#sent || this.#parted) return Promise.resolve();
    this.#saving = this.#keep();
    return this.#saving;
  }

  async #keep(): Promise<void> {
    this.#busy = true;
    this.#dirty = false;
    this.#first = undefined;
    const body = this.#fields();
    try {
      const answer = await fetch(this.#address(), {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        // It outlives a page that is left meanwhile; browsers take 64 KiB of such.
        keepalive: body.toString().length < KEEPALIVE_BYTES,
      });
      if (answer.status === 401) return this.#signedOut();
      if (answer.status === 409) return this.#meanwhile((await answer.json()) as Partial<Kept>);
      if (!answer.ok) throw new Error(String(answer.status));
      this.#took((await answer.json()) as Kept);
    } catch {
      this.#dirty = true;
      this.#say("not saved, trying again");
      this.#soon = setTimeout(() => void this.save(), 5000);
      return;
    } finally {
      this.#busy = false;
    }
    if (this.#dirty) this.#touched();
  }

  /** Tried again with the next letter: signing in on another tab is enough. */
  #signedOut(): void {
    this.#dirty = true;
    this.#say("not saved: you are signed out. Sign in on another tab, then go on here.");
  }

  #took(kept: Kept): void {
    this.#set("draft", String(kept.id));
    if (kept.seen !== undefined) this.#set("draft_seen", kept.seen);
    // Reloaded, or come back to, the page is the draft's, with its files.
    if (location.pathname.startsWith("/requests/new/")) history.replaceState(null, "", `/drafts/${kept.id}`);
    this.#say(`saved ${kept.saved}`);
  }

  #set(name: string, value: string): void {
    const field = this.form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }

  /** Neither is written over before its writer has said which one stays. */
  #meanwhile(other: Partial<Kept>): void {
    this.#parted = true;
    this.#dirty = true;
    const line = document.createElement("p");
    line.className = "parted small";
    const words = other.id === undefined ? "This was sent or thrown away in another browser." : `You wrote on in another browser, saved ${other.saved}.`;
    line.append(words, " ");
    const choose = (label: string, chosen: () => void) => {
      const press = document.createElement("button");
      press.type = "button";
      press.className = "link";
      press.textContent = label;
      press.addEventListener("click", chosen);
      line.append(press, " ");
    };
    choose(other.id === undefined ? "Show the request as it is" : "Show that one", () => location.assign(location.pathname + location.search));
    choose("Keep what stands here", () => {
      line.remove();
      this.#set("draft", other.id === undefined ? "" : String(other.id));
      this.#set("draft_seen", other.seen ?? "");
      this.#parted = false;
      void this.save();
    });
    one(".parted", this.form)?.remove();
    (one("[data-files]", this.form) ?? this.form.firstElementChild)?.before(line);
    this.#say("not saved");
    announce(`${words} Choose which one stays.`);
  }

  /** Saves at once. While a save is under way a second one goes beside it, with what was typed since. */
  #leave(): void {
    if (!this.#dirty || this.#sent || this.#parted) return;
    clearTimeout(this.#soon);
    if (!this.#busy) void this.save();
    else if (navigator.sendBeacon(this.#address(), this.#fields())) this.#dirty = false;
  }

  /** Another form goes after what was typed here is kept: the page that answers it shows what is kept. */
  #before(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form === this.form || !this.form.isConnected) return;
    const isKept = !this.#dirty && !this.#busy;
    if (isKept || this.#letThrough || this.#sent || this.#parted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    clearTimeout(this.#soon);
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    const by = event.submitter;
    void Promise.race([this.#saved(), patience]).then(() => {
      this.#letThrough = true;
      form.requestSubmit(by);
      this.#letThrough = false;
    });
  }

  /** What was typed while a save was under way goes after it. */
  async #saved(): Promise<void> {
    await this.#saving;
    if (this.#dirty) await this.save();
  }

  #address(): string {
    return this.form.dataset["draft"] ?? "/drafts";
  }

  #fields(): URLSearchParams {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    return fields;
  }

  #say(sentence: string): void {
    const place = one("[data-saved]", this.form);
    if (!place) return;
    const news = place.textContent !== sentence && sentence.startsWith("not");
    place.textContent = sentence;
    if (news) announce(sentence);
  }
}
