// What the scripts do, on the gallery's pages, before a server that answers as the product does: the proof of
// work under the strict policy, drafts, keys, opening in place, the hold, the theme, and the password's meter.
//
//   node frontend/tests/behaviour.mjs target/gallery/pages
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { createChallenge, verifySolution } from "altcha/lib";
import { deriveKey } from "./derive.mjs";
import { liveStories, now } from "./live.mjs";
import { pushed, pushStories } from "./push.mjs";
import { offered, writingStories } from "./writing.mjs";
import { ARGUMENTS, CONTENT_SECURITY_POLICY, EXECUTABLE, endsWithin } from "./browser.mjs";

const [pages] = process.argv.slice(2);
const dist = join(import.meta.dirname, "..", "dist");
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const SECRET = "only for this test";
const posts = [];
/** Requests of the desk are answered when this has passed. */
let gate = Promise.resolve();

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://x");
  const send = (status, type, body) => {
    response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": CONTENT_SECURITY_POLICY }).end(body);
  };
  if (pathname === "/altcha/challenge") {
    const challenge = await createChallenge({ algorithm: "PBKDF2/SHA-256", cost: 500, keyPrefixLength: 1, deriveKey, hmacSignatureSecret: SECRET });
    return send(200, "application/json", JSON.stringify(challenge));
  }
  if (request.method === "POST") {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (pathname.endsWith("/presence")) return send(200, "application/json", now.presence(pathname, Buffer.concat(chunks).toString()));
    posts.push({ pathname, body: Buffer.concat(chunks).toString() });
    if (pushed.answer(request, response)) return;
    if (pathname === "/drafts") return send(200, "application/json", '{"id": 42, "saved": "12:04"}');
    if (pathname === "/uploads") {
      upload = { received: 0, offsets: [], breaks: 1 };
      return response.writeHead(201, { Location: "/uploads/t1" }).end();
    }
    if (pathname === "/uploads/t1/file") await gate;
    if (pathname === "/uploads/t1/file") return send(200, "text/html", '<li class="file"><b>server.log</b></li>');
    if (pathname === "/preview") return send(200, "text/html", "<p><strong>bold</strong></p>");
    return send(200, "text/html", "<title>Done</title>");
  }
  if (pathname === "/uploads/t1") return part(request, response);
  if (pushed.answer(request, response)) return;
  if (pathname === "/desk/live") return now.listen(request, response);
  const offers = offered.page(request.url);
  if (offers !== undefined) return send(200, "text/html; charset=utf-8", offers);
  const made = await now.page(pathname, (name) => readFile(join(pages, name), "utf8"));
  if (made) return send(200, "text/html; charset=utf-8", made);
  const isRequest = pathname.startsWith("/desk/requests/");
  if (isRequest) await gate;
  const page = isRequest ? "/desk-request--hold.html" : pathname;
  const file = pathname.startsWith("/assets/") ? join(dist, pathname.slice(8)) : join(pages, page.slice(1));
  try {
    send(200, `${TYPES[extname(file)]}; charset=utf-8`, await readFile(file));
  } catch {
    send(404, "text/plain", "");
  }
}

/** A file on its way; the connection of its first part breaks. */
let upload;

async function part(request, response) {
  if (request.method === "PATCH") {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    const offset = Number(request.headers["upload-offset"]);
    upload.offsets.push(offset);
    // A browser sends a part by itself again when a connection that was kept breaks.
    if (offset !== upload.received) return response.writeHead(409).end();
    upload.checksum = request.headers["upload-checksum"];
    if (upload.breaks-- > 0) {
      upload.received += 7;
      return request.socket.destroy();
    }
    upload.received += bytes;
  }
  response.writeHead(request.method === "PATCH" ? 204 : 200, { "Upload-Offset": String(upload.received) }).end();
}

const server = createServer((request, response) => void answer(request, response));
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;
endsWithin(5);
const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
const faults = [];

async function story(name, page, act) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: "Europe/Berlin" });
  const tab = await context.newPage();
  tab.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(`${name}: ${message.text()}`);
  });
  tab.on("pageerror", (error) => faults.push(`${name}: ${error.message}`));
  posts.length = 0;
  try {
    await tab.goto(`${base}/${page}.html`);
    await act(tab, context);
    console.log(`ok   ${name}`);
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
  await context.close();
}

