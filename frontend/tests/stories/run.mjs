// Tells every story to a fresh demo desk in a real browser, one after another, then visits every page.
//
//   FIRSTLINE_BINARY=target/debug/firstline npm run stories [-- PART-OF-A-NAME…]
//
// Ends with 1 when a story failed or anything was found on the way.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { endsWithin } from "../browser.mjs";
import { openBrowser, openDesk } from "./stage.mjs";
import { stories as crawl } from "./crawl.mjs";
import { stories as signUp } from "./sign_up.mjs";
import { stories as filing } from "./filing.mjs";
import { stories as answering } from "./answering.mjs";
import { stories as day } from "./day.mjs";
import { stories as drafts } from "./drafts.mjs";
import { stories as palette } from "./palette.mjs";
import { stories as breach } from "./breach.mjs";
import { stories as sessions } from "./sessions.mjs";
import { stories as suggestions } from "./suggestions.mjs";
import { stories as withoutScript } from "./without_script.mjs";

const parts = process.argv.slice(2);
const all = Object.entries({ ...signUp, ...filing, ...answering, ...day, ...drafts, ...palette, ...breach, ...sessions, ...suggestions, ...withoutScript, ...crawl });
const told = all.filter(([name]) => parts.length === 0 || parts.some((part) => name.includes(part)));
if (told.length === 0) throw new Error(`No story's name contains ${parts.map((part) => `“${part}”`).join(" or ")}.`);

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const started = performance.now();
endsWithin(30);
const desk = await openDesk();
console.log(`the demo opened in ${seconds(started)}`);
const browser = await openBrowser();
const faults = [];
try {
  for (const [name, story] of told) await tell(name, story);
} finally {
  await browser.close();
  await desk.close();
}
if (faults.length) console.error(desk.said.join("").split("\n").slice(-20).join("\n"));
for (const fault of faults) console.error(`FAULT ${fault}`);
console.log(`${told.length} stories in ${seconds(started)}, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

async function tell(name, story) {
  const begun = performance.now();
  const before = faults.length;
  try {
    const people = [await story({ browser, base: desk.base })].flat();
    for (const person of people) faults.push(...person.findings.map((finding) => `${name}: ${finding}`));
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
    await keepPictures(name);
  }
  for (const context of browser.contexts()) await context.close();
  const news = faults.slice(before);
  console.log(`${news.length ? "FAULT" : "ok   "} ${name} (${seconds(begun)})`);
  for (const fault of news) console.error(`      ${fault.slice(name.length + 2)}`);
}

/** What the visitors saw when the story broke. */
async function keepPictures(name) {
  const folder = join(import.meta.dirname, "..", "..", "..", "target", "stories");
  await mkdir(folder, { recursive: true });
  for (const [at, page] of browser.contexts().flatMap((context) => context.pages()).entries()) {
    const path = join(folder, `${name.replace(/\W+/g, "-").slice(0, 60)}-${at}.png`);
    await page.screenshot({ path, fullPage: true }).catch(() => undefined);
    console.error(`     ${page.url()} ${path}`);
  }
}
