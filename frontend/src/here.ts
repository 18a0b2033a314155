// Says where the reader is, and shows who else is there: looking at a request, or writing a reply to it. A page says so
// again every twenty seconds while it is looked at; what it does not say again is over by itself.
import { announce, one } from "./dom";

const BEAT_MS = 20_000;
/** Who typed nothing for so long no longer writes. */
const IDLE_MS = 30_000;

export interface Presence {
  request: number;
  here: string;
  collision: string;
  row: string;
}

type Doing = "looking" | "writing" | "left";

const page = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
let at: string | null = null;
let doing: Doing = "left";
let typed = Number.NEGATIVE_INFINITY;

export function sayWhere(): void {
  document.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement) || !event.target.closest(".compose")) return;
    typed = performance.now();
    if (doing !== "writing") tell();
  });
  document.addEventListener("visibilitychange", tell);
  document.addEventListener("htmx:after:swap", tell);
  addEventListener("pagehide", () => say("left"));
  addEventListener("pageshow", tell);
  setInterval(() => tell(true), BEAT_MS);
  tell();
}

/** The request that is open. */
function open(): string | null {
  return /^\/desk\/requests\/(\d+)/.exec(location.pathname)?.[1] ?? null;
}

function tell(again: unknown = false): void {
  const now = open();
  if (at && at !== now) say("left");
  at = now;
  const next = what();
  if (at && (again === true ? next !== "left" : next !== doing)) say(next);
}

function what(): Doing {
  if (document.visibilityState !== "visible" || !at) return "left";
  const text = one<HTMLTextAreaElement>(".compose textarea");
  const replies = one<HTMLInputElement>("#kind-reply")?.checked ?? false;
  return text?.value.trim() && replies && performance.now() - typed < IDLE_MS ? "writing" : "looking";
}

function say(what: Doing): void {
  if (!at || (what === "left" && doing === "left")) return;
  doing = what;
  const [where, body] = [`/desk/requests/${at}/presence`, new URLSearchParams({ doing: what, page: String(page) })];
  if (what === "left") {
    navigator.sendBeacon(where, body);
    return;
  }
  fetch(where, { method: "POST", body, headers: { Accept: "application/json" } })
    .then(async (answer) => {
      if (answer.ok) showPresence((await answer.json()) as Presence);
    })
    // The next beat says it again.
    .catch(() => undefined);
}

export function showPresence(present: Presence): void {
  const row = one<HTMLAnchorElement>(`.row[href^="/desk/requests/${present.request}?"]`);
  const faces = row && one(".at-it", row);
  if (faces && faces.innerHTML !== present.row) {
    faces.innerHTML = present.row;
    faces.title = present.here;
  }
  if (String(present.request) !== open()) return;
  const [here, collision] = [one("[data-present]"), one("[data-collision]")];
  if (here) here.textContent = present.here;
  if (!collision || collision.textContent === present.collision) return;
  collision.textContent = present.collision;
  if (present.collision) announce(present.collision);
}
