/** What the reader does to the picture. */
export interface Moves {
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  point(x: number, y: number): void;
  hover(x: number, y: number): void;
  arrow(way: "left" | "right" | "up" | "down"): void;
  whole(): void;
  open(): void;
  leave(): void;
  /** Zooms about what is selected, or the middle. */
  step(factor: number): void;
}

const clickSlack = 5;

/** Mouse, touch and keyboard. The wheel zooms only while the picture has the focus or Ctrl is held, so that a page can be scrolled past it. */
export function listen(canvas: HTMLCanvasElement, moves: Moves): void {
  const down = new Map<number, { x: number; y: number }>();
  let [moved, spread] = [0, 0];
  const at = (e: MouseEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: e.clientX - box.left, y: e.clientY - box.top };
  };
  canvas.addEventListener("pointerdown", (e) => {
    canvas.setPointerCapture(e.pointerId);
    down.set(e.pointerId, at(e));
    if (down.size === 1)
      moved = 0;
    spread = spreadOf(down);
  });
  canvas.addEventListener("pointermove", (e) => {
    const before = down.get(e.pointerId);
    const now = at(e);
    if (!before) {
      moves.hover(now.x, now.y);
      return;
    }
    const middle = middleOf(down);
    down.set(e.pointerId, now);
    const next = middleOf(down);
    moved += Math.abs(next.x - middle.x) + Math.abs(next.y - middle.y);
    moves.pan(next.x - middle.x, next.y - middle.y);
    if (down.size === 2) {
      const wide = spreadOf(down);
      if (spread > 0)
        moves.zoom(wide / spread, next.x, next.y);
      spread = wide;
      moved = clickSlack + 1;
    }
  });
  const up = (e: PointerEvent) => {
    if (!down.delete(e.pointerId))
      return;
    const now = at(e);
    if (e.type === "pointerup" && down.size === 0 && moved <= clickSlack)
      moves.point(now.x, now.y);
    spread = spreadOf(down);
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("dblclick", (e) => moves.zoom(2.5, at(e).x, at(e).y));
  canvas.addEventListener("wheel", (e) => {
    if (document.activeElement !== canvas && !e.ctrlKey && !e.metaKey)
      return;
    e.preventDefault();
    const now = at(e);
    if (e.shiftKey)
      moves.pan(-(e.deltaX || e.deltaY), 0);
    else
      moves.zoom(Math.exp(-e.deltaY * (e.deltaMode === 1 ? 0.05 : 0.0022)), now.x, now.y);
  }, { passive: false });
  canvas.addEventListener("keydown", (e) => {
    if (e.altKey || e.metaKey || e.ctrlKey)
      return;
    if (key(e, moves))
      e.preventDefault();
  });
}

const arrows: Record<string, "left" | "right" | "up" | "down"> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

function key(e: KeyboardEvent, moves: Moves): boolean {
  const way = arrows[e.key];
  if (way && e.shiftKey)
    moves.pan(way === "left" ? 80 : way === "right" ? -80 : 0, way === "up" ? 80 : way === "down" ? -80 : 0);
  else if (way)
    moves.arrow(way);
  else if (e.key === "+" || e.key === "=")
    moves.step(1.5);
  else if (e.key === "-")
    moves.step(1 / 1.5);
  else if (e.key === "0" || e.key === "Home")
    moves.whole();
  else if (e.key === "Enter")
    moves.open();
  else if (e.key === "Escape")
    moves.leave();
  else
    return false;
  return true;
}

function middleOf(points: Map<number, { x: number; y: number }>): { x: number; y: number } {
  let [x, y] = [0, 0];
  for (const p of points.values())
    [x, y] = [x + p.x / points.size, y + p.y / points.size];
  return { x, y };
}

function spreadOf(points: Map<number, { x: number; y: number }>): number {
  const [a, b] = points.values();
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}
