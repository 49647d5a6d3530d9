import assert from "node:assert/strict";
import { test } from "node:test";
import type { Graph } from "../islands/chains/data.ts";
import { layoutOf, type Layout } from "../islands/chains/layout.ts";
import { graphOfLinks, numbers, outbreak } from "./made.ts";

/** Every promise of a layout, for any graph. */
function hold(g: Graph, l: Layout): void {
  const taken = new Set<number>();
  for (let i = 0; i < g.count; i++) {
    assert.ok(l.row[i] >= 0 && l.row[i] < l.rows, `case ${i} is in row ${l.row[i]} of ${l.rows}`);
    assert.ok(Math.floor(l.part[i] / l.parts) === g.day[i], "a case stands in its day");
    const place = l.row[i] * 1_000_003 + l.part[i];
    assert.ok(!taken.has(place), `two cases on day ${g.day[i]} in row ${l.row[i]}`);
    taken.add(place);
  }
  assert.equal(new Set(l.order).size, g.count, "every case once");
  const at = new Int32Array(g.count);
  l.order.forEach((one, place) => (at[one] = place));
  for (let i = 0; i < g.count; i++)
    if (l.parent[i] >= 0) {
      assert.ok(at[l.parent[i]] < at[i], "a case stands behind its source");
      assert.equal(g.linkFrom[l.parentLink[i]], l.parent[i]);
      assert.equal(g.linkTo[l.parentLink[i]], i);
      if (l.straight[l.parent[i]] === i)
        assert.ok(l.row[i] === l.row[l.parent[i]] && l.part[i] > l.part[l.parent[i]], "straight on is in the same row, later");
    }
  let along = 0;
  for (let i = 0; i < g.count; i++)
    along += l.parent[i] >= 0 ? 1 : 0;
  assert.equal(along + l.extra.length, g.linkFrom.length, "every link is drawn once");
}

/** No case of another line stands on the straight line between a case and the one that its line goes on to. */
function free(g: Graph, l: Layout): void {
  const rows = new Map<number, number[]>();
  for (let i = 0; i < g.count; i++)
    rows.set(l.row[i], [...(rows.get(l.row[i]) ?? []), i]);
  for (let i = 0; i < g.count; i++)
    if (l.straight[i] >= 0)
      for (const other of rows.get(l.row[i])!)
        assert.ok(l.part[other] <= l.part[i] || l.part[other] >= l.part[l.straight[i]], `case ${other} stands on the line from ${i}`);
}

test("a chain of three goes straight on, a branch leaves it", () => {
  const g = graphOfLinks([0, 3, 7, 4], [[0, 1], [1, 2], [0, 3]]);
  const l = layoutOf(g);
  hold(g, l);
  free(g, l);
  assert.equal(l.row[0], l.row[3], "the last child goes straight on");
  assert.notEqual(l.row[0], l.row[1]);
  assert.equal(l.row[1], l.row[2]);
});

test("the surest link is the line, the others are drawn besides", () => {
  const g = graphOfLinks([0, 1, 5], [[0, 2, 1], [1, 2, 3]]);
  const l = layoutOf(g);
  hold(g, l);
  assert.equal(l.parent[2], 1);
  assert.deepEqual([...l.extra], [0]);
});

test("a source that fell ill later than the case is the last choice", () => {
  const g = graphOfLinks([6, 1, 5], [[0, 2], [1, 2]]);
  assert.equal(layoutOf(g).parent[2], 1);
});

test("a circle is cut at its earliest case and drawn whole", () => {
  const g = graphOfLinks([4, 2, 6, 9], [[0, 1], [1, 2], [2, 0], [2, 3]]);
  const l = layoutOf(g);
  hold(g, l);
  assert.equal(l.parent[1], -1);
  assert.equal(l.extra.length, 1);
});

test("a link to itself and two cases of one day are drawn", () => {
  const g = graphOfLinks([2, 2, 2, 1], [[0, 0], [0, 1], [1, 2], [2, 3]]);
  const l = layoutOf(g);
  hold(g, l);
});

test("cases without a link stand below in columns by their days", () => {
  const g = graphOfLinks([0, 2, 1, 1, 1], [[0, 1]]);
  const l = layoutOf(g);
  hold(g, l);
  assert.deepEqual([l.row[2], l.row[3], l.row[4]], [l.singles, l.singles + 1, l.singles + 2]);
  assert.ok(l.singles > Math.max(l.row[0], l.row[1]));
});

test("nothing is laid out for nothing", () => {
  const l = layoutOf(graphOfLinks([], []));
  assert.equal(l.rows, 0);
});

test("any graph keeps the promises, circles and impossible days among them", () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = numbers(seed);
    const count = 1 + Math.floor(random() * 40);
    const days = Array.from({ length: count }, () => Math.floor(random() * 12));
    const links = new Map<string, [number, number, number]>();
    for (let n = 0; n < random() * 60; n++) {
      const [from, to] = [Math.floor(random() * count), Math.floor(random() * count)];
      links.set(`${from} ${to}`, [from, to, 1 + Math.floor(random() * 3)]);
    }
    const g = graphOfLinks(days.map((d) => d - Math.min(...days)), [...links.values()]);
    hold(g, layoutOf(g));
  }
});

test("a tree in the order of its days crosses none of its straight lines", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const g = outbreak(300, seed, 0.9);
    const l = layoutOf(g);
    hold(g, l);
    free(g, l);
  }
});

test("25,000 cases are all laid out, the same each time", () => {
  const g = outbreak(25_000, 7);
  const l = layoutOf(g);
  hold(g, l);
  assert.deepEqual(layoutOf(g).row, l.row);
  assert.ok(l.rows < 3_500, `${l.rows} rows`);
});

test("a day of a large outbreak is divided, and a tree still crosses none of its lines", () => {
  for (let seed = 1; seed <= 6; seed++) {
    const g = outbreak(4_000, seed, 0.9);
    const l = layoutOf(g);
    assert.equal(l.parts, 4);
    hold(g, l);
    free(g, l);
  }
});

test("many small chains share rows, and none stands on the line of another", () => {
  for (const [seed, known] of [[1, 0.3], [2, 0.5], [3, 0.7]]) {
    const g = outbreak(5_000, seed, known);
    const l = layoutOf(g);
    hold(g, l);
    free(g, l);
    assert.ok(l.rows < 900, `${l.rows} rows`);
  }
});

test("a chain of 25,000 in single file needs one row and no deep calls", () => {
  const days = Array.from({ length: 25_000 }, (_, i) => i);
  const g = graphOfLinks(days, days.slice(1).map((d): [number, number] => [d - 1, d]));
  assert.equal(layoutOf(g).rows, 1);
});
