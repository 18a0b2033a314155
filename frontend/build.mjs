// Builds frontend/dist: bundles with hashed names, their precompressed forms, and manifest.json
// (plain name -> hashed name), which crates/web/src/assets.rs reads. Fails when a page's budget is passed.
import { build } from "esbuild";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";

const root = import.meta.dirname;
const out = join(root, "dist");
const publicPath = "/assets";

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  sourcemap: false,
  outdir: out,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  publicPath,
  conditions: ["import", "module"],
  metafile: true,
  legalComments: "linked",
  target: ["chrome123", "firefox121", "safari17.5"],
  loader: { ".woff2": "file", ".svg": "file" },
  logLevel: "warning",
};

/** Kilobytes, compressed with brotli, of script and style that one page of a door may load. */
const budgets = [
  { door: "portal", kilobytes: 100, files: ["portal.js", "portal.css"] },
  { door: "sign-up", kilobytes: 100, files: ["portal.js", "portal.css", "signup.js", "signup.css", "proof.js"] },
  { door: "desk", kilobytes: 250, files: ["desk.js", "desk.css"] },
];

/** Adds what one esbuild run produced to the manifest, under the names that templates use. */
function record(manifest, metafile) {
  for (const [path, output] of Object.entries(metafile.outputs)) {
    const hashed = relative(out, join(root, path));
    if (hashed.endsWith(".LEGAL.txt")) continue;
    const source = output.entryPoint ?? Object.keys(output.inputs)[0];
    if (source === undefined) continue;
    const extension = hashed.slice(hashed.lastIndexOf("."));
    const stem = basename(source).replace(/\.[^.]+$/, "");
    manifest[`${stem}${extension}`] = hashed;
  }
}

/** Writes `.br` and `.gz` beside every text file; fonts are compressed already. */
async function precompress() {
  const sizes = {};
  for (const name of await readdir(out)) {
    if (!/\.(js|css|svg|txt|json)$/.test(name) || name === "manifest.json") continue;
    const bytes = await readFile(join(out, name));
    const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    const gz = gzipSync(bytes, { level: 9 });
    await writeFile(join(out, `${name}.br`), br);
    await writeFile(join(out, `${name}.gz`), gz);
    sizes[name] = br.length;
  }
  return sizes;
}

function hold(manifest, sizes) {
  for (const { door, kilobytes, files } of budgets) {
    const bytes = files.reduce((sum, file) => {
      const size = sizes[manifest[file]];
      if (size === undefined) throw new Error(`${file} of the ${door} was not built`);
      return sum + size;
    }, 0);
    const spent = (bytes / 1024).toFixed(1);
    if (bytes > kilobytes * 1024) {
      throw new Error(`The ${door} loads ${spent} KB of script and style; ${kilobytes} KB are allowed.`);
    }
    console.log(`${door}: ${spent} of ${kilobytes} KB`);
  }
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const manifest = {};

// The worker first: its hashed address is a constant of the sign-up script.
const worker = await build({ ...shared, format: "esm", entryPoints: { proof: "src/proof.ts" } });
record(manifest, worker.metafile);

// Registered as a plain script, and served under a name of its own (`assets::push_worker`).
const pushWorker = await build({ ...shared, format: "iife", entryPoints: { "push-worker": "src/push-worker.ts" } });
record(manifest, pushWorker.metafile);

const pages = await build({
  ...shared,
  format: "esm",
  define: { PROOF_WORKER: JSON.stringify(`${publicPath}/${manifest["proof.js"]}`) },
  entryPoints: [
    "src/portal.ts",
    "src/desk.ts",
    "src/signup.ts",
    "styles/portal.css",
    "styles/desk.css",
    "styles/signup.css",
  ],
});
record(manifest, pages.metafile);

await cp(join(root, "favicon.svg"), join(out, "favicon.svg"));
manifest["favicon.svg"] = "favicon.svg";
for (const name of await readdir(join(root, "fonts"))) {
  if (name.endsWith(".txt")) await cp(join(root, "fonts", name), join(out, name));
}
const sizes = await precompress();
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
hold(manifest, sizes);
