import type { Graph } from "./data.ts";
import { forestOf, type Forest } from "./forest.ts";

/** Where every case is drawn: its day says how far to the right, its row how far down. No two cases share a part of a day and a row. */
export interface Layout extends Forest {
  /** Into how many parts a day is divided, so that a large outbreak is not a hundred times as high as wide; where in its day a case stands means nothing. */
  parts: number;
  /** The part of a day, counted from the first day, at which each case stands. */
  part: Int32Array;
  /** The same in days, as the camera takes them: whole numbers are the middles of days. */
  x: Float32Array;
  row: Int32Array;
  /** The child that each case's line goes straight on to; -1: it ends with the case. */
  straight: Int32Array;
  rows: number;
  days: number;
  /** First and last row of each chain. */
  chainTop: Int32Array;
  chainBottom: Int32Array;
  /** The first row of the cases without any link; rows when there is none. */
  singles: number;
}

/** How far up and down something reaches, day by day; rows are counted from its own line. */
class Reach {
  readonly top: Int32Array;
  readonly bottom: Int32Array;

  constructor(readonly from: number, to: number) {
    this.top = new Int32Array(to - from + 1).fill(far);
    this.bottom = new Int32Array(to - from + 1).fill(-far);
  }

  get to(): number {
    return this.from + this.top.length - 1;
  }

  /** A line from one day to another, both among its days. */
  line(a: number, b: number, row: number): void {
    for (let d = Math.min(a, b) - this.from; d <= Math.max(a, b) - this.from; d++) {
      if (row < this.top[d]) this.top[d] = row;
      if (row > this.bottom[d]) this.bottom[d] = row;
    }
  }

  /** The least move down by which the other lies wholly below this, and the least up. */
  room(other: Reach): [below: number, above: number] {
    let [below, above] = [-far, -far];
    for (let d = Math.max(this.from, other.from); d <= Math.min(this.to, other.to); d++) {
      const [mine, its] = [d - this.from, d - other.from];
      if (this.bottom[mine] > -far && other.top[its] < far) {
        below = Math.max(below, this.bottom[mine] - other.top[its]);
        above = Math.max(above, other.bottom[its] - this.top[mine]);
      }
    }
    return [below + 1, above + 1];
  }

  join(other: Reach, move: number): void {
    for (let d = Math.max(this.from, other.from); d <= Math.min(this.to, other.to); d++) {
      const [mine, its] = [d - this.from, d - other.from];
      if (other.top[its] === far)
        continue;
      if (other.top[its] + move < this.top[mine]) this.top[mine] = other.top[its] + move;
      if (other.bottom[its] + move > this.bottom[mine]) this.bottom[mine] = other.bottom[its] + move;
    }
  }
}

const far = 1 << 29;

/** Free rows below a chain of more cases than this. */
const small = 8;

/**
 * A tidy forest on a time axis. A case's line goes straight on to the last one that it passed it on to; the others branch off it, above or below,
 * half a day before their own: the last ones nearest, so that no line crosses another of its tree, and each as close as its neighbours of the same
 * days let it. Chains are laid the same way, the largest first; cases without a link stand below as columns, one for each day. The same input gives
 * the same picture.
 */
export function layoutOf(g: Graph): Layout {
  const forest = forestOf(g);
  const parts = g.count > 3_000 ? 4 : g.count > 800 ? 2 : 1;
  const t = partsOf(g, forest, parts);
  const offset = new Int32Array(g.count);
  const reaches = new Array<Reach | undefined>(g.count);
  const straight = straightOn(forest, t);
  const [from, to] = spans(forest, t);
  for (let at = g.count - 1; at >= 0; at--) {
    const one = forest.order[at];
    const head = straight[one] >= 0 ? -1 : top(forest, straight, one);
    const line = head < 0 ? reaches[straight[one]]! : new Reach(from[head], to[head]);
    reaches[one] = line;
    line.line(t[one], straight[one] >= 0 ? t[straight[one]] : t[one], 0);
    place(t, forest, one, straight[one], reaches, offset);
  }
  const row = new Int32Array(g.count);
  const x = Float32Array.from(t, (part) => (part + 0.5) / parts - 0.5);
  return { ...forest, parts, part: t, x, straight, row, ...chainsOf(g, t, forest, reaches, offset, row), days: g.day.reduce((most, day) => Math.max(most, day + 1), 0) };
}

/**
 * The part of its day at which each case stands: beside the others that one case passed it on to on that day, after its own source if that is of
 * the same day, and otherwise spread evenly.
 */
function partsOf(g: Graph, f: Forest, parts: number): Int32Array {
  const t = new Int32Array(g.count);
  const ofDay = new Map<number, number>();
  const next = (key: number) => {
    const many = ofDay.get(key) ?? 0;
    ofDay.set(key, many + 1);
    return many;
  };
  for (const one of f.order) {
    const [parent, day] = [f.parent[one], g.day[one]];
    const least = parent >= 0 && g.day[parent] === day ? Math.min(parts - 1, t[parent] - day * parts + 1) : 0;
    const turn = parent < 0 ? next(day) : next(-1 - parent) + parent;
    t[one] = day * parts + least + (turn % (parts - least));
  }
  return t;
}

/** The child that the line goes straight on to: the last that fell ill later, and of those of one day the one with the most behind it. */
function straightOn(f: Forest, t: Int32Array): Int32Array {
  const straight = new Int32Array(t.length).fill(-1);
  for (let i = 0; i < t.length; i++)
    for (let c = f.firstChild[i]; c < f.firstChild[i + 1]; c++) {
      const [child, best] = [f.children[c], straight[i]];
      if (t[child] > t[i] && (best < 0 || t[child] > t[best] || (t[child] === t[best] && f.size[child] > f.size[best])))
        straight[i] = child;
    }
  return straight;
}

