// Shows notifications while the desk is closed, and opens what they are about. It answers no request of a page: without it
// every page is the same.

interface Waits extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Pushed extends Waits {
  data: { json(): unknown } | null;
}
interface Clicked extends Waits {
  notification: Notification;
}
interface Tab {
  url: string;
  focus(): Promise<Tab>;
}
interface Worker {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<Tab[]>;
    openWindow(url: string): Promise<Tab | null>;
  };
  addEventListener<E extends Event>(kind: string, listener: (event: E) => void): void;
}
interface Shown {
  title: string;
  body: string;
  tag: string;
  url: string;
}

const worker = self as unknown as Worker;
const DEVICES = "/desk/notifications/devices";

worker.addEventListener<Pushed>("push", (event) => event.waitUntil(show(event.data?.json() as Shown | undefined)));
worker.addEventListener<Clicked>("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { url: string }).url));
});
worker.addEventListener<Waits>("pushsubscriptionchange", (event) => event.waitUntil(renew()));

function show(pushed: Shown | undefined): Promise<void> {
  const { title, body, tag, url } = pushed ?? { title: "Firstline", body: "", tag: "unknown", url: "/desk/notifications" };
  return worker.registration.showNotification(title, { body, tag, data: { url }, icon: "/assets/favicon.svg" });
}

/** A tab that shows it already comes to the front; else a new one opens. */
async function open(url: string): Promise<void> {
  const tabs = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const shows = tabs.find((tab) => new URL(tab.url).pathname === url);
  await (shows ? shows.focus() : worker.clients.openWindow(url));
}

/** The browser has another address now. */
async function renew(): Promise<void> {
  const answer = await fetch(DEVICES, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const known = (await answer.json()) as { key: string; endpoint: string | null };
  if (known.endpoint === null) return;
  const own = await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: known.key });
  await fetch(DEVICES, { method: "POST", body: new URLSearchParams({ subscription: JSON.stringify(own) }) });
}

export {};
