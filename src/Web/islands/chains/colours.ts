import type { Graph } from "./data.ts";
import type { Palette } from "./palette.ts";
import type { Shape } from "./raster.ts";

export type ColourBy = "class" | "place" | "cluster" | "generation";

/** What each case is coloured as, and what the legend says of it. */
export interface Colouring {
  /** The place of each case's colour in the list. */
  of: Uint8Array;
  colours: string[];
  names: string[];
  many: number[];
  shapes: Shape[] | null;
}

/** By CaseClass; the places before 1 and after 4 are classes that are not told apart. */
export const shapes: readonly Shape[] = ["square", "triangle", "diamond", "disc", "ring", "square", "square"];

export interface Words {
  classes: string[];
  others: string;
  none: string;
  generation: string;
}

export function colouringOf(g: Graph, by: ColourBy, p: Palette, words: Words): Colouring {
  if (by === "class")
    return only(g.class, p.classes, words.classes, [...shapes]);
  if (by === "generation") {
    const last = p.generations.length - 1;
    const of = Uint8Array.from(g.generation, (n) => Math.min(Math.max(n, 0), last));
    return only(of, p.generations, p.generations.map((_, n) => `${words.generation} ${n}${n === last ? "+" : ""}`), null);
  }
  const [values, list] = by === "place" ? [Int32Array.from(g.place), g.places] : [Int32Array.from(g.cluster), g.clusters];
  return largest(values, list.map(([, name]) => name), p, words);
}

/** The largest groups in colours of their own, all others in one. */
function largest(values: Int32Array, names: string[], p: Palette, words: Words): Colouring {
  const many = new Int32Array(names.length);
  for (const v of values)
    if (v >= 0)
      many[v]++;
  const last = p.groups.length - 1;
  const rank = new Uint8Array(names.length).fill(last);
  const order = [...many.keys()].sort((a, b) => many[b] - many[a]).slice(0, last);
  order.forEach((v, at) => (rank[v] = at));
  const told = Array.from({ length: last + 1 }, (_, at) => (at < order.length ? names[order[at]] : words.others));
  if (values.some((v) => v < 0) && names.length <= last)
    told[last] = words.none;
  return only(Uint8Array.from(values, (v) => (v < 0 ? last : rank[v])), p.groups, told, null);
}

function only(of: Uint8Array, colours: string[], names: string[], shapes: Shape[] | null): Colouring {
  const many = new Array<number>(colours.length).fill(0);
  for (const v of of)
    many[v]++;
  return { of, colours, names, many, shapes };
}
