import type { Graph } from "./data.ts";

/** One source for each case: the link that its line is drawn along; the other links are drawn besides. */
export interface Forest {
  /** The case it is drawn as having got it from; -1 at the left end. */
  parent: Int32Array;
  /** The link to it; -1 at the left end. */
  parentLink: Int32Array;
  /** Links that are not along the lines: second sources, and those that close a circle. */
  extra: Int32Array;
  /** Cases so that each stands behind its parent. */
  order: Int32Array;
  /** Children of case i: children[firstChild[i]] to children[firstChild[i + 1] - 1]. */
  firstChild: Int32Array;
  children: Int32Array;
  /** Cases of its subtree, itself among them. */
  size: Int32Array;
}

/** The surest link wins, then the source that fell ill last before the case, then the first. Circles are cut at their earliest case. */
export function forestOf(g: Graph): Forest {
  const parent = new Int32Array(g.count).fill(-1);
  const parentLink = new Int32Array(g.count).fill(-1);
  for (let l = 0; l < g.linkFrom.length; l++) {
    const to = g.linkTo[l];
    if (g.linkFrom[l] !== to && (parentLink[to] < 0 || better(g, l, parentLink[to]))) {
      parent[to] = g.linkFrom[l];
      parentLink[to] = l;
    }
  }
  cutCircles(g, parent, parentLink);
  const extra: number[] = [];
  for (let l = 0; l < g.linkFrom.length; l++)
    if (parentLink[g.linkTo[l]] !== l)
      extra.push(l);
  const firstChild = new Int32Array(g.count + 1);
  for (let i = 0; i < g.count; i++)
    if (parent[i] >= 0)
      firstChild[parent[i] + 1]++;
  for (let i = 0; i < g.count; i++)
    firstChild[i + 1] += firstChild[i];
  const children = new Int32Array(firstChild[g.count]);
  const filled = firstChild.slice();
  for (let i = 0; i < g.count; i++)
    if (parent[i] >= 0)
      children[filled[parent[i]]++] = i;
  const order = new Int32Array(g.count);
  let taken = 0;
  for (let i = 0; i < g.count; i++)
    if (parent[i] < 0)
      order[taken++] = i;
  for (let at = 0; at < taken; at++)
    for (let c = firstChild[order[at]]; c < firstChild[order[at] + 1]; c++)
      order[taken++] = children[c];
  const size = new Int32Array(g.count).fill(1);
  for (let at = g.count - 1; at >= 0; at--)
    if (parent[order[at]] >= 0)
      size[parent[order[at]]] += size[order[at]];
  return { parent, parentLink, extra: Int32Array.from(extra), order, firstChild, children, size };
}

function better(g: Graph, a: number, b: number): boolean {
  if (g.confidence[a] !== g.confidence[b])
    return g.confidence[a] > g.confidence[b];
  const [before, other] = [g.day[g.linkTo[a]] - g.day[g.linkFrom[a]], g.day[g.linkTo[b]] - g.day[g.linkFrom[b]]];
  return before >= 0 !== other >= 0 ? before >= 0 : Math.abs(before) < Math.abs(other);
}

function cutCircles(g: Graph, parent: Int32Array, parentLink: Int32Array): void {
  const seen = new Int32Array(g.count);
  for (let start = 0; start < g.count; start++) {
    const walk = start + 1;
    let at = start;
    while (at >= 0 && seen[at] === 0) {
      seen[at] = walk;
      at = parent[at];
    }
    if (at < 0 || seen[at] !== walk)
      continue;
    let earliest = at;
    for (let on = parent[at]; on !== at; on = parent[on])
      if (g.day[on] < g.day[earliest] || (g.day[on] === g.day[earliest] && on < earliest))
        earliest = on;
    parent[earliest] = -1;
    parentLink[earliest] = -1;
  }
}
