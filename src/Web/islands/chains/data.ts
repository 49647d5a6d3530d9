/** What the server sends: columns, one value a case or a link. The same in src/Consoles/ChainDesk/ChainColumns.cs. */
export interface Columns {
  format: "qipan-chains-1";
  /** Day 0, yyyy-MM-dd. */
  from: string;
  /** Case numbers without their running number: 220204-2022. */
  series: string[];
  /** Code and name. */
  places: [string, string][];
  /** Id and name. */
  clusters: [string, string][];
  cases: {
    series: number[];
    number: number[];
    day: number[];
    /** 0 onset, 1 first positive sample, 2 found. */
    basis: number[];
    /** CaseClass. */
    class: number[];
    place: number[];
    /** -1: in none. */
    cluster: number[];
    chain: number[];
    /** -1: in or behind a circle. */
    generation: number[];
    /** Mark, added up. */
    marks: number[];
  };
  links: { from: number[]; to: number[]; confidence: number[] };
}

export const Mark = { head: 1, missing: 2, tail: 4, notFound: 8, outside: 16 } as const;

/** The chains in memory: columns as arrays of numbers, with what the layout says. */
export interface Graph {
  count: number;
  from: string;
  series: string[];
  places: [string, string][];
  clusters: [string, string][];
  seriesOf: Uint16Array;
  number: Uint32Array;
  day: Int32Array;
  basis: Uint8Array;
  class: Uint8Array;
  place: Uint16Array;
  cluster: Int16Array;
  chain: Int32Array;
  generation: Int16Array;
  marks: Uint8Array;
  linkFrom: Int32Array;
  linkTo: Int32Array;
  confidence: Uint8Array;
}

export function graphOf(c: Columns): Graph {
  return {
    count: c.cases.number.length,
    from: c.from,
    series: c.series,
    places: c.places,
    clusters: c.clusters,
    seriesOf: Uint16Array.from(c.cases.series),
    number: Uint32Array.from(c.cases.number),
    day: Int32Array.from(c.cases.day),
    basis: Uint8Array.from(c.cases.basis),
    class: Uint8Array.from(c.cases.class),
    place: Uint16Array.from(c.cases.place),
    cluster: Int16Array.from(c.cases.cluster),
    chain: Int32Array.from(c.cases.chain),
    generation: Int16Array.from(c.cases.generation),
    marks: Uint8Array.from(c.cases.marks),
    linkFrom: Int32Array.from(c.links.from),
    linkTo: Int32Array.from(c.links.to),
    confidence: Uint8Array.from(c.links.confidence),
  };
}

/** The case's number as people know it: 220204-2022-00017. */
export const noOf = (g: Graph, i: number): string => `${g.series[g.seriesOf[i]]}-${String(g.number[i]).padStart(5, "0")}`;

const millisecondsOfDay = 86_400_000;

/** The day as yyyy-MM-dd. Days are counted in UTC, where every day has 24 hours. */
export const dayOf = (g: { from: string }, day: number): string =>
  new Date(Date.parse(g.from + "T00:00:00Z") + day * millisecondsOfDay).toISOString().slice(0, 10);

/** Days from day 0; NaN for what is no day. */
export const dayIn = (g: { from: string }, day: string): number =>
  Math.round((Date.parse(day + "T00:00:00Z") - Date.parse(g.from + "T00:00:00Z")) / millisecondsOfDay);

/** The arrays of a graph or a layout that a worker may hand over without copying. */
export const buffersOf = (of: object): ArrayBuffer[] =>
  Object.values(of).filter((v): v is Uint8Array<ArrayBuffer> => ArrayBuffer.isView(v)).map((v) => v.buffer);
