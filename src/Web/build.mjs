// Checks the types, bundles each island and its worker, and prints what a page will load. With --tests it builds and runs the tests instead.
//   node build.mjs [--out FOLDER] [--tests]
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const asked = process.argv.indexOf("--out");
const tests = process.argv.includes("--tests");
const out = asked > 0 ? process.argv[asked + 1] : join(here, "../../artifacts", tests ? "web-tests" : "web");

/** A page without a map and without a chart loads less script than this, compressed. */
const most = 60_000;

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
  await build({
    entryPoints: { chains: join(here, "islands/chains/main.ts"), "chains-worker": join(here, "islands/chains/worker.ts") },
    outdir: out, bundle: true, minify: true, format: "iife", target: "es2022", charset: "utf8", legalComments: "none",
  });
  for (const name of ["chains.js", "chains-worker.js"]) {
    const size = gzipSync(readFileSync(join(out, name))).length;
    console.log(`${name}: ${size} bytes compressed`);
    if (size > most) {
      console.error(`${name} is larger than ${most} bytes`);
      process.exit(1);
    }
  }
}
