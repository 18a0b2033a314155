// Looks at every sample of every page: at 1440, 1024 and 390 pixels, light and dark, as pictures; with axe in
// both themes; for sideways scrolling, broken addresses and breaches of the content security policy.
//
//   cargo run -p web --example gallery -- target/gallery/pages
//   node frontend/tests/gallery.mjs target/gallery/pages target/gallery/pictures [--only=home,desk] [--no-pictures]
//
// Ends with 1 when anything was found.
import { createServer } from "node:http";
import { mkdir, readFile, readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";
import { ARGUMENTS, CONTENT_SECURITY_POLICY, EXECUTABLE, endsWithin } from "./browser.mjs";

const dist = join(import.meta.dirname, "..", "dist");
const axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const [pages, pictures] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const flag = (name) => process.argv.find((argument) => argument.startsWith(`--${name}`));
const only = flag("only=")?.split("=")[1].split(",");
if (!pages || !pictures) throw new Error("Name the folder of pages and the folder for pictures.");

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const WIDTHS = [1440, 1024, 390];
const THEMES = ["light", "dark"];

const server = createServer(async (request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  if (path.startsWith("/demo/")) {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<title>Mail</title><p>A mail as HTML.</p>");
    return;
  }
  const file = path.startsWith("/assets/") ? join(dist, path.slice(8)) : join(pages, path.slice(1));
  try {
    const bytes = await readFile(file);
    response.writeHead(200, {
      "Content-Type": `${TYPES[extname(file)] ?? "application/octet-stream"}; charset=utf-8`,
      "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;

await mkdir(pictures, { recursive: true });
endsWithin(20);
const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
const found = [];
const names = (await readdir(pages)).filter((name) => name.endsWith(".html")).sort();
const looks = names
  .map((file) => file.replace(/\.html$/, ""))
  .filter((name) => !only || only.some((start) => name.startsWith(start)))
  .flatMap((name) => THEMES.map((theme) => [name, theme]));
const total = looks.length;
await Promise.all([1, 2, 3].map(async () => {
  for (let next = looks.shift(); next; next = looks.shift()) await look(...next);
}));
await browser.close();
server.close();
for (const line of found) console.error(line);
console.log(`${total} pages and themes, ${found.length} findings`);
process.exitCode = found.length ? 1 : 0;

async function look(name, colorScheme) {
  const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const where = message.location().url;
    if (/\/(altcha|drafts|demo)\//.test(where)) return;
    found.push(`${name} (${colorScheme}): ${message.text()} ${where}`);
  });
  page.on("pageerror", (error) => found.push(`${name} (${colorScheme}): ${error.message}`));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.goto(`${base}/${name}.html`, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) found.push(`${name} (${width}): scrolls sideways by ${wide} pixels`);
    if (!flag("no-pictures")) {
      await page.screenshot({ path: join(pictures, `${name}--${width}-${colorScheme}.png`), fullPage: true });
    }
    if (width !== 1024) await examine(page, `${name} (${width}, ${colorScheme})`);
  }
  await context.close();
}

async function examine(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  for (const { id, nodes } of violations) {
    const first = nodes[0];
    found.push(`${where}: ${id} × ${nodes.length}, ${first.target} ${first.failureSummary.split("\n")[1] ?? ""}`);
  }
}
