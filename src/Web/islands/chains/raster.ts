/** Shapes of a case by its class, so that no colour is needed to tell them apart. */
export type Shape = "disc" | "diamond" | "triangle" | "ring" | "square";

/** How much of each pixel a shape covers, 0 to 255, around its middle. */
export interface Stamp {
  reach: number;
  cover: Uint8Array;
}

/** A solid line, or on for so many pixels of so many. */
export interface Dash {
  on: number;
  of: number;
}

/**
 * Pixels of a canvas, drawn without one: lines along the axes and stamps. Tens of thousands of cases cost a few milliseconds on any machine,
 * with or without a graphics card, and the same input gives the same pixels, so tests look at them.
 */
export class Raster {
  readonly pixels: Uint32Array;

  constructor(readonly width: number, readonly height: number, bytes: ArrayBufferLike = new ArrayBuffer(width * height * 4)) {
    this.pixels = new Uint32Array(bytes);
  }

  clear(colour: number): void {
    this.pixels.fill(colour);
  }

  /** From one column to another, both drawn, one pixel high. */
  across(x0: number, x1: number, y: number, colour: number, dash?: Dash): void {
    if (y < 0 || y >= this.height)
      return;
    let [from, to] = x0 < x1 ? [x0, x1] : [x1, x0];
    from = Math.max(0, from | 0);
    to = Math.min(this.width - 1, to | 0);
    if (from > to)
      return;
    const start = (y | 0) * this.width;
    if (!dash) {
      this.pixels.fill(colour, start + from, start + to + 1);
      return;
    }
    for (let x = from; x <= to; x++)
      if (x % dash.of < dash.on)
        this.pixels[start + x] = colour;
  }

  down(x: number, y0: number, y1: number, colour: number, dash?: Dash): void {
    if (x < 0 || x >= this.width)
      return;
    let [from, to] = y0 < y1 ? [y0, y1] : [y1, y0];
    from = Math.max(0, from | 0);
    to = Math.min(this.height - 1, to | 0);
    for (let y = from, at = from * this.width + (x | 0); y <= to; y++, at += this.width)
      if (!dash || y % dash.of < dash.on)
        this.pixels[at] = colour;
  }

  /** Any line, for the few links that are not along the axes. */
  slope(x0: number, y0: number, x1: number, y1: number, colour: number, dash?: Dash): void {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) | 0;
    if (Math.min(x0, x1) > this.width || Math.max(x0, x1) < 0 || Math.min(y0, y1) > this.height || Math.max(y0, y1) < 0)
      return;
    for (let s = 0; s <= steps; s++) {
      const x = (x0 + ((x1 - x0) * s) / (steps || 1)) | 0;
      const y = (y0 + ((y1 - y0) * s) / (steps || 1)) | 0;
      if (x >= 0 && y >= 0 && x < this.width && y < this.height && (!dash || s % dash.of < dash.on))
        this.pixels[y * this.width + x] = colour;
    }
  }

  /** As across, half of the colour over what is there: where many lines lie in one row of pixels, all of them show. */
  veil(x0: number, x1: number, y: number, colour: number): void {
    if (y < 0 || y >= this.height)
      return;
    const start = (y | 0) * this.width;
    const to = Math.min(this.width - 1, x1 | 0);
    const half = (colour & 0xfefefe) >>> 1;
    for (let at = start + Math.max(0, x0 | 0); at <= start + to; at++)
      this.pixels[at] = (((this.pixels[at] & 0xfefefe) >>> 1) + half) | 0xff000000;
  }

  /** As down, half of the colour over what is there. */
  fall(x: number, y0: number, y1: number, colour: number): void {
    if (x < 0 || x >= this.width)
      return;
    const half = (colour & 0xfefefe) >>> 1;
    const to = Math.min(this.height - 1, Math.max(y0, y1) | 0);
    for (let y = Math.max(0, Math.min(y0, y1) | 0), at = y * this.width + (x | 0); y <= to; y++, at += this.width)
      this.pixels[at] = (((this.pixels[at] & 0xfefefe) >>> 1) + half) | 0xff000000;
  }

  block(x: number, y: number, wide: number, high: number, colour: number): void {
    const from = Math.max(0, x | 0);
    const to = Math.min(this.width, (x | 0) + wide);
    if (from >= to)
      return;
    for (let row = Math.max(0, y | 0); row < Math.min(this.height, (y | 0) + high); row++)
      this.pixels.fill(colour, row * this.width + from, row * this.width + to);
  }

  stamp(stamp: Stamp, x: number, y: number, colour: number): void {
    const side = stamp.reach * 2 + 1;
    const [left, above] = [(x | 0) - stamp.reach, (y | 0) - stamp.reach];
    if (left >= this.width || above >= this.height || left + side < 0 || above + side < 0)
      return;
    for (let v = 0; v < side; v++) {
      const row = above + v;
      if (row < 0 || row >= this.height)
        continue;
      for (let u = 0; u < side; u++) {
        const column = left + u;
        const cover = stamp.cover[v * side + u];
        if (cover === 0 || column < 0 || column >= this.width)
          continue;
        const at = row * this.width + column;
        this.pixels[at] = cover === 255 ? colour : mix(this.pixels[at], colour, cover);
      }
    }
  }
}

/** So much of the second colour over the first, 0 to 255. */
export function mix(under: number, over: number, cover: number): number {
  const rest = 255 - cover;
  const r = ((under & 255) * rest + (over & 255) * cover) / 255;
  const g = (((under >> 8) & 255) * rest + ((over >> 8) & 255) * cover) / 255;
  const b = (((under >> 16) & 255) * rest + ((over >> 16) & 255) * cover) / 255;
  return ((255 << 24) | (b << 16) | (g << 8) | (r | 0)) >>> 0;
}

const stamps = new Map<string, Stamp>();

/** The shape at a radius in pixels, its edge smoothed by 4 by 4 samples a pixel; kept for the next time. */
export function stampOf(shape: Shape, radius: number): Stamp {
  const r = Math.round(radius * 2) / 2;
  const key = `${shape}${r}`;
  let stamp = stamps.get(key);
  if (!stamp) {
    const reach = Math.ceil(r + 0.5);
    const side = reach * 2 + 1;
    const cover = new Uint8Array(side * side);
    for (let at = 0; at < cover.length; at++) {
      let inside = 0;
      for (let s = 0; s < 16; s++)
        if (isIn(shape, (at % side) - reach + ((s % 4) - 1.5) / 4, Math.floor(at / side) - reach + (Math.floor(s / 4) - 1.5) / 4, r))
          inside++;
      cover[at] = Math.round((inside * 255) / 16);
    }
    stamps.set(key, (stamp = { reach, cover }));
  }
  return stamp;
}

function isIn(shape: Shape, x: number, y: number, r: number): boolean {
  const far = Math.hypot(x, y);
  switch (shape) {
    case "disc": return far <= r;
    case "ring": return far <= r && far >= r * 0.52;
    case "diamond": return Math.abs(x) + Math.abs(y) <= r * 1.2;
    case "square": return Math.max(Math.abs(x), Math.abs(y)) <= r * 0.86;
    case "triangle": return y <= r * 0.75 && Math.abs(x) <= (y + r) * 0.6;
  }
}