const posted = async (pathname) => {
  for (let left = 100; left > 0; left -= 1) {
    const post = posts.find((each) => each.pathname === pathname);
    if (post) return post.body;
    await new Promise((again) => setTimeout(again, 50));
  }
  throw new Error(`nothing was posted to ${pathname}`);
};

/** The page that answered a form: Chromium stops answering when a tab is closed while its page is on its way. */
const done = (tab) => tab.waitForFunction(() => document.title === "Done");

await story("the proof of work is solved by a worker of ours and travels as the field altcha", "sign-up--empty", async (tab) => {
  await tab.fill("#name", "Dana Whitlock");
  await tab.fill("#address", "dana@acme-robotics.example");
  await tab.waitForSelector('altcha-widget [data-state="verified"]', { timeout: 60_000 });
  await tab.click("button.primary.big");
  const payload = new URLSearchParams(await posted("/sign-up")).get("altcha");
  await done(tab);
  const { challenge, solution } = JSON.parse(Buffer.from(payload, "base64").toString());
  const result = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: SECRET });
  assert.equal(result.verified, true);
});

await story("what is typed is a draft within two seconds, and says when", "new-request--empty", async (tab) => {
  await tab.fill("#subject", "Where do attachments go?");
  assert.match(await posted("/drafts"), /subject=Where\+do\+attachments\+go%3F/);
  await tab.waitForFunction(() => document.querySelector("[data-saved]").textContent === "saved 12:04");
  assert.equal(await tab.inputValue('input[name="draft"]'), "42");
});

await story("a long paste becomes a file of the draft", "request--full", async (tab) => {
  await tab.focus("#text");
  await tab.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "line\n".repeat(40));
    document.querySelector("#text").dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await posted("/uploads/t1/file");
  await tab.waitForSelector("[data-files] .file b");
});

await story("a file goes on where it broke off, and its form waits for it", "request--full", async (tab) => {
  let open = () => undefined;
  gate = new Promise((passed) => (open = passed));
  await tab.fill("#text", "The log.");
  await tab.setInputFiles("#reply input[type=file]", { name: "server.log", mimeType: "text/plain", buffer: Buffer.alloc(3000, "x") });
  // The file is not read before the form has said that it waits.
  await tab.locator("#reply button.primary").click();
  await tab.waitForFunction(() => document.querySelector("#reply button.primary")?.textContent === "Waits for one file");
  await posted("/uploads/t1/file");
  const { pathname } = new URL(await tab.locator("#reply").evaluate((form) => form.action));
  open();
  await posted(pathname);
  await done(tab);
  assert.deepEqual([upload.offsets.at(0), upload.offsets.at(-1)], [0, 7]);
  assert.match(upload.checksum, /^sha256 /);
});

await story("a file on its way pauses, goes on and is cancelled by the keyboard", "request--full", async (tab) => {
  await tab.route("**/uploads/t1", (route) => (route.request().method() === "PATCH" ? undefined : route.continue()));
  await tab.setInputFiles("#reply input[type=file]", { name: "server.log", mimeType: "text/plain", buffer: Buffer.alloc(3000, "x") });
  await tab.getByRole("button", { name: "Pause sending server.log" }).press("Enter");
  await tab.getByRole("button", { name: "Continue sending server.log" }).press("Enter");
  await tab.getByRole("button", { name: "Pause sending server.log" }).waitFor();
  await tab.getByRole("button", { name: "Cancel sending server.log" }).press("Enter");
  await tab.waitForFunction(() => !document.querySelector(".sending"));
});

await story("markdown is previewed by the server", "request--full", async (tab) => {
  await tab.fill("#text", "**bold**");
  await tab.click("[data-preview]");
  assert.equal(await tab.textContent("[data-preview-place] strong"), "bold");
});

