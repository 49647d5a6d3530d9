import type { Layout } from "./layout.ts";

/** The way from the head to a case, and everything behind the case. */
export function litOf(layout: Layout, one: number): Uint8Array {
  const lit = new Uint8Array(layout.parent.length);
  const open = [one];
  while (open.length > 0) {
    const at = open.pop()!;
    lit[at] = 1;
    for (let c = layout.firstChild[at]; c < layout.firstChild[at + 1]; c++)
      open.push(layout.children[c]);
  }
  for (let at = one; at >= 0; at = layout.parent[at])
    lit[at] = 1;
  return lit;
}

/** The case nearest to a place on the page, within so many pixels; -1: none. */
export function nearest(
  layout: Layout, camera: { x(day: number): number; y(row: number): number }, x: number, y: number, within: number): number {
  let [best, least] = [-1, within * within];
  for (let i = 0; i < layout.x.length; i++) {
    const dy = camera.y(layout.row[i]) - y;
    if (dy > within || dy < -within)
      continue;
    const dx = camera.x(layout.x[i]) - x;
    const far = dx * dx + dy * dy;
    if (far < least)
      [best, least] = [i, far];
  }
  return best;
}

/** Where an arrow leads from a case: to its source, to the first that it passed it on to, to the one above or below. */
export function stepFrom(layout: Layout, days: Int32Array, one: number, arrow: "left" | "right" | "up" | "down"): number {
  if (arrow === "left")
    return layout.parent[one] >= 0 ? layout.parent[one] : one;
  if (arrow === "right") {
    let first = one;
    for (let c = layout.firstChild[one]; c < layout.firstChild[one + 1]; c++) {
      const child = layout.children[c];
      if (first === one || layout.size[child] > layout.size[first] || (layout.size[child] === layout.size[first] && days[child] < days[first]))
        first = child;
    }
    return first;
  }
  const sign = arrow === "up" ? -1 : 1;
  let [best, least] = [one, Infinity];
  for (let i = 0; i < days.length; i++) {
    const rows = (layout.row[i] - layout.row[one]) * sign;
    const cost = rows * 4 + Math.abs(days[i] - days[one]);
    if (rows > 0 && cost < least)
      [best, least] = [i, cost];
  }
  return best;
}
