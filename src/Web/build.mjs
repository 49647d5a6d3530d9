// Checks the types, bundles each island and its worker, makes the look, and prints what a page will load. With --tests it builds and runs the
// tests instead.
//   node build.mjs [--out FOLDER] [--tests]
import { build, transform } from "esbuild";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { trimmed } from "./look/trim.mjs";

/** A page without a map and without a chart loads less script than this, compressed. */
const page = 60_000;

/**
 * What is bundled: the file's name, where it begins, and the most bytes that it may have compressed. A style sheet that a bundle imports
 * becomes NAME.css beside it. Every .js and .css is embedded in the server and served: PageFiles.Of("NAME.js").
 */
const bundles = {
  "chains": { from: "islands/chains/main.ts", most: page },
  "live": { from: "islands/live/main.ts", most: page },
  "places": { from: "islands/places/main.ts", most: page },
  "charts": { from: "islands/charts/main.ts", most: 220_000 },
  "map": { from: "islands/map/main.ts", most: 330_000 },
  "map-worker": { from: "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", most: 200_000 },
  "chains-worker": { from: "islands/chains/worker.ts", most: page },
};

/** Style sheets of a few pages alone, beside the one of all. */
const sheets = ["board", "live"];

const here = dirname(fileURLToPath(import.meta.url));
const asked = process.argv.indexOf("--out");
const tests = process.argv.includes("--tests");
const out = asked > 0 ? process.argv[asked + 1] : join(here, "../../artifacts", tests ? "web-tests" : "web");

try {
  execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "-p", here], { stdio: "inherit" });
} catch {
  process.exit(1);
}

if (tests) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const files = readdirSync(join(here, "tests")).filter((f) => f.endsWith(".test.ts")).map((f) => join(here, "tests", f));
  await build({ entryPoints: files, outdir: out, outExtension: { ".js": ".mjs" }, bundle: true, platform: "node", format: "esm", target: "node20", sourcemap: "inline" });
  const built = readdirSync(out).filter((f) => f.endsWith(".mjs")).map((f) => join(out, f));
  try {
    execFileSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=tap", ...built], { stdio: "inherit" });
  } catch {
    process.exit(1);
  }
} else {
  rmSync(out, { recursive: true, force: true });
  await build({
    entryPoints: Object.fromEntries(Object.entries(bundles).map(([name, b]) => [name, join(here, b.from)])),
    outdir: out, bundle: true, minify: true, format: "iife", target: "es2022", charset: "utf8", legalComments: "none",
  });
  writeFileSync(join(out, "qipan.css"), await look());
  for (const sheet of sheets) {
    const made = await transform(readFileSync(join(here, `look/${sheet}.css`), "utf8"), { loader: "css", minify: true, target: "chrome123" });
    writeFileSync(join(out, `${sheet}.css`), made.code);
  }
  for (const file of readdirSync(out)) {
    const size = gzipSync(readFileSync(join(out, file))).length;
    const most = file.endsWith(".js") ? bundles[basename(file, ".js")].most : page;
    console.log(`${file}: ${size} bytes compressed`);
    if (size > most) {
      console.error(`${file} is larger than ${most} bytes`);
      process.exit(1);
    }
  }
  // Packed once here, so that the server packs nothing for each reader.
  for (const file of readdirSync(out)) writeFileSync(join(out, `${file}.br`), brotliCompressSync(readFileSync(join(out, file))));
}

/** Tabler, as far as pages and islands use it, and our own layer on it: one file, no font, no address elsewhere. */
async function look() {
  const files = (folder, ends) => readdirSync(folder, { recursive: true }).filter((f) => ends.test(f)).map((f) => join(folder, f));
  const sources = [...files(join(here, "../Consoles"), /\.razor$/), ...files(join(here, "islands"), /\.ts$/), join(here, "look/qipan.css")];
  const tabler = trimmed(join(here, "node_modules/@tabler/core/dist/css/tabler.css"), sources);
  const made = await transform(`${tabler}\n${readFileSync(join(here, "look/qipan.css"), "utf8")}`, { loader: "css", minify: true, target: "chrome123" });
  return `/* Holds parts of Tabler 1.6.1, MIT licence, The Tabler Authors and codecalm.net. */\n${made.code}`;
}
