// Pictures of the real pages of a demo desk: at 1440, 1024 and 390 pixels, light and dark, into target/gallery. Beside
// them the few that the README shows, in docs/gallery.
//
//   FIRSTLINE_BINARY=target/debug/firstline npm run pictures [-- PART-OF-A-NAME]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { clean, dig, morning, report } from "./day.mjs";
import { enter, openBrowser, openDesk, visitor } from "./stage.mjs";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const ALL = join(ROOT, "target", "gallery");
const SHOWN = join(ROOT, "docs", "gallery");
const part = process.argv[2] ?? "";

/** name, who looks, where; an address may be found on the page. */
const PAGES = [
  ["home-visitor", "visitor", "/"],
  ["sign-up", "visitor", "/sign-up"],
  ["sign-in", "visitor", "/sign-in"],
  ["reset", "visitor", "/reset"],
  ["support", "visitor", "/support"],
  ["doors", "visitor", "/demo"],
  ["mails", "visitor", "/demo/mails"],
  ["mail", "visitor", "/demo/mails", ".mail"],
  ["not-there", "visitor", "/nowhere"],
  ["home", "customer", "/"],
  ["types", "customer", "/requests/new"],
  ...["question", "support", "bug", "feature", "security", "migration"].map((type) => [`new-${type}`, "customer", `/requests/new/${type}`]),
  ["requests", "customer", "/requests"],
  ["request", "customer", "/requests", ".asked"],
  ["request-waiting", "customer", "/requests", ".asked:has(.tag.wait)"],
  ["drafts", "customer", "/drafts"],
  ["account", "customer", "/account"],
  ["desk", "agent", "/desk"],
  ["desk-request", "agent", "/desk", ".row:nth-of-type(1)"],
  ["desk-soon", "agent", "/desk", ".row:has(.tag.soon), li:nth-child(3) .row"],
  ["desk-waiting", "agent", "/desk/views/waiting", ".row"],
  ["desk-solved", "agent", "/desk/views/solved", ".row"],
  ["desk-mine", "agent", "/desk/views/mine"],
];

/** What the README shows: name, width, theme. */
const README = [
  ["desk-request", 1440, "light"],
  ["desk-request", 1440, "dark"],
  ["support", 1440, "light"],
  ["request", 390, "light"],
  ["new-bug", 1440, "light"],
];

const desk = await openDesk();
const browser = await openBrowser();
await mkdir(ALL, { recursive: true });
await mkdir(SHOWN, { recursive: true });
try {
  for (const role of ["visitor", "customer", "agent"]) await walk(role, PAGES.filter(([name, who]) => who === role && name.includes(part)));
  if ("day".includes(part)) await day();
} finally {
  await browser.close();
  await desk.close();
}

async function walk(role, pages) {
  if (pages.length === 0) return;
  const person = role === "visitor" ? await visitor(browser, desk.base) : await enter(browser, desk.base, role);
  const { tab } = person;
  for (const [name, , from, link] of pages) {
    const path = link ? await follow(person, from, link) : from;
    if (!path) {
      console.error(`${name}: ${link} is not on ${from}`);
      process.exitCode = 1;
      continue;
    }
    for (const width of [1440, 1024, 390]) {
      for (const colorScheme of ["light", "dark"]) await picture(person, { name, path, width, colorScheme });
    }
    console.log(name);
  }
  await tab.close();
}

/** The stations of a working day. */
async function day() {
  const look = async (name, tab) => {
    for (const colorScheme of ["light", "dark"]) {
      await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await tab.screenshot({ path: join(ALL, `${name}--1440-${colorScheme}.png`) });
    }
    console.log(name);
  };
  const ines = await enter(browser, desk.base, "agent");
  for (const part of [morning, dig, clean]) await part(ines, look);
  await report(await enter(browser, desk.base, "lead"), look);
}

async function follow(person, from, link) {
  await person.tab.setViewportSize({ width: 1440, height: 900 });
  await person.go(from);
  const found = person.tab.locator(link).first();
  return (await found.count()) ? found.getAttribute("href") : null;
}

async function picture(person, { name, path, width, colorScheme }) {
  const { tab } = person;
  await tab.setViewportSize({ width, height: width === 390 ? 844 : 900 });
  await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await person.go(path);
  await tab.evaluate(() => document.fonts.ready);
  await tab.screenshot({ path: join(ALL, `${name}--${width}-${colorScheme}.png`), fullPage: true });
  if (README.some((shown) => shown[0] === name && shown[1] === width && shown[2] === colorScheme)) {
    await tab.screenshot({ path: join(SHOWN, `${name}-${width}-${colorScheme}.png`) });
  }
}
