// Asks the browser to show notifications while the desk is closed, and keeps what it said up to date: its address may change,
// and so may the desk's key. What is shown is the worker's (push-worker.ts).
import { one } from "./dom";

const WORKER = "/push-worker.js";
const DEVICES = "/desk/notifications/devices";
/** Looked at once for each tab: whether the browser still fits. */
const LOOKED = "push-looked";

/** How the server knows this browser. */
interface Standing {
  key: string;
  endpoint: string | null;
  fits: boolean;
}

type Says = "insecure" | "unable" | "denied" | "failed" | "off";

export function pushHere(): void {
  const box = one("[data-push]");
  if (box) void offer(box);
  stopHere();
  void keepUp();
}

function able(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

function say(box: HTMLElement, what: Says | null): void {
  for (const line of box.querySelectorAll<HTMLElement>("[data-push-says]")) line.hidden = line.dataset["pushSays"] !== what;
}

async function offer(box: HTMLElement): Promise<void> {
  if (!isSecureContext) return say(box, "insecure");
  if (!able()) return say(box, "unable");
  if (Notification.permission === "denied") return say(box, "denied");
  const button = one<HTMLButtonElement>("[data-push-on]", box);
  button?.addEventListener("click", () => {
    button.disabled = true;
    void begin(box).finally(() => (button.disabled = false));
  });
  const [known, own] = await Promise.all([standing(), subscription()]);
  const isOn = Notification.permission === "granted" && own !== null && known?.endpoint === own.endpoint;
  say(box, isOn ? null : "off");
}

async function begin(box: HTMLElement): Promise<void> {
  const allowed = await Notification.requestPermission();
  if (allowed === "denied") return say(box, "denied");
  if (allowed !== "granted") return;
  try {
    const known = await standing();
    if (!known) return say(box, "failed");
    const answer = await name(await subscribe(known.key));
    if (!answer.ok) return complain(box, await answer.text());
    history.replaceState(null, "", answer.url);
    location.reload();
  } catch {
    say(box, "failed");
  }
}

/** The page came back with what is wrong. */
function complain(box: HTMLElement, html: string): void {
  const fault = new DOMParser().parseFromString(html, "text/html").querySelector("#devices ~ .fault");
  const line = one("[data-push-fault]", box);
  if (!line || !fault) return say(box, "failed");
  line.textContent = fault.textContent;
  line.hidden = false;
}

async function standing(): Promise<Standing | null> {
  const answer = await fetch(DEVICES, { headers: { Accept: "application/json" } });
  return answer.ok && !answer.redirected ? ((await answer.json()) as Standing) : null;
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration ? registration.pushManager.getSubscription() : null;
}

/** Binds the browser to our key; one that was bound to another is let go first. */
async function subscribe(key: string): Promise<PushSubscription> {
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const own = await pushManager.getSubscription();
  if (own && text(own.options.applicationServerKey) !== key) await own.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** As base64url. */
function text(bytes: ArrayBuffer | null): string {
  const letters = [...new Uint8Array(bytes ?? new ArrayBuffer(0))].map((byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function name(subscription: PushSubscription): Promise<Response> {
  const body = new URLSearchParams({ subscription: JSON.stringify(subscription) });
  return fetch(DEVICES, { method: "POST", body });
}

/** The browser is let go before the server forgets it. */
function stopHere(): void {
  const form = one<HTMLFormElement>("form[data-push-stop]");
  form?.addEventListener("submit", (event) => {
    if (!able()) return;
    event.preventDefault();
    void subscription()
      .then((own) => own?.unsubscribe())
      .catch(() => undefined)
      .finally(() => form.submit());
  });
}

async function keepUp(): Promise<void> {
  if (!isSecureContext || !able() || Notification.permission !== "granted") return;
  try {
    const registration = await navigator.serviceWorker.getRegistration("/");
    if (!registration) return;
    for (const shown of await registration.getNotifications()) if (isOpen(shown)) shown.close();
    if (sessionStorage.getItem(LOOKED)) return;
    const [known, own] = await Promise.all([standing(), registration.pushManager.getSubscription()]);
    // Whoever is signed in now may be somebody else: only what the server knows of this session goes on.
    if (known?.endpoint && !(known.fits && own?.endpoint === known.endpoint)) await name(await subscribe(known.key));
    sessionStorage.setItem(LOOKED, "yes");
  } catch {
    // The next page tries again.
  }
}

/** What is read needs no notification any more. */
function isOpen(shown: Notification): boolean {
  const data = shown.data as { url?: string } | null;
  return data?.url === location.pathname;
}
