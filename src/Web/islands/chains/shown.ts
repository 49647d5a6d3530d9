import { dayIn, Mark, type Graph } from "./data.ts";

/** What the reader wants to see: the fields of the page's form. Empty: no matter. */
export interface Wanted {
  from: string;
  to: string;
  place: string;
  cluster: string;
  class: string;
  open: string;
}

/** 1 for each case that is wanted. The same conditions as src/Journey/Cases/Chains/ChainFilter.cs. */
export function shownOf(g: Graph, w: Wanted, classes: readonly string[]): { shown: Uint8Array; many: number } {
  const shown = new Uint8Array(g.count);
  const [from, to] = [w.from ? dayIn(g, w.from) : NaN, w.to ? dayIn(g, w.to) : NaN];
  const places = w.place ? g.places.map(([code]) => code.startsWith(w.place)) : null;
  const cluster = g.clusters.findIndex(([id]) => id === w.cluster);
  const kind = w.class ? classes.indexOf(w.class) : -1;
  const mark = w.open === "sources" ? Mark.missing : w.open === "tails" ? Mark.tail : 0;
  let many = 0;
  for (let i = 0; i < g.count; i++)
    if (!(g.day[i] < from) && !(g.day[i] > to) && (!places || places[g.place[i]]) && (!w.cluster || (cluster >= 0 && g.cluster[i] === cluster))
      && (kind < 0 || g.class[i] === kind) && (mark === 0 || (g.marks[i] & mark) !== 0)) {
      shown[i] = 1;
      many++;
    }
  return { shown, many };
}
