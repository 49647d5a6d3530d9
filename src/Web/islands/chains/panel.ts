import type { Colouring } from "./colours.ts";
import { dayOf, Mark, noOf, type Graph } from "./data.ts";
import { make, sample } from "./make.ts";
import type { Palette } from "./palette.ts";
import { fill, type Texts } from "./texts.ts";

/** What is said of the selected case beside the picture; each case that is named can be selected. */
export function detailsOf(graph: Graph, one: number, sizes: Int32Array, texts: Texts, select: (i: number) => void, whole: () => void): Node[] {
  const no = noOf(graph, one);
  const facts = make("dl", { class: "facts" });
  const fact = (name: string, ...value: (Node | string)[]) => facts.append(make("dt", {}, name), make("dd", {}, ...value));
  fact(texts.class, texts.classes[graph.class[one]] ?? "");
  fact(texts.day, `${dayOf(graph, graph.day[one])} (${texts.basis[graph.basis[one]]})`);
  fact(texts.place, graph.places[graph.place[one]]?.[1] ?? "–");
  if (graph.cluster[one] >= 0)
    fact(texts.cluster, make("a", { href: `/clusters/${graph.clusters[graph.cluster[one]][0]}` }, graph.clusters[graph.cluster[one]][1]));
  fact(texts.chain, fill(texts.seen, sizes[graph.chain[one]]));
  fact(texts.generation, graph.generation[one] < 0 ? "–" : String(graph.generation[one]));
  const from = linked(graph, one, graph.linkTo, graph.linkFrom);
  fact(texts.gotFrom, ...(from.length > 0 ? named(graph, from, texts, select) : [texts.noSource]));
  const to = linked(graph, one, graph.linkFrom, graph.linkTo);
  fact(texts.passedTo, ...(to.length > 0 ? named(graph, to, texts, select) : ["–"]));
  const notes: Node[] = [];
  if (graph.marks[one] & Mark.missing)
    notes.push(make("p", { class: "refusal" }, texts.sourceMissing));
  if (graph.marks[one] & Mark.tail)
    notes.push(make("p", { class: "refusal" }, texts.openTail));
  const chain = make("button", { type: "button", class: "quiet" }, texts.wholeChain);
  chain.addEventListener("click", whole);
  return [make("h3", {}, `${texts.case} ${no}`), facts, ...notes, make("p", { class: "acts" }, chain, make("a", { class: "button", href: `/cases/${no}` }, texts.open))];
}

function linked(graph: Graph, one: number, end: Int32Array, other: Int32Array): [number, number][] {
  const found: [number, number][] = [];
  for (let l = 0; l < end.length; l++)
    if (end[l] === one)
      found.push([other[l], graph.confidence[l]]);
  return found;
}

const mostNamed = 12;

function named(graph: Graph, list: [number, number][], texts: Texts, select: (i: number) => void): Node[] {
  const nodes: Node[] = list.slice(0, mostNamed).map(([i, confidence]) => {
    const button = make("button", { type: "button", class: "quiet plain" }, noOf(graph, i));
    button.addEventListener("click", () => select(i));
    return make("span", { class: "linked" }, button, ` ${texts.confidences[confidence] ?? ""}`);
  });
  if (list.length > mostNamed)
    nodes.push(make("span", {}, `+ ${list.length - mostNamed}`));
  return nodes;
}

/** What the colours, shapes and lines mean. */
export function legendOf(colouring: Colouring, palette: Palette, texts: Texts): Node[] {
  const items = colouring.names.flatMap((name, at) => colouring.many[at] === 0 ? []
    : [make("li", {}, sample(colouring.shapes?.[at] ?? "disc", colouring.colours[at]), ` ${name} `, make("span", { class: "n none" }, colouring.many[at].toLocaleString("en")))]);
  const lines = (["line", "dashes", "dots"] as const).map((kind, at) => make("li", {}, sample(kind, palette.faint), ` ${texts.confidences[3 - at]}`));
  return [make("ul", { class: "legend" }, ...items), make("ul", { class: "legend", "aria-label": texts.links }, ...lines)];
}