/** The days of each subtree; of one that does not begin after its source, the source's day too. */
function spans(f: Forest, t: Int32Array): [Int32Array, Int32Array] {
  const [from, to] = [t.slice(), t.slice()];
  for (let at = t.length - 1; at >= 0; at--) {
    const one = f.order[at];
    const parent = f.parent[one];
    if (parent < 0)
      continue;
    if (t[one] <= t[parent])
      to[one] = Math.max(to[one], t[parent]);
    from[parent] = Math.min(from[parent], from[one]);
    to[parent] = Math.max(to[parent], to[one]);
  }
  return [from, to];
}

/** The case at the left end of the straight line that this one is on. */
function top(f: Forest, straight: Int32Array, one: number): number {
  while (f.parent[one] >= 0 && straight[f.parent[one]] === one)
    one = f.parent[one];
  return one;
}

function place(t: Int32Array, f: Forest, one: number, straight: number, reaches: (Reach | undefined)[], offset: Int32Array): void {
  const line = reaches[one]!;
  const others: number[] = [];
  for (let c = f.firstChild[one]; c < f.firstChild[one + 1]; c++)
    if (f.children[c] !== straight)
      others.push(f.children[c]);
  others.sort((a, b) => t[b] - t[a] || f.size[a] - f.size[b] || a - b);
  let up = false;
  for (const child of others) {
    const its = reaches[child]!;
    if (t[child] <= t[one])
      its.line(t[one], t[child], 0);
    const [below, above] = line.room(its);
    up = below === above ? !up : above < below;
    offset[child] = up ? -above : below;
    line.join(its, offset[child]);
    reaches[child] = undefined;
  }
  if (straight >= 0)
    reaches[straight] = undefined;
}

function chainsOf(g: Graph, t: Int32Array, f: Forest, reaches: (Reach | undefined)[], offset: Int32Array, row: Int32Array):
  { rows: number; chainTop: Int32Array; chainBottom: Int32Array; singles: number } {
  let chains = 0;
  let [first, last] = [0, 0];
  for (let i = 0; i < g.count; i++) {
    chains = Math.max(chains, g.chain[i] + 1);
    first = Math.min(first, t[i]);
    last = Math.max(last, t[i]);
  }
  const roots: number[][] = Array.from({ length: chains }, () => []);
  const sizes = new Int32Array(chains);
  for (let i = 0; i < g.count; i++) {
    sizes[g.chain[i]]++;
    if (f.parent[i] < 0)
      roots[g.chain[i]].push(i);
  }
  const [chainTop, chainBottom] = [new Int32Array(chains).fill(far), new Int32Array(chains).fill(-far)];
  const order = [...roots.keys()].filter((c) => sizes[c] > 1).sort((a, b) => sizes[b] - sizes[a] || t[roots[a][0]] - t[roots[b][0]]);
  const ground = new Reach(first - 2, last + 2);
  ground.line(first - 2, last + 2, -1);
  for (const chain of order) {
    const own = chainReach(t, f, roots[chain], reaches, offset);
    const [below] = ground.room(own);
    const gap = sizes[chain] > small && chain !== order[0] ? 1 : 0;
    for (const root of roots[chain])
      offset[root] += below + gap;
    ground.join(own, below + gap);
  }
  for (let at = 0; at < g.count; at++) {
    const one = f.order[at];
    row[one] = offset[one] + (f.parent[one] >= 0 ? row[f.parent[one]] : 0);
  }
  let rows = 0;
  for (let i = 0; i < g.count; i++)
    if (sizes[g.chain[i]] > 1)
      rows = Math.max(rows, row[i] + 1);
  let singles = rows > 0 ? rows + 2 : 0;
  const base = singles;
  const stack = new Int32Array(last - first + 1);
  let any = false;
  for (let i = 0; i < g.count; i++)
    if (sizes[g.chain[i]] === 1) {
      row[i] = base + stack[t[i] - first]++;
      rows = Math.max(rows, row[i] + 1);
      any = true;
    }
  if (!any)
    singles = rows;
  for (let i = 0; i < g.count; i++) {
    chainTop[g.chain[i]] = Math.min(chainTop[g.chain[i]], row[i]);
    chainBottom[g.chain[i]] = Math.max(chainBottom[g.chain[i]], row[i]);
  }
  return { rows, chainTop, chainBottom, singles };
}

/** The trees of one chain, the largest first, each below the ones before; a day is left free before it, and behind a large one. */
function chainReach(t: Int32Array, f: Forest, roots: number[], reaches: (Reach | undefined)[], offset: Int32Array): Reach {
  roots.sort((a, b) => f.size[b] - f.size[a] || t[a] - t[b] || a - b);
  const [from, to] = [Math.min(...roots.map((r) => reaches[r]!.from)), Math.max(...roots.map((r) => reaches[r]!.to))];
  const all = new Reach(from - 1, to + 1);
  let cases = 0;
  for (const root of roots) {
    const own = reaches[root]!;
    offset[root] = Math.max(0, all.room(own)[0]);
    all.join(own, offset[root]);
    reaches[root] = undefined;
    cases += f.size[root];
  }
  const last = all.top.length - 1;
  for (const [end, next] of cases > small ? [[0, 1], [last, last - 1]] : [[0, 1]])
    [all.top[end], all.bottom[end]] = [all.top[next], all.bottom[next]];
  return all;
}
