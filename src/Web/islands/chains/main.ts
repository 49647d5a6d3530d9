import { colouringOf, type ColourBy } from "./colours.ts";
import { noOf } from "./data.ts";
import { isDark, onLook } from "../look.ts";
import { listen } from "./input.ts";
import { stepFrom } from "./lit.ts";
import { make } from "./make.ts";
import { band } from "./overlay.ts";
import { paletteOf } from "./palette.ts";
import { detailsOf, legendOf } from "./panel.ts";
import { Picture } from "./picture.ts";
import { shownOf, type Wanted } from "./shown.ts";
import { fill, type Texts } from "./texts.ts";
import type { Answer } from "./worker.ts";

/** The chains of a disease, drawn above the table that the page has already. Without script the page has the table alone. */
function mount(root: HTMLElement): void {
  const texts = JSON.parse(root.dataset.texts!) as Texts;
  const status = make("p", { class: "fine", role: "status" }, texts.loading);
  root.append(status);
  const worker = new Worker(root.dataset.worker!);
  worker.onmessage = (message: MessageEvent<Answer>) => {
    worker.terminate();
    if ("failed" in message.data)
      status.textContent = texts.failed;
    else if (message.data.graph.count > 0)
      begin(root, texts, status, message.data);
    else
      root.replaceChildren();
  };
  worker.onerror = () => (status.textContent = texts.failed);
  worker.postMessage({ address: new URL(root.dataset.graph!, location.href).href });
}

