import { ticksOf } from "./axis.ts";
import type { Camera } from "./camera.ts";
import type { Scene } from "./draw.ts";
import { noOf } from "./data.ts";

/** Height of the axis and of the cases of each day above the picture, in pixels of the page. */
export const band = 68;
const axis = 20;

/** Draws what has letters, and the cases of each day, over the pixels. */
export function overlay(canvas: CanvasRenderingContext2D, camera: Camera, scene: Scene, perDay: { all: Uint32Array; shown: Uint32Array; most: number }): void {
  const { palette, graph } = scene;
  canvas.font = '11px system-ui, "Noto Sans SC", sans-serif';
  canvas.textBaseline = "middle";
  canvas.fillStyle = palette.paper;
  canvas.fillRect(0, 0, camera.width, band);
  const [first, last] = [camera.dayAt(0) - 1, camera.dayAt(camera.width) + 1];
  const wide = Math.max(1, camera.dayWidth - (camera.dayWidth > 4 ? 1 : 0));
  for (let day = Math.max(0, Math.floor(first)); day <= Math.min(perDay.all.length - 1, last); day++) {
    const x = camera.x(day) - camera.dayWidth / 2;
    bar(x, perDay.all[day], palette.dim);
    bar(x, perDay.shown[day], palette.accent);
  }
  for (const tick of ticksOf(graph, first, last, camera.dayWidth)) {
    const x = Math.round(camera.x(tick.day) - camera.dayWidth / 2) + 0.5;
    canvas.fillStyle = palette.line;
    canvas.fillRect(x - 0.5, 0, 1, axis);
    canvas.fillStyle = tick.strong ? palette.ink : palette.faint;
    canvas.fillText(tick.label, x + 4, axis / 2);
  }
  canvas.fillStyle = palette.line;
  canvas.fillRect(0, band - 1, camera.width, 1);
  if (camera.rowHeight >= 17)
    numbers(canvas, camera, scene);
  if (scene.selected >= 0)
    halo(canvas, camera, scene);

  function bar(x: number, many: number, colour: string): void {
    if (many === 0)
      return;
    const high = Math.max(1, (many / perDay.most) * (band - axis - 6));
    canvas.fillStyle = colour;
    canvas.fillRect(x, band - 1 - high, wide, high);
  }
}

function numbers(canvas: CanvasRenderingContext2D, camera: Camera, scene: Scene): void {
  const { graph, layout } = scene;
  canvas.save();
  canvas.beginPath();
  canvas.rect(0, band, camera.width, camera.height);
  canvas.clip();
  canvas.fillStyle = scene.palette.ink;
  canvas.font = "10px ui-monospace, monospace";
  for (let i = 0; i < graph.count; i++) {
    const y = band + camera.y(layout.row[i]);
    if (y < band - 10 || y > band + camera.height + 10)
      continue;
    const x = camera.x(layout.x[i]);
    if (x > -60 && x < camera.width + 10 && scene.shown[i] && i !== scene.selected)
      canvas.fillText(String(graph.number[i]).padStart(5, "0"), x + 9, y - 6);
  }
  canvas.restore();
}

function halo(canvas: CanvasRenderingContext2D, camera: Camera, scene: Scene): void {
  const { graph, layout, selected, palette } = scene;
  const [x, y] = [camera.x(layout.x[selected]), band + camera.y(layout.row[selected])];
  if (y < band)
    return;
  canvas.strokeStyle = palette.ink;
  canvas.lineWidth = 2;
  canvas.beginPath();
  canvas.arc(x, y, Math.min(Math.max(camera.rowHeight * 0.4, 4), 8) + 4, 0, Math.PI * 2);
  canvas.stroke();
  const text = noOf(graph, selected);
  canvas.font = '600 12px system-ui, "Noto Sans SC", sans-serif';
  const wide = canvas.measureText(text).width + 12;
  const left = Math.min(Math.max(x + 14, 0), camera.width - wide);
  const top = Math.max(y - 26, band + 2);
  canvas.fillStyle = palette.ink;
  canvas.fillRect(left, top, wide, 19);
  canvas.fillStyle = palette.paper;
  canvas.fillText(text, left + 6, top + 10);
}
