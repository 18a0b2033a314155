// The stage of the stories: a demo desk of its own on a free port in a folder of its own, and browsers to visit it
// with. Ends what it started and nothing else. Every page that a visitor opens is watched: script errors, breaches of
// the content security policy, answers of 400 and more, and anything asked of another server are findings.
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ARGUMENTS, EXECUTABLE } from "../browser.mjs";

/** The longest that anything is waited for; a story that needs more is broken. */
export const DEADLINE = 30_000;
const ROOT = join(import.meta.dirname, "..", "..", "..");
const BINARY = process.env["FIRSTLINE_BINARY"] ?? join(process.env["CARGO_TARGET_DIR"] ?? join(ROOT, "target"), "debug", "firstline");

/**
 * A demo desk in a folder that goes away with it. `FIRSTLINE_DEMO_DATA` names the data folder of an ended demo; a copy
 * of it spares the making of the world while one writes a story.
 */
export async function openDesk(...options) {
  const folder = await mkdtemp(join(tmpdir(), "firstline-stories-"));
  const made = process.env["FIRSTLINE_DEMO_DATA"];
  if (made) await cp(made, join(folder, "data"), { recursive: true });
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const child = spawn(BINARY, ["demo", "--data", join(folder, "data"), "--listen", address, ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, RUST_LOG: process.env["RUST_LOG"] ?? "warn" },
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => said.push(bytes.toString()));
  const ended = new Promise((tell) => child.once("exit", tell).once("error", (error) => tell(said.push(error.message))));
  const close = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await opened(child, ended, said);
  } catch (error) {
    await close();
    throw error;
  }
  return { base: `http://${address}`, close, said };
}

/** Making the world takes longer than a page: its own deadline. */
function opened(child, ended, said) {
  return new Promise((ready, fail) => {
    const late = setTimeout(() => fail(new Error(`The demo did not open:\n${said.join("")}`)), 180_000);
    const look = () => {
      if (!/The demo is open/.test(said.join(""))) return;
      clearTimeout(late);
      ready();
    };
    child.stdout.on("data", look);
    void ended.then(() => fail(new Error(`${BINARY} ended before it opened:\n${said.join("")}`)));
  });
}

async function freePort() {
  const probe = createServer();
  await new Promise((ready) => probe.listen(0, "127.0.0.1", ready));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

export function openBrowser() {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}

/**
 * A visitor with a browser profile of their own. `expected` names answers that belong to the story ("404 /requests/1").
 * `findings` collects what went wrong on any of their pages.
 */
export async function visitor(browser, base, options = {}) {
  const { expected = [], ...how } = options;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: "Europe/Berlin", reducedMotion: "reduce", ...how });
  context.setDefaultTimeout(DEADLINE);
  const findings = [];
  const tab = await context.newPage();
  keysReachTheScript(tab);
  watch(tab, base, findings, expected);
  return {
    tab,
    findings,
    context,
    go: (path) => tab.goto(base + path),
    path: () => tab.url().slice(base.length),
    close: () => context.close(),
  };
}

/** Enters by one of the demo's doors: customer, agent, lead, security, administrator. */
export async function enter(browser, base, role, options = {}) {
  const person = await visitor(browser, base, options);
  await person.go(`/demo/sign-in/${role}`);
  return person;
}

/** What a page shows may stand there before its script runs; keys are pressed when it does. */
function keysReachTheScript(tab) {
  const { keyboard } = tab;
  for (const how of ["press", "type"]) {
    const at = keyboard[how].bind(keyboard);
    keyboard[how] = async (...keys) => {
      await tab.waitForLoadState("domcontentloaded");
      await at(...keys);
    };
  }
}

function watch(tab, base, findings, expected) {
  const found = (line) => {
    if (!expected.some((part) => line.includes(part))) findings.push(line);
  };
  const here = () => tab.url().replace(base, "");
  tab.on("console", (message) => {
    // Refused answers are reported below, with their address.
    if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
    found(`${here()}: ${message.text()}`);
  });
  tab.on("pageerror", (error) => found(`${here()}: ${error.message}`));
  tab.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob|about):/.test(url)) found(`${here()} asks elsewhere: ${url}`);
  });
  tab.on("requestfailed", (request) => {
    // A page that is left gives up what it was still loading.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") found(`${request.failure()?.errorText} ${request.url().replace(base, "")}`);
  });
  tab.on("response", (response) => {
    if (response.status() >= 400) found(`${response.status()} ${response.url().replace(base, "")}`);
  });
}

/** Asks until the answer is there; for what happens behind the page (a job, a mail). */
export async function until(what, ask) {
  const given = performance.now() + DEADLINE;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > given) throw new Error(`waited in vain for ${what}`);
    await new Promise((again) => setTimeout(again, 100));
  }
}

/** The newest mail to an address whose subject fits, opened on the demo's mail page. */
export async function mailTo(person, address, subject) {
  const mail = person.tab.locator(".mail", { hasText: address }).filter({ hasText: subject });
  await until(`a mail “${subject}” to ${address}`, async () => {
    await person.go("/demo/mails");
    return (await mail.count()) > 0;
  });
  await mail.first().click();
  await person.tab.waitForURL(/\/demo\/mails\/\d+$/);
}
