/** An element with its attributes and what is in it. Texts are set as text, never as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(name: K, attributes: Record<string, string> = {}, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

/** A small drawing for the legend: a shape, or a line with its dashes. */
export function sample(kind: "disc" | "diamond" | "triangle" | "ring" | "square" | "line" | "dashes" | "dots", colour: string): SVGSVGElement {
  const svg = document.createElementNS(space, "svg");
  const wide = kind === "line" || kind === "dashes" || kind === "dots" ? 28 : 14;
  set(svg, { viewBox: `0 0 ${wide} 14`, width: String(wide), height: "14", "aria-hidden": "true" });
  const name = kind === "disc" || kind === "ring" ? "circle" : "path";
  const shape = document.createElementNS(space, name);
  const paths: Record<string, string> = { diamond: "M7 1l6 6-6 6-6-6z", triangle: "M7 1l6 11H1z", square: "M2 2h10v10H2z" };
  if (name === "circle")
    set(shape, kind === "disc" ? { cx: "7", cy: "7", r: "5.5", fill: colour } : { cx: "7", cy: "7", r: "4.2", fill: "none", stroke: colour, "stroke-width": "2.6" });
  else if (wide === 14)
    set(shape, { d: paths[kind], fill: colour });
  else
    set(shape, { d: "M1 7h26", stroke: colour, "stroke-width": "2", "stroke-dasharray": kind === "dashes" ? "7 4" : kind === "dots" ? "2 4" : "none" });
  svg.append(shape);
  return svg;
}

const space = "http://www.w3.org/2000/svg";

function set(element: Element, attributes: Record<string, string>): void {
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, value);
}
