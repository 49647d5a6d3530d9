import type { Camera } from "./camera.ts";
import { Mark, type Graph } from "./data.ts";
import type { Layout } from "./layout.ts";
import type { Colouring } from "./colours.ts";
import { pixelOf, type Palette } from "./palette.ts";
import { mix, stampOf, type Dash, type Raster } from "./raster.ts";

/** Everything that a picture depends on. */
export interface Scene {
  graph: Graph;
  layout: Layout;
  shown: Uint8Array;
  colouring: Colouring;
  palette: Palette;
  /** Cases on the way from the head to the selected one, and behind it; null: none is selected. */
  lit: Uint8Array | null;
  selected: number;
  marks: { missing: boolean; tails: boolean };
}

/** By LinkConfidence: dots for suspected, dashes for probable, a whole line for confirmed. */
const dashes: readonly (Dash | undefined)[] = [undefined, { on: 2, of: 6 }, { on: 7, of: 11 }, undefined];

/** Draws the picture that the camera sees, and nothing outside it. Sizes are in pixels of the raster, so many to one of the page. */
export function draw(raster: Raster, camera: Camera, scene: Scene, ratio: number): void {
  raster.clear(pixelOf(scene.palette.paper));
  const at = new Places(camera, scene, ratio);
  lines(raster, at, scene, 0);
  lines(raster, at, scene, 1);
  if (scene.lit)
    lines(raster, at, scene, 2);
  cases(raster, at, scene, 0);
  cases(raster, at, scene, 1);
}

/** Pixels of days and rows. */
class Places {
  readonly dayWidth: number;
  readonly rowHeight: number;
  private readonly left: number;
  private readonly above: number;

  constructor(camera: Camera, private readonly scene: Scene, readonly ratio: number) {
    this.dayWidth = camera.dayWidth * ratio;
    this.rowHeight = camera.rowHeight * ratio;
    this.left = (0.5 - camera.day) * this.dayWidth;
    this.above = (0.5 - camera.row) * this.rowHeight;
  }

  x(i: number): number {
    return (this.scene.layout.x[i] * this.dayWidth + this.left) | 0;
  }

  y(row: number): number {
    return (row * this.rowHeight + this.above) | 0;
  }
}

/** 0 those of which an end is not wanted, 1 the others, 2 the ones that are lit. */
function lines(raster: Raster, at: Places, s: Scene, pass: 0 | 1 | 2): void {
  const { graph, layout, shown, lit } = s;
  const { parent, parentLink, row, straight } = layout;
  const near = at.rowHeight >= 5 * at.ratio;
  const colour = pixelOf(pass === 0 ? s.palette.dim : pass === 1 ? s.palette.edge : s.palette.accent);
  const tints = s.colouring.colours.map((c) => mix(pixelOf(s.palette.paper), pixelOf(c), near ? 140 : 150));
  const half = Math.max(1, at.dayWidth / layout.parts / 2) | 0;
  for (let i = 0; i < graph.count; i++) {
    const p = parent[i];
    if (p < 0 || passOf(shown[i] & shown[p], lit ? lit[i] & lit[p] : 0, pass))
      continue;
    const [y, from, x0, x1] = [at.y(row[i]), at.y(row[p]), at.x(p), at.x(i)];
    if ((y < 0 && from < 0) || (y > raster.height && from > raster.height) || Math.max(x0, x1) < 0 || Math.min(x0, x1) - half > raster.width)
      continue;
    const bend = layout.part[i] > layout.part[p] ? x1 - half : x0;
    if (!near && pass === 1) {
      raster.veil(straight[p] === i ? x0 : Math.min(bend, x1), Math.max(bend, x1), y, tints[s.colouring.of[i]]);
      // At this size short falls would only darken their day.
      if (straight[p] !== i && Math.abs(from - y) > 3 * at.ratio)
        raster.fall(bend, from, y, tints[s.colouring.of[i]]);
      continue;
    }
    const dash = near && pass < 2 ? dashes[graph.confidence[parentLink[i]]] : undefined;
    raster.across(bend, x1, y, colour, dash);
    raster.across(x0, bend, from, colour, straight[p] === i ? dash : undefined);
    if (straight[p] !== i)
      raster.down(bend, from, y, colour, dash);
    if (pass === 2) {
      raster.across(x0, bend, from + 1, colour);
      raster.across(bend, x1, y + 1, colour);
      raster.down(bend + 1, from, y, colour);
    }
  }
  if (pass === 0 || at.rowHeight < 2 * at.ratio)
    return;
  for (const l of layout.extra) {
    const [a, b] = [graph.linkFrom[l], graph.linkTo[l]];
    if (a !== b && !passOf(shown[a] & shown[b], lit ? lit[a] & lit[b] : 0, pass))
      raster.slope(at.x(a), at.y(row[a]), at.x(b), at.y(row[b]), colour, dashes[graph.confidence[l]] ?? { on: 12, of: 14 });
  }
}

