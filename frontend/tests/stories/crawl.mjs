// Every page of the site, for a visitor, a customer, an agent and an administrator. From the first page every link of
// ours is followed and read: it answers 200, has a title and a heading, says every sentence, and its anchors exist. Of
// each kind of page (an address with its numbers left out) the first ones are looked at in the browser, light at 1440
// and dark at 390 pixels: with axe, for sideways scrolling, and for all that a visitor's pages are watched for.
import { readFile } from "node:fs/promises";
import { enter, visitor } from "./stage.mjs";

const axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const READERS = 6;

/** All pages are read. `looks`: how many of one kind are looked at; the portal is looked at as its people see it. */
const ROLES = [
  { role: "visitor", from: ["/", "/demo", "/demo/mails"], looks: 1, at: /^/ },
  { role: "customer", from: ["/", "/drafts", "/account"], looks: 2, at: /^/ },
  { role: "agent", from: ["/desk", "/"], looks: 2, at: /^\/desk/ },
  { role: "administrator", from: ["/desk", "/"], looks: 1, at: /^\/(desk|account)/ },
];

// Doors change who one is, and links of mails work once. The demo's mails are the same for everybody: the visitor
// reads them.
const DOORS = /^\/(demo\/sign-in|verify|reset)\/./;
const MAILS = /^\/demo\/mails/;

export const stories = Object.fromEntries(
  ROLES.map((who) => [
    `every page that ${who.role === "visitor" ? "a visitor" : `the ${who.role}`} can reach is whole`,
    ({ browser, base }) => crawl(browser, base, who),
  ]),
);

async function crawl(browser, base, { role, from, looks, at }) {
  const person = role === "visitor" ? await visitor(browser, base) : await enter(browser, base, role);
  const { read, findings } = await readAll(person, base, from, role === "visitor" ? DOORS : new RegExp(`${DOORS.source}|${MAILS.source}`));
  const seen = firstOfEachKind(read, looks, at);
  const queue = [...seen];
  const lookers = [person, await copyOf(browser, base, person)];
  await Promise.all(lookers.map(async (looker) => {
    for (let path = queue.shift(); path; path = queue.shift()) await look(looker, path, findings);
  }));
  if (read.size < 5) findings.push(`only ${read.size} pages were found`);
  console.log(`     ${role}: ${read.size} pages read, ${seen.length} looked at`);
  person.findings.push(...findings, ...lookers[1].findings);
  return person;
}

async function copyOf(browser, base, person) {
  const second = await visitor(browser, base);
  await second.context.addCookies(await person.context.cookies());
  return second;
}

/** Follows every link; the HTML of each page by its path. */
async function readAll(person, base, from, closed) {
  const findings = [];
  const read = new Map();
  const known = new Set(from.map(identity));
  const waiting = [...from];
  const anchors = [];
  // In rounds: what one round finds, the next one reads.
  while (waiting.length > 0) {
    const round = waiting.splice(0);
    const reader = async () => {
      for (let path = round.shift(); path; path = round.shift()) {
        const html = await readOne(person, base, path, findings);
        if (html === null) continue;
        read.set(path, html);
        for (const url of linksOf(html, base + path)) {
          if (url.origin !== base || closed.test(url.pathname)) continue;
          const target = url.pathname + url.search;
          if (url.hash) anchors.push([path, target, decodeURIComponent(url.hash.slice(1))]);
          if (known.has(identity(target))) continue;
          known.add(identity(target));
          waiting.push(target);
        }
      }
    };
    await Promise.all(Array.from({ length: READERS }, reader));
  }
  for (const [path, target, id] of anchors) {
    const html = read.get(target);
    if (html && !html.includes(`id="${id}"`)) findings.push(`${path}: leads to ${target}#${id}, which is not there`);
  }
  return { read, findings };
}

/** A request beside another view is the same page, and the question of one mail the question of each. */
function identity(path) {
  const url = new URL(path, "http://x");
  url.searchParams.delete("view");
  return url.pathname.replace(/^\/rating\/.*/, "/rating") + url.search;
}

function linksOf(html, from) {
  return [...html.matchAll(/ (?:href|src)="([^"]*)"/g)]
    .map(([, link]) => new URL(link.replaceAll("&amp;", "&").replaceAll("&#38;", "&"), from));
}

/** The page's HTML; nothing for files and scripts, which only have to be there. */
async function readOne(person, base, path, findings) {
  const answer = await person.context.request.get(base + path, { maxRedirects: 3 });
  if (answer.status() !== 200) findings.push(`${path} answers ${answer.status()}`);
  const kind = answer.headers()["content-type"] ?? "";
  if (!kind.startsWith("text/html")) return null;
  const html = await answer.text();
  if (path.endsWith("/html")) return html;
  const text = html.replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " ");
  if (!/<title>[^<]+<\/title>/.test(html)) findings.push(`${path} has no title`);
  if ((html.match(/<h1[ >]/g) ?? []).length !== 1) findings.push(`${path} has not one h1`);
  for (const wrong of text.match(/\b(undefined|NaN|Some\(|None\b\)|\{[a-z]+(?:[-.][a-z-]+)+\})/g) ?? []) {
    findings.push(`${path} says ${wrong}`);
  }
  return html;
}

function firstOfEachKind(read, looks, at) {
  const kinds = new Map();
  for (const path of read.keys()) {
    if (path.endsWith("/html") || !at.test(path)) continue;
    const url = new URL(path, "http://x");
    const kind = url.pathname.replace(/\d+/g, "N") + [...url.searchParams.keys()].sort().join("&");
    kinds.set(kind, [...(kinds.get(kind) ?? []), path].slice(0, looks));
  }
  return [...kinds.values()].flat();
}

async function look(person, path, findings) {
  const { tab } = person;
  for (const [width, height, colorScheme] of [[1440, 900, "light"], [390, 844, "dark"]]) {
    const where = `${path} (${width}, ${colorScheme})`;
    await tab.setViewportSize({ width, height });
    await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await person.go(path);
    await tab.evaluate(() => document.fonts.ready);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) findings.push(`${where} scrolls sideways by ${wide} pixels`);
    const cut = await tab.evaluate(() => getComputedStyle(document.body).overflowY === "hidden" && document.body.scrollHeight - innerHeight);
    if (cut > 0) findings.push(`${where} hides ${cut} pixels below the window`);
    await examine(tab, where, findings);
  }
}

async function examine(tab, where, findings) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), RULES);
  for (const { id, nodes } of violations) {
    const [first] = nodes;
    findings.push(`${where}: ${id} × ${nodes.length}, ${first.target} ${first.failureSummary.split("\n")[1] ?? ""}`);
  }
}
