// How a browser is asked to show notifications, and what it may answer: stories of behaviour.mjs, before a browser whose
// permission and push service are told what to say.
import assert from "node:assert/strict";

const PAGE = "/desk-notification-choices--no-device.html";
const DEVICES = "/desk/notifications/devices";
const KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";

/** What the server knows of the browser, and what it answers to a new one. */
export const pushed = {
  standing: { key: KEY, endpoint: null, fits: false },
  /** The page with its fault, or none where it is taken. */
  refuses: false,
  /** Whether it answered. */
  answer(request, response) {
    const { pathname } = new URL(request.url, "http://x");
    if (pathname !== DEVICES) return false;
    if (request.method !== "POST") {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(pushed.standing));
    } else if (pushed.refuses) {
      response.writeHead(422, { "Content-Type": "text/html" }).end(FAULT);
    } else {
      response.writeHead(303, { Location: `${PAGE}#devices` }).end();
    }
    return true;
  },
};

const FAULT = '<h2 id="devices">On your devices</h2><p class="muted">Why.</p><p class="fault">It names nobody.</p>';

/** In the page, before its scripts: a browser that answers `permission`, and holds `own`, bound to `bound`, from before. */
function pretend({ permission, answers, own, bound }) {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0)).buffer;
  const subscription = (endpoint, key) => ({
    endpoint,
    options: { applicationServerKey: bytes(key) },
    toJSON: () => ({ endpoint, keys: { p256dh: "k", auth: "s" } }),
    unsubscribe: async () => {
      said("unsubscribed");
      held = null;
      return true;
    },
  });
  // What happened outlives the page.
  const said = (what) => sessionStorage.setItem("said", [sessionStorage.getItem("said"), what].filter(Boolean).join(" "));
  let held = own ? subscription(own, bound) : null;
  const pushManager = {
    getSubscription: async () => held,
    subscribe: async ({ userVisibleOnly, applicationServerKey }) => {
      said(`subscribed:${userVisibleOnly}`);
      return (held = subscription("https://push.example.net/new", applicationServerKey));
    },
  };
  const registration = { pushManager, getNotifications: async () => [] };
  const serviceWorker = {
    register: async (address) => (said(`registered:${address}`), registration),
    ready: Promise.resolve(registration),
    getRegistration: async () => (held || permission === "granted" ? registration : undefined),
  };
  Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => serviceWorker });
  window.Notification = class {
    static permission = permission;
    static requestPermission = async () => (this.permission = answers);
  };
  if (permission === "none") delete window.PushManager;
}

export async function pushStories(story, base, posts) {
  const open = async (tab, browser) => {
    await tab.addInitScript(pretend, browser);
    await tab.goto(`${base}${PAGE}`);
  };
  const shown = (tab) => tab.locator("[data-push-says]:visible").evaluateAll((all) => all.map((each) => each.dataset.pushSays));
  const says = (tab, what) => tab.waitForSelector(`[data-push-says="${what}"]:visible`);
  const did = (tab) => tab.evaluate(() => sessionStorage.getItem("said"));
  const sent = () => posts.filter((each) => each.pathname === DEVICES).map((each) => JSON.parse(new URLSearchParams(each.body).get("subscription")).endpoint);
  const reset = () => {
    pushed.standing = { key: KEY, endpoint: null, fits: false };
    pushed.refuses = false;
  };

  await story("a browser is asked when the button is pressed and not before, and named once it allows it", "desk-queue--empty", async (tab) => {
    await open(tab, { permission: "default", answers: "granted" });
    await says(tab, "off");
    assert.equal(await did(tab), null);
    await tab.click("[data-push-on]");
    // The page comes anew, with the browser in its list.
    await tab.waitForEvent("load");
    assert.deepEqual(sent(), ["https://push.example.net/new"]);
    assert.equal(await did(tab), "registered:/push-worker.js subscribed:true");
  });

  await story("a browser that denies it is told where that is changed, and one that cannot do it says so", "desk-queue--empty", async (tab, context) => {
    await open(tab, { permission: "default", answers: "denied" });
    await says(tab, "off");
    await tab.click("[data-push-on]");
    await says(tab, "denied");
    assert.deepEqual(await shown(tab), ["denied"]);
    for (const [permission, what] of [["denied", "denied"], ["none", "unable"]]) {
      const other = await context.newPage();
      await open(other, { permission });
      await says(other, what);
      assert.deepEqual(await shown(other), [what]);
      await other.close();
    }
    assert.deepEqual(sent(), []);
  });

  await story("what the server refuses of a browser is said beside the button", "desk-queue--empty", async (tab) => {
    pushed.refuses = true;
    await open(tab, { permission: "default", answers: "granted" });
    await says(tab, "off");
    await tab.click("[data-push-on]");
    await tab.waitForSelector("[data-push-fault]:visible:text-is('It names nobody.')");
    reset();
  });

  await story("a browser that was bound to another key is bound to ours anew, once, and one that is not named is left alone", "desk-queue--empty", async (tab, context) => {
    const OTHER = `${KEY.slice(0, -1)}w`;
    const own = "https://push.example.net/old";
    await open(tab, { permission: "granted", own, bound: OTHER });
    await says(tab, "off");
    assert.equal(await did(tab), null, "somebody else may be signed in");
    pushed.standing = { key: KEY, endpoint: own, fits: false };
    const other = await context.newPage();
    await open(other, { permission: "granted", own, bound: OTHER });
    await other.waitForFunction(() => sessionStorage.getItem("push-looked"));
    assert.equal(await did(other), "registered:/push-worker.js unsubscribed subscribed:true");
    assert.deepEqual(sent(), ["https://push.example.net/new"]);
    await other.reload();
    await other.waitForLoadState();
    assert.equal(sent().length, 1);
    reset();
  });
}
