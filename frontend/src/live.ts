// One stream of what happens for all tabs of a browser: the tab that holds the lock listens and tells the others; when it
// goes, the next one takes over where it was. A broken stream comes again by itself and says what it heard last.
import { tellPages } from "./news";
import { showPresence, type Presence } from "./here";
import { announce } from "./dom";

const NAME = "firstline-live";
/** The server gives a sign every 15 seconds; without one for this long the stream is opened anew. */
const SILENCE_MS = 45_000;
const AGAIN_MS = 5000;
const LONGEST_MS = 60_000;
const KINDS = ["hello", "request", "queue", "reload", "presence", "over"] as const;

interface Said {
  kind: (typeof KINDS)[number] | "ask";
  data: string;
  /** The number up to which the listening tab knows. */
  seq: number;
}

/** The number up to which this page is known to be, by what it was made from and what was heard since. */
let known = 0;
let listening = false;
let channel: BroadcastChannel | undefined;

export function followLive(): void {
  const since = Number(document.body.dataset["since"] ?? "");
  if (!document.body.dataset["since"] || Number.isNaN(since) || !("locks" in navigator)) return;
  known = since;
  channel = new BroadcastChannel(NAME);
  channel.addEventListener("message", (event: MessageEvent<Said>) => heard(event.data));
  channel.postMessage({ kind: "ask", data: "", seq: known } satisfies Said);
  // A page that is left gives the lock back, also one that the browser keeps for going back.
  let leave: () => void = () => undefined;
  const lead = () => {
    const left = new AbortController();
    leave = () => left.abort();
    navigator.locks
      .request(NAME, { signal: left.signal }, () => listen(left.signal))
      .catch(() => undefined);
  };
  addEventListener("pagehide", () => leave());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    lead();
    tellPages("changed");
  });
  lead();
}

function heard(said: Said): void {
  if (said.kind === "ask") {
    if (listening) channel?.postMessage({ kind: "hello", data: "", seq: known } satisfies Said);
    return;
  }
  take(said);
}

function take(said: Said): void {
  const behind = said.seq > known;
  known = Math.max(known, said.seq);
  switch (said.kind) {
    case "presence":
      return showPresence(JSON.parse(said.data) as Presence);
    case "over":
      return announce("You are signed out. Load the page again to sign in.");
    case "hello":
      // The tab that listens knew more than this page when it began.
      return behind ? tellPages("changed") : undefined;
    default:
      return tellPages("changed");
  }
}

/** Listens until the page is left; holds the lock as long. */
async function listen(left: AbortSignal): Promise<void> {
  let wait = AGAIN_MS;
  listening = true;
  while (!left.aborted) {
    const ended = await stream(left, () => (wait = AGAIN_MS));
    if (ended === "over") break;
    await pause(wait, left);
    wait = Math.min(wait * 2, LONGEST_MS);
  }
  listening = false;
}

/** One connection, with those that the browser makes again by itself. */
function stream(left: AbortSignal, fine: () => void): Promise<"over" | "broken"> {
  return new Promise((done) => {
    const source = new EventSource(`/desk/live?since=${known}`);
    let silence: number | undefined;
    const end = (how: "over" | "broken") => {
      clearTimeout(silence);
      source.close();
      done(how);
    };
    const sign = () => {
      clearTimeout(silence);
      silence = setTimeout(() => end("broken"), SILENCE_MS);
      fine();
    };
    const told = (kind: Said["kind"]) => (event: MessageEvent<string>) => {
      sign();
      const seq = kind === "hello" ? known : Math.max(known, Number(event.lastEventId) || 0);
      const said: Said = { kind, data: event.data, seq };
      channel?.postMessage(said);
      take(said);
      if (kind === "over") end("over");
    };
    for (const kind of KINDS) source.addEventListener(kind, told(kind));
    source.addEventListener("beat", sign);
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) end("broken");
    });
    left.addEventListener("abort", () => end("broken"));
    silence = setTimeout(() => end("broken"), SILENCE_MS);
  });
}

function pause(length: number, left: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, length);
    left.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}
