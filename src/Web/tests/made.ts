import { Mark, type Graph } from "../islands/chains/data.ts";

/** A repeatable source of numbers from 0 to 1 (mulberry32). */
export function numbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A graph of cases on these days with these links; chains and generations are found as the server finds them. */
export function graphOfLinks(days: number[], links: [number, number, number?][]): Graph {
  const count = days.length;
  const above = days.map((_, i) => i);
  const root = (i: number): number => {
    while (above[i] !== i)
      i = above[i];
    return i;
  };
  for (const [from, to] of links)
    above[Math.max(root(from), root(to))] = Math.min(root(from), root(to));
  const names = new Map<number, number>();
  const chain = Int32Array.from(days, (_, i) => names.get(root(i)) ?? (names.set(root(i), names.size), names.size - 1));
  const sources = new Set(links.map(([, to]) => to));
  return {
    count, from: "2022-03-01", series: ["990102-2022"], places: [["990102001", "一街道"], ["990103001", "二街道"]], clusters: [["c1", "market"]],
    seriesOf: new Uint16Array(count), number: Uint32Array.from(days, (_, i) => i + 1), day: Int32Array.from(days), basis: new Uint8Array(count),
    class: Uint8Array.from(days, (_, i) => (i % 2 ? 3 : 4)), place: Uint16Array.from(days, (_, i) => (i % 5 ? 0 : 1)), cluster: Int16Array.from(days, (_, i) => (i % 7 ? -1 : 0)),
    chain, generation: new Int16Array(count), marks: Uint8Array.from(days, (_, i) => (sources.has(i) ? Mark.tail : Mark.head | Mark.missing)),
    linkFrom: Int32Array.from(links, (l) => l[0]), linkTo: Int32Array.from(links, (l) => l[1]), confidence: Uint8Array.from(links, (l) => l[2] ?? 3),
  };
}

/** An outbreak: few cases infect many, some links were never found, a wave that rises and falls. */
export function outbreak(cases: number, seed = 1, known = 0.72): Graph {
  const random = numbers(seed);
  const made: { day: number; from: number }[] = [];
  const waiting: { day: number; from: number }[][] = [];
  const add = (day: number, from: number) => (waiting[Math.max(0, day)] ??= []).push({ day: Math.max(0, day), from });
  for (let i = 0; i < 40; i++)
    add(Math.floor(random() * 40), -1);
  for (let day = 0; made.length < cases; day++) {
    if (day > 3000)
      throw new Error("The wave died out.");
    for (let at = 0; at < (waiting[day]?.length ?? 0) && made.length < cases; at++) {
      const one = waiting[day][at];
      const index = made.length;
      made.push(one);
      const mean = Math.max(0.75, 1.7 - (1.1 * made.length) / cases);
      // A quarter of the cases infect nearly all others.
      const many = random() < 0.25 ? Math.floor(-Math.log(1 - random()) * mean * 4) : random() < 0.1 ? 1 : 0;
      for (let n = 0; n < many; n++)
        add(day + Math.max(random() < 0.02 ? 0 : 1, Math.round(1 + random() * 4 + random() * 4)), random() < known ? index : -1);
    }
    if (day > 20 && !waiting.slice(day + 1).some((w) => w?.length))
      add(day + 1, -1);
  }
  return graphOfLinks(made.map((m) => m.day), made.flatMap((m, i): [number, number, number][] => (m.from < 0 ? [] : [[m.from, i, 1 + Math.floor(random() * 3)]])));
}
