// Tabler's style sheet, as far as the pages use it: rules of classes that stand in no page are left out, and with them variables and movements.
import { readFileSync } from "node:fs";
import postcss from "postcss";
import { aliases } from "./aliases.mjs";

/** Parts of Tabler that the pages have another way for: its themes by script, right-to-left, its own dark switch. */
const foreign = /data-bs-navbar-theme|\.theme-dark|\[data-theme|body\[data-bs-theme|\[dir=|data-bs-theme-|fullscreen|\\|:host/;

const classes = (selector) => [...selector.replace(/:not\([^()]*(\([^()]*\))?[^()]*\)/g, "").matchAll(/\.([a-zA-Z][\w-]*)/g)].map((m) => m[1]);

const joined = (selector) => selector.replace(/\.([a-zA-Z][\w-]*)/g, (whole, name) => (aliases[name] ? `:is(${whole}, :where(${aliases[name]}))` : whole));

/**
 * @param file Tabler's style sheet.
 * @param sources Files of the pages and islands; a word in one of them may be a class.
 */
export function trimmed(file, sources) {
  const words = new Set([...sources.flatMap((f) => readFileSync(f, "utf8").match(/[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g) ?? []), ...Object.keys(aliases)]);
  const sheet = postcss.parse(readFileSync(file, "utf8"));
  sheet.walkComments((c) => c.remove());
  sheet.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes$/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter((s) => !foreign.test(s) && classes(s).every((c) => words.has(c)));
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept.map(joined);
  });
  for (let before = -1, now = size(sheet); now !== before; before = now, now = size(sheet)) dropUnread(sheet);
  sheet.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) rule.remove();
  });
  return sheet.toString();
}

const size = (sheet) => sheet.toString().length;

/** Variables that nothing reads, movements that nothing names, rules that say nothing. */
function dropUnread(sheet) {
  const read = new Set(), moved = new Set();
  sheet.walkDecls((d) => {
    for (const m of d.value.matchAll(/var\((--[\w-]+)/g)) read.add(m[1]);
    if (/^animation/.test(d.prop)) for (const w of d.value.split(/[\s,]+/)) moved.add(w);
  });
  sheet.walkDecls(/^--/, (d) => {
    if (!read.has(d.prop)) d.remove();
  });
  sheet.walkAtRules(/keyframes$/, (a) => {
    if (!moved.has(a.params)) a.remove();
  });
  sheet.walkRules((r) => {
    if (r.nodes.length === 0) r.remove();
  });
}
