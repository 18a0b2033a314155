// What a page of the desk does when something happens while it is open: stories of behaviour.mjs, with a server that holds
// streams open and shows the queue and a request before and after.
import assert from "node:assert/strict";

/** What the server says now. `before` turns a page of the gallery into what it was before; none while no story is told. */
export const now = {
  before: undefined,
  streams: [],
  said: [],
  /** Which page of a job in bulk is shown. */
  job: "going",
  listen(request, response) {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write("event: hello\ndata: 1\n\n");
    now.streams.push(response);
    request.on("close", () => (now.streams = now.streams.filter((each) => each !== response)));
  },
  presence(pathname, body) {
    now.said.push(new URLSearchParams(body).get("doing"));
    return JSON.stringify({ request: Number(/\d+/.exec(pathname)[0]), here: "", collision: "", row: "" });
  },
  async page(pathname, read) {
    if (!now.before || !/^\/desk(\/requests\/4201|\/bulk\/7|\/notifications)?$/.test(pathname)) return undefined;
    const samples = { "/desk": "desk-queue--full", "/desk/bulk/7": `desk-bulk--${now.job}`, "/desk/notifications": "desk-queue--full" };
    const html = await read(`${samples[pathname] ?? "desk-request--full"}.html`);
    return now.before(html).replace("<body ", '<body data-since="1" ');
  },
  tell(kind, data, id = 2) {
    for (const stream of now.streams) stream.write(`event: ${kind}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  },
};

/** Without the row of a request. */
const without = (number) => (html) => html.replace(new RegExp(`<li><label class="pick-at">[^\n]*?</label><a class="row" href="/desk/requests/${number}\\?[\\s\\S]*?</a></li>`), "");
const same = (html) => html;
const listening = async (count) => {
  for (let left = 100; left > 0 && now.streams.length !== count; left -= 1) await new Promise((again) => setTimeout(again, 50));
  assert.equal(now.streams.length, count);
};

/** Stops a tab as a browser freezes one: it runs nothing and keeps its stream. A browser that shows no window freezes none
 * when asked to (`Page.setWebLifecycleState`), so it is held at its next statement. Gives back what lets it go on. */
const stopped = async (tab, context) => {
  const session = await context.newCDPSession(tab);
  await session.send("Debugger.enable");
  const held = new Promise((done) => session.once("Debugger.paused", done));
  await session.send("Debugger.pause");
  const ran = tab.evaluate(() => 0);
  await held;
  return async () => {
    await session.send("Debugger.resume");
    await ran;
    await session.detach();
  };
};

/** Lets time pass in one tab alone, which Playwright's clock cannot: what it does every so often, it does at each step. */
const ahead = async (tab) => {
  await tab.addInitScript(() => {
    const [read, repeat, regular] = [performance.now.bind(performance), setInterval, []];
    let passed = 0;
    performance.now = () => read() + passed;
    window.setInterval = (does, every) => {
      regular.push(does);
      return repeat(does, every);
    };
    window.pass = (length) => {
      passed += length;
      for (const does of regular) does();
    };
  });
  return (length) => tab.evaluate((ms) => window.pass(ms), length);
};

export async function liveStories(story, base) {
  await story("new rows wait behind a line, and nothing moves until it is pressed", "desk-queue--empty", async (tab) => {
    now.before = without(4182);
    await tab.goto(`${base}/desk`);
    await listening(1);
    const places = () => tab.locator(".row").evaluateAll((rows) => rows.map((row) => [row.getAttribute("href"), row.getBoundingClientRect().y]));
    const before = await places();
    now.before = (html) => without(4190)(html).replaceAll("LDAP sign-in fails for one group only", "LDAP sign-in works again");
    now.tell("request", { request: 4182, seq: 2, kind: "filed" });
    await tab.waitForSelector(".news:text-is('1 new, show them')");
    assert.deepEqual(await places(), before);
    assert.equal(await tab.locator(".row.gone").count(), 1);
    assert.equal(await tab.locator(".row:has-text('LDAP sign-in works again')").count(), 1);
    assert.equal(await tab.textContent("#voice"), "1 new in the queue");
    await tab.click(".news");
    assert.match((await places())[0][0], /4182/);
    assert.equal(await tab.isVisible(".news"), false);
    assert.match(await tab.evaluate(() => document.activeElement.getAttribute("href")), /4182/);
  });

  await story("a new message waits behind a line, and what is being written is not touched", "desk-queue--empty", async (tab) => {
    const note = /<article class="msg note" id="m12"[\s\S]*?<\/article>/;
    now.before = (html) => html.replace(note, "").replace('name="read_to" value="12"', 'name="read_to" value="11"');
    now.said = [];
    await tab.goto(`${base}/desk/requests/4201?view=needs-answer`);
    await listening(1);
    await tab.locator(".compose textarea").fill("half an answer");
    const place = () => tab.locator(".compose textarea").boundingBox();
    const before = await place();
    now.before = same;
    now.tell("request", { request: 4201, seq: 2, kind: "noted" });
    await tab.waitForSelector(".arrived:text-is('New note from Ines Kovač, show')");
    assert.deepEqual(await place(), before);
    assert.equal(await tab.locator("#m12").count(), 0);
    await tab.click(".arrived");
    assert.equal(await tab.locator("#m12").count(), 1);
    assert.equal(await tab.inputValue(".compose textarea"), "half an answer");
    assert.equal(await tab.inputValue("[name=read_to]"), "12");
    assert.deepEqual(now.said.slice(0, 2), ["looking", "writing"]);
    const present = { request: 4201, here: "Theo Marsh is looking", collision: "Theo Marsh is writing a reply too", row: "<b>TM</b>" };
    now.tell("presence", present);
    await tab.waitForFunction(() => document.querySelector("[data-present]").textContent === "Theo Marsh is looking");
    assert.equal(await tab.textContent("[data-collision]"), present.collision);
    assert.equal(await tab.textContent('.row[href^="/desk/requests/4201?"] .at-it'), "TM");
  });

  await story("the tabs of a browser share one stream, and hand it over", "desk-queue--empty", async (tab, context) => {
    now.before = without(4182);
    await tab.goto(`${base}/desk`);
    await listening(1);
    const other = await context.newPage();
    await other.goto(`${base}/desk`);
    now.before = same;
    now.tell("request", { request: 4182, seq: 2, kind: "filed" });
    for (const each of [tab, other]) {
      await each.bringToFront();
      await each.waitForSelector(".news:text-is('1 new, show them')");
    }
    assert.equal(now.streams.length, 1);
    await tab.goto(`${base}/desk-queue--empty.html`);
    await listening(1);
    now.before = without(4190);
    now.tell("request", { request: 4190, seq: 3, kind: "changed" }, 3);
    await other.waitForSelector(".row.gone");
    await other.close();
  });

  await story("a frozen tab that listened for all is taken over by one that is looked at, and gives way when it wakes", "desk-queue--empty", async (tab, context) => {
    now.before = without(4182);
    await tab.goto(`${base}/desk`);
    await listening(1);
    const other = await context.newPage();
    const pass = await ahead(other);
    await other.goto(`${base}/desk`);
    await other.waitForSelector(".row");
    const wake = await stopped(tab, context);
    now.before = same;
    now.tell("request", { request: 4182, seq: 2, kind: "filed" });
    await other.bringToFront();
    await pass(30_000);
    assert.equal(await other.locator(".news").count(), 0, "the frozen tab hands nothing on");
    assert.equal(now.streams.length, 1, "and is still believed");
    await pass(60_000);
    await listening(2);
    await other.waitForSelector(".news:text-is('1 new, show them')");
    await wake();
    await listening(1);
    await tab.bringToFront();
    await tab.waitForSelector(".news:text-is('1 new, show them')");
    // The one that woke is next in line.
    await other.close();
    await listening(1);
    now.before = without(4190);
    now.tell("request", { request: 4190, seq: 3, kind: "changed" }, 3);
    await tab.waitForSelector(".row.gone");
  });

  await story("a job in bulk is further as soon as the desk says so, and the button in hand stays", "desk-queue--empty", async (tab) => {
    now.job = "going";
    now.before = (html) => html.replaceAll("5 of 14", "2 of 14").replace('value="5"', 'value="2"');
    await tab.goto(`${base}/desk/bulk/7`);
    await listening(1);
    await tab.focus("button:text-is('Stop it')");
    now.before = same;
    now.tell("job", { job: 8 });
    now.tell("job", { job: 7 });
    await tab.waitForFunction(() => document.querySelector("#progress")?.value === 5);
    assert.match(await tab.textContent("label[for=progress]"), /5 of 14/);
    assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Stop it");
    assert.match(await tab.textContent("#voice"), /5 of 14/);
    now.job = "over";
    now.tell("job", { job: 7 });
    await tab.waitForSelector("#bulk:not([data-job])");
    assert.equal(await tab.locator("progress").count(), 0);
    assert.match(await tab.textContent("#voice"), /12 change/);
    assert.equal(await tab.evaluate(() => document.activeElement.id), "page");
  });

  await story("the bell moves on any page when the desk says so", "desk-queue--empty", async (tab) => {
    now.job = "looked";
    now.before = (html) => html.replace(/data-unread>[^<]*</, "data-unread><");
    await tab.goto(`${base}/desk/bulk/7`);
    await listening(1);
    now.before = (html) => html.replace(/data-unread>[^<]*</, "data-unread>3<");
    now.tell("bell", {});
    await tab.waitForSelector("[data-unread]:text-is('3')");
    assert.match(tab.url(), /\/desk\/bulk\/7$/);
  });
  now.before = undefined;
}