await story("keys move, write, and show their sheet", "desk-queue--full", async (tab) => {
  await tab.keyboard.press("j");
  await tab.keyboard.press("j");
  assert.match(await tab.evaluate(() => document.activeElement.textContent), /LDAP sign-in/);
  await tab.keyboard.press("?");
  assert.equal(await tab.isVisible(".keys-sheet"), true);
});

await story("a request opens beside the queue, and its hold counts down", "desk-request--full", async (tab) => {
  await tab.keyboard.press("n");
  assert.equal(await tab.isChecked("#kind-note"), true);
  assert.equal(await tab.isVisible("button.for-reply.primary"), false);
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("j");
  await tab.waitForSelector("[data-hold-words]");
  assert.match(tab.url(), /\/desk\/requests\/\d+\?view=needs-answer$/);
  await tab.waitForFunction(() => /in \d s/.test(document.querySelector("[data-hold-words]").textContent));
});

await story("every key that the sheet and the buttons name opens what it names", "desk-request--full", async (tab) => {
  const named = await tab.locator("details[data-act]").evaluateAll((all) => all.map((each) => each.dataset.act));
  assert.deepEqual(named.toSorted(), ["assign", "bug", "more", "priority", "state", "type"]);
  for (const act of named) {
    const key = await tab.getAttribute(`[data-binding="${act}"]`, "data-pressed");
    await tab.keyboard.press(key);
    await tab.waitForSelector(`details[data-act="${act}"][open]`);
    await tab.keyboard.press("Escape");
    const told = await tab.locator(`[data-binding="${act}"] kbd`).allTextContents();
    assert.deepEqual(told, [key]);
    assert.equal(await tab.textContent(`details[data-act="${act}"] > summary kbd`), key);
  }
});

await story("what is typed while a request is on its way is a note of that one, and no reply to the one before", "desk-request--full", async (tab) => {
  let open = () => undefined;
  gate = new Promise((passed) => (open = passed));
  await tab.locator(".compose textarea").fill("half an answer");
  await tab.locator(".row").first().focus();
  await tab.keyboard.press("j");
  await tab.waitForFunction(() => document.querySelector("#pane").inert);
  assert.match(await posted("/drafts"), /text=half\+an\+answer/);
  await tab.keyboard.press("n");
  await tab.keyboard.type("Between us");
  await tab.keyboard.press("Control+Enter");
  open();
  await tab.waitForSelector("[data-hold-words]");
  await tab.waitForFunction(() => document.querySelector(".compose textarea").value.endsWith("Between us"));
  assert.equal(await tab.isChecked("#kind-note"), true);
  assert.equal(await tab.evaluate(() => document.activeElement.name), "text");
  assert.deepEqual(posts.filter(({ pathname }) => pathname !== "/drafts").map(({ pathname }) => pathname), []);
});

await story("a request that cannot be fetched says so, and what was open stays", "desk-request--full", async (tab) => {
  const subject = await tab.textContent("#pane h1");
  await tab.route("**/desk/requests/**", (route) => route.abort());
  await tab.locator(".row").first().focus();
  await tab.keyboard.press("j");
  await tab.waitForSelector("#pane .notice.late");
  assert.equal(await tab.textContent("#pane h1"), subject);
  assert.equal(await tab.evaluate(() => document.querySelector("#pane").inert), false);
});

await story("x selects a row, Shift a run of them, and the bar says how many", "desk-queue--full", async (tab) => {
  const said = () => tab.textContent("[data-picked]");
  assert.equal(await tab.isVisible(".bulk-bar"), false);
  await tab.locator(".row").first().focus();
  await tab.keyboard.press("x");
  assert.equal(await said(), "1 selected");
  assert.equal(await tab.isVisible(".bulk-bar"), true);
  await tab.keyboard.press("j");
  await tab.keyboard.press("x");
  assert.equal(await said(), "2 selected");
  await tab.keyboard.press("x");
  assert.equal(await said(), "1 selected");
  await tab.locator(".pick").nth(1).click();
  await tab.locator(".pick").nth(4).click({ modifiers: ["Shift"] });
  assert.equal(await said(), "5 selected");
  // A ticked box keeps the keys of the desk.
  await tab.keyboard.press("j");
  assert.match(await tab.evaluate(() => document.activeElement.className), /row/);
  await tab.check(".pick-all");
  assert.equal(await said(), "All selected");
  await tab.click(".bulk-bar [type=reset]");
  assert.equal(await tab.locator(".pick:checked").count(), 0);
  assert.equal(await tab.isVisible(".bulk-bar"), false);
});

