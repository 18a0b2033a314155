// One file on its way by tus 1.0.0, in parts: knows the protocol and when to try again, nothing of the page. Every part
// says what it is (SHA-256, where the browser can tell), so one that changed on its way is sent again.

const SMALLEST = 256 * 1024;
const LARGEST = 16 * 1024 * 1024;
/** How long a part should take, in milliseconds: so much is lost at most when the connection breaks. */
const PACE_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

/** What is under way, for whoever shows it. */
export interface Watcher {
  moved(sent: number): void;
  /** It waits for the network or the server, and goes on by itself. */
  waits(): void;
  goesOn(): void;
  /** It waits for its reader. */
  stopped(reason: string): void;
  reads(): void;
}

export type About = Record<"draft" | "detail" | "filename" | "mark", string>;

/** What the server will not take, in its own words. */
export class Refused extends Error {}
/** Its reader took it off. */
export class TakenOff extends Error {}

class Broken extends Error {}
class Moved extends Error {}

export class Upload {
  #offset = 0;
  #sure = false;
  #paused: Promise<void> | undefined;
  #goOn: (() => void) | undefined;
  #request: XMLHttpRequest | undefined;
  #over = false;
  #part = SMALLEST * 4;

  constructor(
    private readonly file: File,
    private readonly about: About,
    private readonly watcher: Watcher,
    private address: string | null = null,
  ) {}

  /** Sends it all; what the server says of the file then. */
  async send(): Promise<string> {
    for (let tries = 0; ; tries++) {
      try {
        await this.#sendRest(() => (tries = 0));
        this.watcher.reads();
        return await this.#finish();
      } catch (error) {
        if (this.#over) throw new TakenOff();
        if (error instanceof Moved) this.#sure = false;
        else if (error instanceof Broken) {
          this.#sure = false;
          if (!this.#paused) await this.#wait(tries);
        } else throw error;
      }
    }
  }

  pause(): void {
    this.#paused ??= new Promise((done) => (this.#goOn = done));
    this.#request?.abort();
  }

  goOn(): void {
    this.#paused = undefined;
    this.#goOn?.();
  }

  async takeOff(): Promise<void> {
    this.#over = true;
    this.#request?.abort();
    this.goOn();
    if (this.address) await fetch(this.address, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } });
  }

  async #sendRest(arrived: () => void): Promise<void> {
    if (!this.address) await this.#begin();
    if (!this.#sure) await this.#ask();
    while (this.#offset < this.file.size) {
      await this.#paused;
      if (this.#over) throw new TakenOff();
      const begun = performance.now();
      await this.#sendPart(this.file.slice(this.#offset, this.#offset + this.#part));
      arrived();
      const taken = performance.now() - begun;
      if (taken < PACE_MS / 2) this.#part = Math.min(LARGEST, this.#part * 2);
      else if (taken > PACE_MS * 2) this.#part = Math.max(SMALLEST, this.#part / 2);
    }
  }

  async #begin(): Promise<void> {
    const pairs = Object.entries(this.about).map(([key, value]) => `${key} ${base64(new TextEncoder().encode(value))}`);
    const headers = { "Upload-Length": String(this.file.size), "Upload-Metadata": pairs.join(",") };
    const answer = await this.#talk("POST", "/uploads", headers);
    this.address = answer.getResponseHeader("Location");
    this.#sure = true;
  }

  async #ask(): Promise<void> {
    const answer = await this.#talk("HEAD", this.address ?? "", {});
    this.#offset = Number(answer.getResponseHeader("Upload-Offset"));
    this.#sure = true;
    this.watcher.moved(this.#offset);
  }

  async #sendPart(part: Blob): Promise<void> {
    const headers: Record<string, string> = {
      "Upload-Offset": String(this.#offset),
      "Content-Type": "application/offset+octet-stream",
    };
    // Browsers tell it over https and on the machine itself only.
    if (globalThis.crypto.subtle) {
      let bytes: ArrayBuffer;
      try {
        bytes = await part.arrayBuffer();
      } catch {
        throw new Refused("It can no longer be read on this machine. Choose it again.");
      }
      headers["Upload-Checksum"] = `sha256 ${base64(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))}`;
    }
    const answer = await this.#talk("PATCH", this.address ?? "", headers, part);
    this.#offset = Number(answer.getResponseHeader("Upload-Offset"));
    this.watcher.moved(this.#offset);
  }

  async #finish(): Promise<string> {
    return (await this.#talk("POST", `${this.address}/file`, {})).responseText;
  }

  async #talk(method: string, address: string, headers: Record<string, string>, body?: Blob): Promise<XMLHttpRequest> {
    const answer = await this.#ended(method, address, { "Tus-Resumable": "1.0.0", ...headers }, body);
    const { status } = answer;
    if (status === 401) {
      this.watcher.stopped("You are signed out. Sign in on another tab, then continue here.");
      this.pause();
      await this.#paused;
      throw new Moved();
    }
    if (status === 0 || status === 408 || status === 500 || (status > 501 && status < 507)) throw new Broken();
    if (method === "PATCH" && (status === 409 || status === 460)) throw new Moved();
    if (status >= 400) throw new Refused(reasonOf(answer));
    return answer;
  }

  #ended(method: string, address: string, headers: Record<string, string>, body?: Blob): Promise<XMLHttpRequest> {
    const request = new XMLHttpRequest();
    this.#request = request;
    request.open(method, address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    const from = this.#offset;
    if (body) request.upload.addEventListener("progress", (event) => this.watcher.moved(from + event.loaded));
    return new Promise((done) => {
      request.addEventListener("loadend", () => done(request));
      request.send(body ?? null);
    });
  }

  /** Longer each time, and over at once when the network is back. */
  async #wait(tries: number): Promise<void> {
    this.watcher.waits();
    const length = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** tries) * (0.75 + Math.random() / 2);
    await new Promise<void>((done) => {
      const timer = setTimeout(over, length);
      function over() {
        clearTimeout(timer);
        removeEventListener("online", over);
        done();
      }
      addEventListener("online", over);
    });
    this.watcher.goesOn();
  }
}

/** The sentence of a page that says why something was not done. */
function reasonOf(answer: XMLHttpRequest): string {
  const page = new DOMParser().parseFromString(answer.responseText, "text/html");
  const why = page.querySelector("#page .lead")?.textContent?.trim();
  if (answer.status === 404) return "It is no longer expected here: it was sent or taken off meanwhile. Reload the page.";
  return why || `The server refused it (${answer.status}).`;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