const passOf = (shown: number, lit: number, pass: number): boolean => (pass === 2 ? lit === 0 : shown !== pass);

function cases(raster: Raster, at: Places, s: Scene, pass: 0 | 1): void {
  const { graph, shown, colouring, palette, layout } = s;
  const radius = Math.min(at.rowHeight * 0.4, Math.max((at.dayWidth / layout.parts) * 0.42, 1.2 * at.ratio), 8 * at.ratio);
  const side = Math.max(1, Math.round(radius * 2));
  // Where a row is lower than a pixel, a case is as wide as a good part of its day instead.
  const wide = Math.max(side >> 1, radius < 1.75 ? Math.min((at.dayWidth / layout.parts) * 0.34, 7 * at.ratio) | 0 : 0);
  const colours = colouring.colours.map(pixelOf);
  const dim = pixelOf(palette.dim);
  const stamps = (colouring.shapes ?? colours.map(() => "disc" as const)).map((shape) => stampOf(shape, radius));
  const [ring, disc, paper] = [stampOf("ring", radius), stampOf("disc", radius), pixelOf(palette.paper)];
  const [bad, warn] = [pixelOf(palette.bad), pixelOf(palette.warn)];
  for (let i = 0; i < graph.count; i++) {
    if (shown[i] !== pass)
      continue;
    const [x, y] = [at.x(i), at.y(layout.row[i])];
    if (y < -20 || y > raster.height + 20 || x < -40 || x > raster.width + 40)
      continue;
    const colour = pass === 0 ? dim : colours[colouring.of[i]];
    if (radius >= 1.75) {
      if (stamps[colouring.of[i]] === ring)
        raster.stamp(disc, x, y, paper);
      raster.stamp(stamps[colouring.of[i]], x, y, colour);
    }
    else if (side > 1)
      raster.block(x - wide, y - (side >> 1), wide * 2 + 1, side, colour);
    else
      raster.across(x - wide, x + wide, y, colour);
    if (pass === 1 && radius > at.ratio * 0.5 && s.marks.missing && (graph.marks[i] & Mark.missing) !== 0)
      missing(raster, x, y, radius, at.ratio, bad);
    if (pass === 1 && s.marks.tails && (graph.marks[i] & Mark.tail) !== 0 && radius >= 2 * at.ratio)
      tail(raster, x, y, radius, at.ratio, warn);
  }
}

/** A bracket on the left: where it came from is not known. */
function missing(raster: Raster, x: number, y: number, radius: number, ratio: number, colour: number): void {
  if (radius < 2 * ratio) {
    raster.block(x - 2 - radius - ratio, y - ratio / 2, 2 * ratio, Math.max(1, ratio), colour);
    return;
  }
  const [left, half] = [x - Math.round(radius + 4 * ratio), Math.round(radius)];
  raster.block(left, y - half, Math.round(1.5 * ratio), half * 2 + 1, colour);
  raster.block(left, y - half, Math.round(3.5 * ratio), Math.round(1.5 * ratio), colour);
  raster.block(left, y + half - Math.round(1.5 * ratio) + 1, Math.round(3.5 * ratio), Math.round(1.5 * ratio), colour);
}

/** Three points on the right: whom it met nobody has asked yet. */
function tail(raster: Raster, x: number, y: number, radius: number, ratio: number, colour: number): void {
  const dot = Math.max(1, Math.round(1.6 * ratio));
  for (let n = 0; n < 3; n++)
    raster.block(x + Math.round(radius + (3 + n * 3.4) * ratio), y - (dot >> 1), dot, dot, colour);
}