await story("zone and theme are told in cookies", "home--full", async (tab, context) => {
  await tab.click('.theme button[value="dark"]');
  assert.equal(await tab.getAttribute("html", "data-theme"), "dark");
  const cookies = Object.fromEntries((await context.cookies()).map(({ name, value }) => [name, decodeURIComponent(value)]));
  assert.deepEqual(cookies, { zone: "Europe/Berlin", theme: "dark" });
});

await story("the first page is said again in the reader's zone, all of it, and what is typed stays", "new-request--full", async (tab, context) => {
  await context.clearCookies();
  await tab.route("**/new-request--full.html", async (route) => {
    if (route.request().resourceType() !== "fetch") return route.continue();
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll("14:40", "15:40").replaceAll("UTC", "Berlin time");
    await route.fulfill({ response: answer, body });
  });
  assert.match(await tab.textContent("#page"), /14:40/);
  await tab.goto(`${base}/new-request--full.html`);
  await tab.fill("#subject", "At 14:40 it fails");
  await tab.waitForFunction(() => !/14:40|UTC/.test(document.body.textContent));
  assert.equal(await tab.inputValue("#subject"), "At 14:40 it fails");
  assert.doesNotMatch(await tab.locator(".strip").first().getAttribute("aria-label"), /14:40/);
});

await story("the way to get a log follows the deployment as it is chosen", "new-request--full", async (tab) => {
  const ways = async () => tab.locator(".commands:visible summary").allTextContents();
  assert.deepEqual(await ways(), ["How to get them from Kubernetes"]);
  await tab.selectOption("select[name='detail.deployment']", "cloud");
  assert.deepEqual(await ways(), []);
  await tab.selectOption("select[name='detail.deployment']", "server");
  assert.deepEqual(await ways(), ["How to get them from Kubernetes"]);
});

await story("rows of the queue give way with an ellipsis, and nothing is cut at their edge", "desk-queue--full", async (tab) => {
  const cut = await tab.evaluate(() => {
    for (const kind of document.querySelectorAll(".row .facts > :not(.num, :has(.tag))")) kind.append(" and a much longer word for it");
    return [...document.querySelectorAll(".row .facts")].filter((facts) => facts.scrollWidth > facts.clientWidth).length;
  });
  assert.equal(cut, 0);
  const fact = tab.locator(".row .facts > .gives-way").first();
  assert.equal(await fact.evaluate((it) => getComputedStyle(it).textOverflow), "ellipsis");
});

await story("what people typed turns nothing around it", "desk-request--full", async (tab) => {
  const bidi = (selector) => tab.locator(selector).first().evaluate((it) => getComputedStyle(it).unicodeBidi);
  assert.equal(await bidi(".row .subject"), "plaintext");
  assert.equal(await bidi(".row .gives-way"), "plaintext");
  assert.equal(await bidi(".msg .who b"), "isolate");
  assert.equal(await bidi(".said p"), "plaintext");
});

await story("numbers that lead to requests are large enough to press", "desk-simulation--changed", async (tab) => {
  const heights = await tab.locator("table.figures a.num").evaluateAll((links) => links.map((link) => link.getBoundingClientRect().height));
  assert.ok(heights.length > 0 && heights.every((height) => height >= 24), String(heights));
});

await story("the meter knows the person's own words", "password--first", async (tab) => {
  const say = async (password) => {
    await tab.fill("#password", password);
    return tab.textContent("[data-words]");
  };
  assert.equal(await say("whitlock2026"), "too weak");
  assert.equal(await say("marble otter seventy lamp"), "strong");
});

await liveStories(story, base);
await writingStories(story);
await pushStories(story, base, posts);

await browser.close();
server.close();
for (const fault of faults) console.error(`FAULT ${fault}`);
process.exitCode = faults.length ? 1 : 0;
