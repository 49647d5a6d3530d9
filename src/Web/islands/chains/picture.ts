import { Camera } from "./camera.ts";
import { draw, type Scene } from "./draw.ts";
import type { Graph } from "./data.ts";
import type { Layout } from "./layout.ts";
import { litOf, nearest } from "./lit.ts";
import { band, overlay } from "./overlay.ts";
import { Raster } from "./raster.ts";
import type { Colouring } from "./colours.ts";
import type { Palette } from "./palette.ts";

/** More pixels than this cost more time to copy than they show. */
const mostPixels = 6_000_000;

/** The canvas with what is on it: draws when something changed, at most once a frame. */
export class Picture {
  readonly camera: Camera;
  readonly scene: Scene;
  /** Milliseconds of the last drawing. */
  cost = 0;
  private readonly canvas: CanvasRenderingContext2D;
  private raster = new Raster(1, 1);
  private image = new ImageData(1, 1);
  private ratio = 1;
  private asked = false;
  private flight = 0;
  private perDay = { all: new Uint32Array(0), shown: new Uint32Array(0), most: 1 };

  constructor(readonly element: HTMLCanvasElement, graph: Graph, layout: Layout, colouring: Colouring, palette: Palette, private readonly still: boolean) {
    this.canvas = element.getContext("2d", { alpha: false })!;
    this.camera = new Camera(layout.days, layout.rows, layout.parts);
    this.scene = {
      graph, layout, colouring, palette, shown: new Uint8Array(graph.count).fill(1), lit: null, selected: -1,
      marks: { missing: true, tails: true },
    };
    this.count();
    this.size();
    this.camera.whole();
  }

  size(): void {
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    if (width === 0 || height <= band)
      return;
    const wasWhole = this.camera.zoom === 1;
    this.ratio = Math.min(devicePixelRatio || 1, 2, Math.sqrt(mostPixels / (width * height)));
    this.element.width = Math.round(width * this.ratio);
    this.element.height = Math.round(height * this.ratio);
    this.image = this.canvas.createImageData(this.element.width, this.element.height - Math.round(band * this.ratio));
    this.raster = new Raster(this.image.width, this.image.height, this.image.data.buffer);
    this.camera.size(width, height - band);
    if (wasWhole)
      this.camera.whole();
    this.ask();
  }

  show(shown: Uint8Array): void {
    this.scene.shown = shown;
    this.count();
    this.ask();
  }

  select(one: number): void {
    this.scene.selected = one;
    this.scene.lit = one < 0 ? null : litOf(this.scene.layout, one);
    this.ask();
  }

  /** The case under a place of the canvas; -1: none. */
  under(x: number, y: number): number {
    return y < band ? -1 : nearest(this.scene.layout, this.camera, x, y - band, 14);
  }

  /** Moves there, gently unless the reader wants no motion. */
  fly(move: () => void): void {
    const from = this.camera.state();
    move();
    const to = this.camera.state();
    cancelAnimationFrame(this.flight);
    if (this.still) {
      this.ask();
      return;
    }
    const began = performance.now();
    const step = () => {
      const part = Math.min(1, (performance.now() - began) / 260);
      this.camera.between(from, to, part * (2 - part));
      this.ask();
      if (part < 1)
        this.flight = requestAnimationFrame(step);
    };
    step();
  }

  /** Brings the case into view when it is outside it or too small to be read. */
  seek(one: number): void {
    const { layout } = this.scene;
    const [x, y] = [this.camera.x(layout.x[one]), this.camera.y(layout.row[one])];
    const zoom = Math.max(this.camera.zoom, Math.min(this.camera.zoomFor(18), this.camera.most));
    if (zoom > this.camera.zoom || x < 40 || x > this.camera.width - 40 || y < 20 || y > this.camera.height - 20)
      this.fly(() => this.camera.centre(layout.x[one], layout.row[one], zoom));
  }

  /** Shows the whole chain of a case, as near as it fits. */
  chain(one: number): void {
    const { graph, layout } = this.scene;
    const chain = graph.chain[one];
    let [first, last] = [graph.day[one], graph.day[one]];
    for (let i = 0; i < graph.count; i++)
      if (graph.chain[i] === chain)
        [first, last] = [Math.min(first, graph.day[i]), Math.max(last, graph.day[i])];
    const rows = layout.chainBottom[chain] - layout.chainTop[chain] + 1;
    this.fly(() => this.camera.centre((first + last) / 2, (layout.chainTop[chain] + layout.chainBottom[chain]) / 2,
      Math.min(this.camera.zoomFor(this.camera.height / (rows + 4)), this.camera.zoomOf((this.camera.width * 0.9) / (last - first + 3)))));
  }

  ask(): void {
    if (this.asked)
      return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      const began = performance.now();
      draw(this.raster, this.camera, this.scene, this.ratio);
      this.canvas.putImageData(this.image, 0, Math.round(band * this.ratio));
      this.canvas.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      overlay(this.canvas, this.camera, this.scene, this.perDay);
      this.cost = performance.now() - began;
    });
  }

  private count(): void {
    const { graph, layout, shown } = this.scene;
    const [all, some] = [new Uint32Array(layout.days), new Uint32Array(layout.days)];
    for (let i = 0; i < graph.count; i++) {
      all[graph.day[i]]++;
      some[graph.day[i]] += shown[i];
    }
    this.perDay = { all, shown: some, most: all.reduce((a, b) => Math.max(a, b), 1) };
  }
}
