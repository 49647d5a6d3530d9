import assert from "node:assert/strict";
import { test } from "node:test";
import { ticksOf } from "../islands/chains/axis.ts";
import { Camera } from "../islands/chains/camera.ts";
import { colouringOf } from "../islands/chains/colours.ts";
import { dayIn, dayOf, graphOf, noOf, type Columns } from "../islands/chains/data.ts";
import { draw, type Scene } from "../islands/chains/draw.ts";
import { layoutOf } from "../islands/chains/layout.ts";
import { litOf, nearest, stepFrom } from "../islands/chains/lit.ts";
import { paletteOf, pixelOf } from "../islands/chains/palette.ts";
import { Raster } from "../islands/chains/raster.ts";
import { shownOf } from "../islands/chains/shown.ts";
import { graphOfLinks, outbreak } from "./made.ts";

const words = { classes: ["", "suspect", "probable", "confirmed", "asymptomatic", "", "unclassified"], others: "others", none: "none", generation: "generation" };
const names = ["", "Suspect", "Probable", "Confirmed", "Asymptomatic", "RuledOut", "Unclassified"];
const wanted = { from: "", to: "", place: "", cluster: "", class: "", open: "" };

function sceneOf(g = graphOfLinks([0, 3, 7, 4, 5], [[0, 1], [1, 2], [0, 3]])): Scene {
  const palette = paletteOf(false);
  return {
    graph: g, layout: layoutOf(g), shown: new Uint8Array(g.count).fill(1), colouring: colouringOf(g, "class", palette, words), palette, lit: null, selected: -1,
    marks: { missing: true, tails: true },
  };
}

function drawn(scene: Scene, width = 400, height = 300): { raster: Raster; camera: Camera } {
  const [raster, camera] = [new Raster(width, height), new Camera(scene.layout.days, scene.layout.rows)];
  camera.size(width, height);
  camera.whole();
  draw(raster, camera, scene, 1);
  return { raster, camera };
}

const at = (r: Raster, x: number, y: number): number => r.pixels[(y | 0) * r.width + (x | 0)];

test("each case is drawn in the colour of its class where the camera says", () => {
  const scene = sceneOf();
  const { raster, camera } = drawn(scene);
  // The middle of a ring is empty: its edge is looked at.
  for (let i = 0; i < scene.graph.count; i++) {
    const [x, y] = [camera.x(scene.graph.day[i]), camera.y(scene.layout.row[i])];
    const colour = pixelOf(scene.palette.classes[scene.graph.class[i]]);
    assert.ok([0, 1, 2, 3, 4, 5, 6, 7, 8].some((d) => at(raster, x + d, y) === colour), `case ${i}`);
  }
});

test("a case that is not wanted is dim, and so is its line", () => {
  const scene = sceneOf();
  scene.shown = new Uint8Array(5);
  const { raster } = drawn(scene);
  const allowed = new Set([pixelOf(scene.palette.paper), pixelOf(scene.palette.dim)]);
  const solid = raster.pixels.filter((p) => p === pixelOf(scene.palette.dim)).length;
  assert.ok(solid > 50);
  assert.ok(!raster.pixels.some((p) => scene.palette.classes.map(pixelOf).includes(p) && !allowed.has(p)));
});

test("suspected, probable and confirmed links are dotted, dashed and whole", () => {
  const holes = [1, 2, 3].map((confidence) => {
    const scene = sceneOf(graphOfLinks([0, 9], [[0, 1, confidence]]));
    const { raster, camera } = drawn(scene);
    const y = camera.y(scene.layout.row[0]);
    let empty = 0;
    for (let x = camera.x(3) | 0; x < camera.x(7); x++)
      empty += at(raster, x, y) === pixelOf(scene.palette.paper) ? 1 : 0;
    return empty;
  });
  assert.ok(holes[0] > holes[1] && holes[1] > holes[2] && holes[2] === 0, String(holes));
});

test("nothing is drawn outside the pixels, wherever the camera stands", () => {
  const scene = sceneOf(outbreak(2_000, 3));
  const [raster, camera] = [new Raster(300, 200), new Camera(scene.layout.days, scene.layout.rows)];
  camera.size(300, 200);
  for (const [factor, x, y, dx, dy] of [[1, 0, 0, 0, 0], [9, 10, 10, 500, 500], [50, 300, 200, -900, -900], [4, 150, 100, 1e9, -1e9]]) {
    camera.zoomAt(factor, x, y);
    camera.pan(dx, dy);
    draw(raster, camera, scene, 1);
    assert.ok(raster.pixels.every((p) => p >>> 24 === 255));
  }
});

test("what is under the pointer stays there while zooming", () => {
  const camera = new Camera(100, 2_000);
  camera.size(1_000, 600);
  camera.whole();
  const [day, row] = [camera.dayAt(400), camera.rowAt(300)];
  camera.zoomAt(6, 400, 300);
  assert.ok(Math.abs(camera.dayAt(400) - day) < 1e-9 && Math.abs(camera.rowAt(300) - row) < 1e-9);
  camera.zoomAt(1e-9, 400, 300);
  assert.equal(camera.zoom, 1);
});

