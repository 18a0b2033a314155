// One stream of what happens for all tabs of a browser: the tab that holds the lock listens and tells the others; when it
// goes, the next one takes over where it was. A broken stream comes again by itself and says what it heard last.
import { lookAtJob } from "./bulk";
import { ring, tellPages } from "./news";
import { showPresence, type Presence } from "./here";
import { announce } from "./dom";
import { lookAtBug } from "./telling";

const NAME = "firstline-live";
/** The server gives a sign every 15 seconds; without one for this long the stream is opened anew. */
const SILENCE_MS = 45_000;
const AGAIN_MS = 5000;
const LONGEST_MS = 60_000;
/** A tab that is looked at and hears nothing from the one that listens for this long takes its place: that one is frozen. */
const FROZEN_MS = 60_000;
const KINDS = ["hello", "request", "queue", "reload", "presence", "job", "bug", "bell", "over", "beat"] as const;

interface Said {
  kind: (typeof KINDS)[number] | "ask";
  data: string;
  /** The number up to which the listening tab knows. */
  seq: number;
}

/** The number up to which this page is known to be, by what it was made from and what was heard since. */
let known = 0;
let listening = false;
let isOver = false;
/** Streams that this tab has opened: from the second on, something may have been missed that has no number. */
let opened = 0;
let heardAt = 0;
let channel: BroadcastChannel | undefined;

export function followLive(): void {
  const since = Number(document.body.dataset["since"] ?? "");
  if (!document.body.dataset["since"] || Number.isNaN(since) || !("locks" in navigator)) return;
  known = since;
  channel = new BroadcastChannel(NAME);
  channel.addEventListener("message", (event: MessageEvent<Said>) => heard(event.data));
  channel.postMessage({ kind: "ask", data: "", seq: known } satisfies Said);
  // A page that is left gives the lock back, also one that the browser keeps for going back.
  let left = new AbortController();
  const lead = (steal: boolean) => {
    const mine = (left = new AbortController());
    heardAt = performance.now();
    const asked = steal ? { steal } : { signal: mine.signal };
    navigator.locks.request(NAME, asked, () => listen(mine.signal)).catch(() => {
      if (mine.signal.aborted) return;
      // Another tab took the lock while this one was frozen: it waits for its turn again.
      mine.abort();
      lead(false);
    });
  };
  addEventListener("pagehide", () => left.abort());
  setInterval(() => {
    const silent = !listening && !isOver && performance.now() - heardAt > FROZEN_MS;
    if (!silent || document.visibilityState !== "visible") return;
    left.abort();
    opened++;
    lead(true);
  }, SILENCE_MS / 2);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    lead(false);
    tellPages("changed");
  });
  lead(false);
}

function heard(said: Said): void {
  if (said.kind === "ask") {
    if (listening) channel?.postMessage({ kind: "hello", data: "", seq: known } satisfies Said);
    return;
  }
  take(said);
}

function take(said: Said): void {
  heardAt = performance.now();
  const behind = said.seq > known;
  known = Math.max(known, said.seq);
  switch (said.kind) {
    case "presence":
      return showPresence(JSON.parse(said.data) as Presence);
    case "job":
      return lookAtJob((JSON.parse(said.data) as { job: number }).job);
    case "bug":
      return lookAtBug((JSON.parse(said.data) as { bug: number }).bug);
    case "bell":
      return ring();
    case "beat":
      return;
    case "over":
      isOver = true;
      return announce("You are signed out. Load the page again to sign in.");
    case "hello":
      // The tab that listens knew more than this page when it began.
      lookAtJob();
      lookAtBug();
      return behind ? tellPages("changed") : undefined;
    case "reload":
      lookAtJob();
      lookAtBug();
      ring();
      return tellPages("changed");
    default:
      return tellPages("changed");
  }
}

/** Listens until the page is left; holds the lock as long. */
async function listen(left: AbortSignal): Promise<void> {
  let wait = AGAIN_MS;
  listening = true;
  while (!left.aborted && !isOver) {
    await stream(left, () => (wait = AGAIN_MS));
    if (!isOver) await pause(wait, left);
    wait = Math.min(wait * 2, LONGEST_MS);
  }
  listening = false;
}

/** One connection, with those that the browser makes again by itself. */
function stream(left: AbortSignal, fine: () => void): Promise<void> {
  return new Promise((done) => {
    const source = new EventSource(`/desk/live?since=${known}`);
    let silence: number | undefined;
    const end = () => {
      clearTimeout(silence);
      source.close();
      done();
    };
    const sign = () => {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MS);
      fine();
    };
    const told = (kind: Said["kind"]) => (event: MessageEvent<string>) => {
      sign();
      const seq = kind === "hello" ? known : Math.max(known, Number(event.lastEventId) || 0);
      const again = kind === "hello" && opened++ > 0;
      const said: Said = { kind: again ? "reload" : kind, data: event.data, seq };
      channel?.postMessage(said);
      take(said);
      if (kind === "over") end();
    };
    for (const kind of KINDS) source.addEventListener(kind, told(kind));
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) end();
    });
    left.addEventListener("abort", end);
    silence = setTimeout(end, SILENCE_MS);
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
