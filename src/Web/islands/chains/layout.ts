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

/** A chain of more cases than this has a free row above and below it. */
const small = 8;

/**
 * A tidy forest on a time axis. A case's line goes straight on to the last one that it passed it on to; the others branch off it, above or below,
 * half a day before their own: the last ones nearest, so that no line crosses another of its tree, and each as close as its neighbours of the same
 * days let it. Chains follow, the largest first, each as far up as its rows are free; cases without a link stand below as columns, one for each day. The same input gives
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
  return { ...forest, parts, part: t, x, straight, row, ...chainsOf(g, t, forest, reaches, offset, straight, row), days: g.day.reduce((most, day) => Math.max(most, day + 1), 0) };
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

function chainsOf(g: Graph, t: Int32Array, f: Forest, reaches: (Reach | undefined)[], offset: Int32Array, straight: Int32Array, row: Int32Array):
  { rows: number; chainTop: Int32Array; chainBottom: Int32Array; singles: number } {
  const members: number[][] = [];
  for (const one of f.order)
    (members[g.chain[one]] ??= []).push(one);
  for (const cases of members) {
    if (cases.length === 1)
      continue;
    stackTrees(t, f, cases.filter((c) => f.parent[c] < 0), reaches, offset);
    for (const one of cases)
      row[one] = offset[one] + (f.parent[one] >= 0 ? row[f.parent[one]] : 0);
  }
  const shelf = new Shelf();
  const order = [...members.keys()].filter((c) => members[c].length > 1)
    .sort((a, b) => members[b].length - members[a].length || t[members[a][0]] - t[members[b][0]] || a - b);
  for (const chain of order) {
    const outline = outlineOf(t, f, straight, row, members[chain]);
    const base = shelf.put(outline.from, outline.to, members[chain].length > small ? 1 : 0) - outline.top;
    for (const one of members[chain])
      row[one] += base;
  }
  const singles = shelf.rows > 0 ? shelf.rows + 1 : 0;
  const stack = new Map<number, number>();
  let rows = shelf.rows;
  for (let i = 0; i < g.count; i++)
    if (members[g.chain[i]].length === 1) {
      const many = stack.get(t[i]) ?? 0;
      stack.set(t[i], many + 1);
      row[i] = singles + many;
      rows = Math.max(rows, row[i] + 1);
    }
  const [chainTop, chainBottom] = [new Int32Array(members.length).fill(far), new Int32Array(members.length).fill(-far)];
  for (let i = 0; i < g.count; i++) {
    chainTop[g.chain[i]] = Math.min(chainTop[g.chain[i]], row[i]);
    chainBottom[g.chain[i]] = Math.max(chainBottom[g.chain[i]], row[i]);
  }
  return { rows, chainTop, chainBottom, singles: stack.size > 0 ? singles : rows };
}

/** Rows with what stands in them: each chain goes as far up as all of its rows are free. */
class Shelf {
  /** Beginnings and ends, one after the other, of what stands in each row. */
  private readonly taken: number[][] = [];

  get rows(): number {
    return this.taken.length;
  }

  /** The row of the first of these lines; so many rows above and below are left free. */
  put(from: number[], to: number[], free: number): number {
    let base = 0;
    while (!this.fits(base, from, to, base > 0 ? free : 0))
      base++;
    for (let r = 0; r < from.length; r++)
      (this.taken[base + r] ??= []).push(from[r], to[r]);
    return base;
  }

  private fits(base: number, from: number[], to: number[], free: number): boolean {
    for (let r = -free; r < from.length + free; r++) {
      const row = this.taken[base + r];
      if (!row)
        continue;
      const at = Math.min(Math.max(r, 0), from.length - 1);
      for (let k = 0; k < row.length; k += 2)
        if (from[at] <= row[k + 1] && to[at] >= row[k])
          return false;
    }
    return true;
  }
}

/** From where to where each row of a chain reaches, one part of a day left free before it; the lines down between its rows are within. */
function outlineOf(t: Int32Array, f: Forest, straight: Int32Array, row: Int32Array, cases: number[]): { top: number; from: number[]; to: number[] } {
  let [top, bottom] = [far, -far];
  for (const one of cases)
    [top, bottom] = [Math.min(top, row[one]), Math.max(bottom, row[one])];
  const [from, to] = [new Array<number>(bottom - top + 1).fill(far), new Array<number>(bottom - top + 1).fill(-far)];
  const reach = (r: number, first: number, last: number) => {
    from[r - top] = Math.min(from[r - top], first - 1);
    to[r - top] = Math.max(to[r - top], last);
  };
  for (const one of cases) {
    reach(row[one], t[one], straight[one] >= 0 ? t[straight[one]] : t[one]);
    const parent = f.parent[one];
    if (parent < 0 || straight[parent] === one)
      continue;
    const bend = Math.max(t[one], t[parent]);
    reach(row[one], t[one], bend);
    for (let r = Math.min(row[one], row[parent]); r <= Math.max(row[one], row[parent]); r++)
      reach(r, bend, bend);
  }
  for (let r = 0; r < from.length; r++)
    if (from[r] === far)
      [from[r], to[r]] = [from[Math.max(0, r - 1)], to[Math.max(0, r - 1)]];
  return { top, from, to };
}

/** The trees of one chain, the largest first, each below the ones before. */
function stackTrees(t: Int32Array, f: Forest, roots: number[], reaches: (Reach | undefined)[], offset: Int32Array): void {
  roots.sort((a, b) => f.size[b] - f.size[a] || t[a] - t[b] || a - b);
  const all = new Reach(Math.min(...roots.map((r) => reaches[r]!.from)), Math.max(...roots.map((r) => reaches[r]!.to)));
  for (const root of roots) {
    const own = reaches[root]!;
    offset[root] = Math.max(0, all.room(own)[0]);
    all.join(own, offset[root]);
    reaches[root] = undefined;
  }
}