test("a zoom for a height or a width gives that height or width", () => {
  const camera = new Camera(100, 5_000, 4);
  camera.size(1_000, 600);
  for (const wanted of [12, 20, 40]) {
    camera.centre(50, 2_000, camera.zoomOf(wanted));
    assert.ok(Math.abs(camera.dayWidth - wanted) < 1e-9, String(camera.dayWidth));
  }
  camera.centre(50, 2_000, camera.zoomFor(7));
  assert.ok(Math.abs(camera.rowHeight - 7) < 1e-9);
  assert.ok(Math.abs(camera.rowAt(300) - 2_000) < 1e-6);
});

test("the nearest case is found, and none where none is near", () => {
  const scene = sceneOf();
  const { camera } = drawn(scene);
  for (let i = 0; i < 5; i++)
    assert.equal(nearest(scene.layout, camera, camera.x(scene.graph.day[i]) + 3, camera.y(scene.layout.row[i]) - 2, 14), i);
  assert.equal(nearest(scene.layout, camera, -500, -500, 14), -1);
});

test("arrows go to the source, to the largest branch, up and down", () => {
  const { graph, layout } = sceneOf();
  assert.equal(stepFrom(layout, graph.day, 2, "left"), 1);
  assert.equal(stepFrom(layout, graph.day, 0, "right"), 1);
  assert.equal(stepFrom(layout, graph.day, 0, "left"), 0);
  const [first, second] = layout.row[1] < layout.row[0] ? [1, 0] : [0, 1];
  assert.notEqual(layout.row[stepFrom(layout, graph.day, second, "up")], layout.row[second]);
  assert.ok(layout.row[stepFrom(layout, graph.day, first, "down")] > layout.row[first]);
});

test("what is lit is the way from the head and everything behind", () => {
  const { layout } = sceneOf();
  assert.deepEqual([...litOf(layout, 1)], [1, 1, 1, 0, 0]);
  assert.deepEqual([...litOf(layout, 3)], [1, 0, 0, 1, 0]);
});

test("cases are wanted by day, place, cluster, class and what is open", () => {
  const g = graphOfLinks([0, 3, 7, 4, 5], [[0, 1], [1, 2], [0, 3]]);
  const of = (w: Partial<typeof wanted>) => [...shownOf(g, { ...wanted, ...w }, names).shown].join("");
  assert.equal(of({}), "11111");
  assert.equal(of({ from: "2022-03-05", to: "2022-03-06" }), "00011");
  assert.equal(of({ place: "990103" }), "10000");
  assert.equal(of({ cluster: "c1" }), "10000");
  assert.equal(of({ cluster: "gone" }), "00000");
  assert.equal(of({ class: "Confirmed" }), "01010");
  assert.equal(of({ open: "sources" }), "10001");
  assert.equal(of({ open: "tails" }), "01110");
});

test("days are read and written across months and years", () => {
  const g = { from: "2019-12-30" };
  assert.equal(dayOf(g, 3), "2020-01-02");
  assert.equal(dayIn(g, "2020-03-01"), 62);
  assert.ok(Number.isNaN(dayIn(g, "soon")));
});

test("the axis names days that do not touch", () => {
  for (const wide of [0.2, 1, 3, 8, 20, 60]) {
    const ticks = ticksOf({ from: "2019-12-30" }, 0, 900, wide);
    assert.ok(ticks.length > 0);
    for (let t = 1; t < ticks.length; t++)
      assert.ok((ticks[t].day - ticks[t - 1].day) * wide >= 38, `${ticks[t].label} at ${wide}`);
  }
});

test("the largest groups have colours of their own, the rest share one", () => {
  const g = graphOfLinks(Array.from({ length: 60 }, (_, i) => i), []);
  g.places = Array.from({ length: 30 }, (_, i) => [`${i}`, `place ${i}`]);
  g.place = Uint16Array.from({ length: 60 }, (_, i) => Math.floor(Math.sqrt(i * 15)));
  const c = colouringOf(g, "place", paletteOf(true), words);
  assert.equal(c.many.reduce((a, b) => a + b), 60);
  assert.equal(c.names.at(-1), "others");
  assert.equal(new Set(c.colours).size, c.colours.length);
});

test("the columns of the server become a graph", () => {
  const columns: Columns = {
    format: "qipan-chains-1", from: "2022-03-01", series: ["220204-2022"], places: [["220204", "丰满区"]], clusters: [],
    cases: { series: [0, 0], number: [17, 123456], day: [0, 2], basis: [0, 2], class: [3, 4], place: [0, 0], cluster: [-1, -1], chain: [0, 0], generation: [0, -1], marks: [3, 4] },
    links: { from: [0], to: [1], confidence: [2] },
  };
  const g = graphOf(columns);
  assert.deepEqual([noOf(g, 0), noOf(g, 1), g.generation[1], g.cluster[0]], ["220204-2022-00017", "220204-2022-123456", -1, -1]);
});
