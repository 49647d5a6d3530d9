import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, type CurveData } from "../islands/charts/data";
import { boxOf, classOf, hexagons, tiles, valueOf, type Area } from "../islands/map/data";

const area = (over: Partial<Area>): Area => ({ code: "1", name: "a", nameEn: null, lat: null, lon: null, positives: 0, social: 0, byDay: null, socialByDay: null, should: 0, done: 0, late: 0, column: 0, row: 0, ...over });

test("a hidden number has no value and no class but its own", () => {
  assert.equal(valueOf(area({ positives: null }), "positives", null), null);
  assert.equal(classOf(null, "positives", [1, 5]), -1);
  assert.deepEqual([0, 1, 4, 5, 99].map((v) => classOf(v, "positives", [1, 5])), [0, 1, 1, 2, 2]);
});

test("nobody on a roster is no coverage, and nobody tested is none of a hundred", () => {
  assert.equal(valueOf(area({}), "coverage", null), null);
  assert.equal(classOf(valueOf(area({ should: 10 }), "coverage", null), "coverage", [0, 20, 40]), 1);
  assert.equal(valueOf(area({ should: 3, done: 2 }), "coverage", null), 66.6);
});

test("a day of the replay says what was found on it", () => {
  const one = area({ positives: 7, social: 2, byDay: [3, 0, 4], socialByDay: [2, 0, 0] });
  assert.deepEqual([0, 1, 2].map((d) => valueOf(one, "positives", d)), [3, 0, 4]);
  assert.deepEqual([0, 1, 2].map((d) => valueOf(one, "social", d)), [2, 0, 0]);
  assert.deepEqual([valueOf(area({}), "social", 1), valueOf(area({ positives: null }), "positives", 1)], [0, null]);
});

test("tiles lie beside each other, the first row in the north", () => {
  const made = tiles([area({ code: "n" }), area({ code: "s", row: 1 })]);
  const [north, south] = made.features.map((f) => boxOf({ type: "FeatureCollection", features: [f] }));
  assert.ok(north[1] > south[3]);
});

test("hexagons keep the sum of what lies in them", () => {
  const points = Array.from({ length: 500 }, (_, i) => ({ lon: 126 + ((i * 37) % 100) / 100, lat: 43 + ((i * 53) % 100) / 100, weight: 1 + (i % 3) }));
  const made = hexagons(points, [126, 43, 127, 44], 12);
  assert.equal(made.features.reduce((sum, f) => sum + (f.properties.value as number), 0), points.reduce((sum, p) => sum + p.weight, 0));
  assert.ok(made.features.length > 20 && made.features.length < 200);
});

test("columns of a curve are those that somebody stands in", () => {
  const data: CurveData = { days: [{ day: "2022-03-01", byClass: { Confirmed: 2 }, byRoute: { Social: 1, Controlled: 1 }, waiting: 0, mean: null }, { day: "2022-03-02", byClass: { Asymptomatic: 1 }, byRoute: { Social: 1 }, waiting: 5, mean: 1 }] };
  assert.deepEqual(columns(data, "route"), [{ name: "social", values: [1, 1] }, { name: "controlled", values: [1, 0] }]);
  assert.deepEqual(columns(data, "class").map((c) => c.name), ["confirmed", "asymptomatic"]);
});