function begin(root: HTMLElement, texts: Texts, status: HTMLElement, { graph, layout, fetched, laidOut }: Exclude<Answer, { failed: string }>): void {
  const words = { classes: texts.classes, others: texts.others, none: texts.none, generation: texts.generation };
  let by: ColourBy = "class";
  const colours = () => colouringOf(graph, by, paletteOf(isDark()), words);
  const canvas = make("canvas", { tabindex: "0", role: "application", "aria-label": fill(texts.picture, graph.count, graph.linkFrom.length), "aria-describedby": "chains-help" });
  const details = make("div", { class: "card details", "aria-live": "polite" });
  const legend = make("div", { class: "legends" });
  const colourBy = make("select", {}, ...([["class", texts.byClass], ["place", texts.byPlace], ["cluster", texts.byCluster], ["generation", texts.byGeneration]] as const)
    .map(([value, name]) => make("option", { value }, name)));
  const search = make("input", { type: "search", placeholder: noOf(graph, 0), autocomplete: "off" });
  const button = (text: string, title: string, act: () => void) => {
    const made = make("button", { type: "button", class: "quiet", title, "aria-label": title }, text);
    made.addEventListener("click", act);
    return made;
  };
  const check = (text: string, act: (on: boolean) => void) => {
    const box = make("input", { type: "checkbox" });
    box.checked = true;
    box.addEventListener("change", () => act(box.checked));
    return make("label", { class: "check" }, box, ` ${text}`);
  };
  const finder = make("form", { class: "row", role: "search" }, make("label", { class: "field" }, make("span", {}, texts.search), search));
  const bar = make("div", { class: "bar" }, finder, make("label", { class: "field" }, make("span", {}, texts.colourBy), colourBy),
    make("div", { class: "acts" }, button("+", texts.nearer, () => step(1.6)), button("−", texts.farther, () => step(1 / 1.6)), button(texts.whole, texts.whole, whole)),
    make("div", { class: "acts" }, check(texts.missing, (on) => mark({ missing: on })), check(texts.tails, (on) => mark({ tails: on }))));
  const help = make("p", { class: "fine", id: "chains-help" }, texts.help);
  root.replaceChildren(bar, make("div", { class: "graph" }, canvas, details), legend, status, help);
  details.hidden = true;
  status.textContent = "";

  const picture = new Picture(canvas, graph, layout, colours(), paletteOf(isDark()), matchMedia("(prefers-reduced-motion: reduce)").matches);
  const { camera, scene } = picture;
  const sizes = new Int32Array(layout.chainTop.length);
  for (const chain of graph.chain)
    sizes[chain]++;

  function step(factor: number): void {
    const [x, y] = scene.selected >= 0 ? [camera.x(layout.x[scene.selected]), camera.y(layout.row[scene.selected])] : [camera.width / 2, camera.height / 2];
    picture.fly(() => camera.zoomAt(factor, x, y));
  }

  function whole(): void {
    picture.fly(() => camera.whole());
  }

  function mark(marks: Partial<typeof scene.marks>): void {
    Object.assign(scene.marks, marks);
    picture.ask();
  }

  function select(one: number, seek = true): void {
    picture.select(one);
    details.hidden = one < 0;
    if (one >= 0) {
      details.replaceChildren(...detailsOf(graph, one, sizes, texts, select, () => picture.chain(one)));
      if (seek)
        picture.seek(one);
    }
  }

  function recolour(): void {
    scene.palette = paletteOf(isDark());
    scene.colouring = colours();
    legend.replaceChildren(...legendOf(scene.colouring, scene.palette, texts));
    picture.ask();
  }

  listen(canvas, {
    pan: (dx, dy) => { camera.pan(dx, dy); picture.ask(); },
    zoom: (factor, x, y) => { camera.zoomAt(factor, x, y - band); picture.ask(); },
    point: (x, y) => select(picture.under(x, y), false),
    hover: (x, y) => canvas.classList.toggle("over", picture.under(x, y) >= 0),
    arrow: (way) => select(scene.selected < 0 ? picture.under(camera.width / 2, camera.height / 2) >= 0 ? picture.under(camera.width / 2, camera.height / 2) : layout.order[0]
      : stepFrom(layout, graph.day, scene.selected, way)),
    whole, step,
    open: () => { if (scene.selected >= 0) location.href = `/cases/${noOf(graph, scene.selected)}`; },
    leave: () => select(-1),
  });
  colourBy.addEventListener("change", () => { by = colourBy.value as ColourBy; recolour(); });
  onLook(recolour);
  new ResizeObserver(() => picture.size()).observe(canvas);
  finder.addEventListener("submit", (e) => {
    e.preventDefault();
    const found = find(search.value.trim());
    status.textContent = found < 0 ? texts.notFound : "";
    if (found >= 0)
      select(found);
  });

  function find(text: string): number {
    for (let i = 0; text && i < graph.count; i++)
      if (noOf(graph, i) === text)
        return i;
    for (let i = 0; /^\d+$/.test(text) && i < graph.count; i++)
      if (graph.number[i] === Number(text))
        return i;
    return -1;
  }

  const form = document.querySelector<HTMLFormElement>("form[data-chain-filter]");
  function filter(): void {
    const field = (name: string) => (form?.elements.namedItem(name) as HTMLInputElement | null)?.value.trim() ?? "";
    const wanted: Wanted = { from: field("from"), to: field("to"), place: field("place"), cluster: field("cluster"), class: field("class"), open: field("open") };
    const { shown, many } = shownOf(graph, wanted, texts.classNames);
    picture.show(shown);
    status.textContent = many < graph.count ? `${many.toLocaleString("en")} / ${graph.count.toLocaleString("en")}` : "";
  }
  form?.addEventListener("input", filter);
  form?.addEventListener("change", filter);
  filter();
  recolour();
  const no = new URL(location.href).searchParams.get("case") ?? root.dataset.case;
  const first = no ? find(no) : -1;
  if (first >= 0) {
    select(first, false);
    picture.chain(first);
  }
  requestAnimationFrame(() => requestAnimationFrame(() => {
    Object.assign(root.dataset, { ready: String(graph.count), fetched: fetched.toFixed(1), laid: laidOut.toFixed(1), drawn: picture.cost.toFixed(2), rows: String(layout.rows) });
  }));
}

for (const root of document.querySelectorAll<HTMLElement>("[data-island=chains]"))
  mount(root);
