import { Map as GlMap, Marker, NavigationControl, setWorkerUrl, type GeoJSONSource, type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { onLook } from "../look";
import { boxOf, classOf, hexagons, tiles, valueOf, type Area, type Collection, type Figures, type Weighed } from "./data";

/** Draws what the page's own drawing says, nearer and day by day. Where WebGL is missing the page's drawing stays. */
const island = document.querySelector<HTMLElement>('[data-island="map"]');
if (island) void begin(island);

const empty: Collection = { type: "FeatureCollection", features: [] };

async function begin(island: HTMLElement): Promise<void> {
  const data = island.dataset as Record<string, string>;
  const texts = JSON.parse(data.texts) as Record<string, string>;
  if (!hasWebGl()) return;
  let figures: Figures;
  let shapes: Collection | null;
  try {
    [figures, shapes] = await Promise.all([load<Figures>(data.map), data.shapes ? load<Collection>(data.shapes) : null]);
  } catch {
    return;
  }
  const picture = new Picture(island, figures, shapes?.features.length ? shapes : null, texts, data);
  picture.start();
  document.addEventListener("qipan:live", () => {
    load<Figures>(data.map).then((fresh) => picture.renew(fresh), () => undefined);
  });
}

async function load<T>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

function hasWebGl(): boolean {
  try {
    return !!document.createElement("canvas").getContext("webgl2");
  } catch {
    return false;
  }
}

class Picture {
  private readonly breaks: number[];
  private readonly base: Collection;
  private readonly box: [number, number, number, number];
  private readonly spots: Map<string, [number, number]>;
  private map!: GlMap;
  private day: number | null = null;
  private turning = 0;
  private names: Marker[] = [];
  private label!: HTMLElement;
  private told!: HTMLElement;
  private slider: HTMLInputElement | null = null;
  private readonly shown = new Set<string>(["areas", "names"]);

  constructor(private readonly island: HTMLElement, private figures: Figures, private readonly shapes: Collection | null, private readonly texts: Record<string, string>, private readonly data: Record<string, string>) {
    this.breaks = data.breaks.split(",").map(Number);
    this.base = shapes ?? tiles(figures.areas);
    this.box = boxOf(this.base);
    this.spots = new Map(this.base.features.map((f) => {
      const b = boxOf({ type: "FeatureCollection", features: [f] });
      return [String(f.properties.code), [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2]];
    }));
  }

  start(): void {
    setWorkerUrl(new URL(this.data.worker, location.href).href);
    const canvas = make("div", { class: "map-canvas", role: "application", "aria-label": this.texts.help });
    this.told = make("p", { class: "fine", role: "status" });
    this.island.append(this.controls(), canvas, this.told);
    this.map = new GlMap({ container: canvas, style: this.style(), bounds: this.box, fitBoundsOptions: { padding: 28 }, attributionControl: false, renderWorldCopies: false, dragRotate: false, pitchWithRotate: false, maxZoom: 19, locale: {} });
    this.map.touchZoomRotate.disableRotation();
    this.map.scrollZoom.enable();
    this.map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.map.on("load", () => {
      this.island.classList.add("on");
      this.draw();
    });
    this.map.on("moveend", () => this.letter());
    this.map.on("click", "areas", (e) => {
      const code = String(e.features?.[0]?.properties.code ?? "");
      if (code) location.href = `/map?area=${encodeURIComponent(code)}&show=${this.data.show}`;
    });
    this.map.on("mousemove", "areas", (e) => {
      this.map.getCanvas().style.cursor = "pointer";
      this.tell(String(e.features?.[0]?.properties.code ?? ""));
    });
    this.map.on("mouseleave", "areas", () => {
      this.map.getCanvas().style.cursor = "";
      this.told.textContent = "";
    });
    onLook(() => this.paint());
  }

  renew(figures: Figures): void {
    this.figures = figures;
    this.draw();
  }

  /** The look has changed: the same layers in its colours. Data, day and place stay as they are. */
  private paint(): void {
    const style = this.style();
    for (const layer of style.layers)
      for (const [name, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, name as never, value as never);
  }

  private style(): StyleSpecification {
    const c = colours(this.island);
    const fill = ["match", ["get", "k"], ...c.classes.flatMap((colour, i) => [i - 1, colour]), c.classes[0]] as never;
    const json = (data: Collection) => ({ type: "geojson" as const, data: data as never });
    return {
      version: 8,
      sources: { areas: json(this.base), spots: json(empty), hexes: json(empty), points: json(empty) },
      layers: [
        { id: "ground", type: "background", paint: { "background-color": c.ground } },
        { id: "areas", type: "fill", source: "areas", paint: { "fill-color": fill, "fill-opacity": 0.92 } },
        { id: "edges", type: "line", source: "areas", paint: { "line-color": c.edge, "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.6, 14, 1.6] } },
        { id: "heat", type: "heatmap", source: "spots", layout: { visibility: "none" }, paint: { "heatmap-weight": ["get", "weight"], "heatmap-intensity": 1.4, "heatmap-radius": ["interpolate", ["exponential", 1.7], ["zoom"], 4, 12, 14, 70], "heatmap-opacity": 0.85, "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(0,0,0,0)", 0.15, c.classes[2], 0.4, c.classes[4], 0.7, c.classes[6], 1, c.classes[7]] } },
        { id: "hexes", type: "fill", source: "hexes", layout: { visibility: "none" }, paint: { "fill-color": fill, "fill-opacity": 0.85, "fill-outline-color": c.edge } },
        { id: "points", type: "circle", source: "points", layout: { visibility: "none" }, paint: { "circle-radius": 6, "circle-color": ["case", ["get", "open"], c.open, c.closed], "circle-stroke-color": c.ground, "circle-stroke-width": 2 } },
      ],
    };
  }

  private value(area: Area): number | null {
    return valueOf(area, this.data.show, this.day);
  }

  private draw(): void {
    const areas = new Map(this.figures.areas.map((a) => [a.code, a]));
    const fill = (collection: Collection): Collection => ({
      type: "FeatureCollection",
      features: collection.features.map((f) => {
        const area = areas.get(String(f.properties.code));
        return { ...f, properties: { ...f.properties, k: classOf(area ? this.value(area) : null, this.data.show, this.breaks) } };
      }),
    });
    this.put("areas", fill(this.base));
    const weighed: Weighed[] = [];
    for (const area of this.figures.areas) {
      const at = this.spots.get(area.code) ?? (area.lon !== null && area.lat !== null && this.shapes ? [area.lon, area.lat] : null);
      const value = this.value(area);
      if (at && value) weighed.push({ lon: at[0], lat: at[1], weight: value });
    }
    const most = Math.max(1, ...weighed.map((w) => w.weight));
    this.put("spots", { type: "FeatureCollection", features: weighed.map((w) => ({ type: "Feature", properties: { weight: w.weight / most }, geometry: { type: "Point", coordinates: [w.lon, w.lat] } })) });
    const hexes = hexagons(weighed, this.box, 14);
    hexes.features.forEach((f) => (f.properties.k = classOf(f.properties.value as number, this.data.show, this.breaks)));
    this.put("hexes", hexes);
    this.put("points", { type: "FeatureCollection", features: this.shapes ? this.figures.points.map((p) => ({ type: "Feature", properties: { name: p.name, open: p.open }, geometry: { type: "Point", coordinates: [p.lon, p.lat] } })) : [] });
    for (const layer of ["areas", "heat", "hexes", "points"]) this.map.setLayoutProperty(layer, "visibility", this.shown.has(layer) ? "visible" : "none");
    this.letter();
    if (this.label) this.label.textContent = this.day === null ? this.texts.all : this.figures.days[this.day];
  }

  private put(source: string, data: Collection): void {
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data as never);
  }

  /** Names stand over areas that are in sight and wide enough; at most sixty. They are elements of the page, so no font is fetched. */
  private letter(): void {
    this.names.forEach((m) => m.remove());
    this.names = [];
    if (!this.shown.has("names")) return;
    const bounds = this.map.getBounds();
    const english = document.documentElement.lang === "en";
    const seen = this.figures.areas.filter((a) => {
      const at = this.spots.get(a.code);
      return at && bounds.contains(at);
    }).sort((a, b) => (this.value(b) ?? 0) - (this.value(a) ?? 0)).slice(0, 60);
    for (const area of seen) {
      const value = this.value(area);
      const element = make("span", { class: "map-name" });
      element.append(make("b", {}, english && area.nameEn ? area.nameEn : area.name), make("span", {}, value === null ? "•" : this.data.show === "coverage" ? `${value}%` : String(value)));
      this.names.push(new Marker({ element }).setLngLat(this.spots.get(area.code) as [number, number]).addTo(this.map));
    }
  }

  private tell(code: string): void {
    const area = this.figures.areas.find((a) => a.code === code);
    const value = area ? this.value(area) : null;
    this.told.textContent = area ? `${area.name}: ${value === null ? this.texts.hidden : value}` : "";
  }

  private controls(): HTMLElement {
    const bar = make("div", { class: "map-bar" });
    const can = ["areas", ...(this.data.show === "positives" || this.data.show === "social" ? ["heat", "hexes"] : []), ...(this.shapes && this.figures.points.length ? ["points"] : []), "names"];
    for (const layer of can) {
      const box = make("input", { type: "checkbox" }) as HTMLInputElement;
      box.checked = this.shown.has(layer);
      box.addEventListener("change", () => {
        if (box.checked) this.shown.add(layer);
        else this.shown.delete(layer);
        this.draw();
      });
      const label = make("label", { class: "check" });
      label.append(box, layer === "hexes" ? this.texts.hex : layer === "areas" && !this.shapes ? this.texts.tiles : this.texts[layer]);
      bar.append(label);
    }
    if ((this.data.show === "positives" || this.data.show === "social") && !this.figures.protected && this.figures.days.length > 1) bar.append(this.days());
    return bar;
  }

  private days(): HTMLElement {
    const many = this.figures.days.length;
    const group = make("div", { class: "map-days" });
    const play = make("button", { type: "button", class: "quiet" }, this.texts.play) as HTMLButtonElement;
    this.slider = make("input", { type: "range", min: "0", max: String(many), value: String(many), "aria-label": this.texts.day }) as HTMLInputElement;
    this.label = make("output", {}, this.texts.all);
    const go = (at: number): void => {
      this.slider!.value = String(at);
      this.day = at >= many ? null : at;
      this.slider!.setAttribute("aria-valuetext", this.day === null ? this.texts.all : this.figures.days[this.day]);
      this.draw();
    };
    this.slider.addEventListener("input", () => go(Number(this.slider!.value)));
    const stop = (): void => {
      window.clearInterval(this.turning);
      this.turning = 0;
      play.textContent = this.texts.play;
    };
    play.addEventListener("click", () => {
      if (this.turning) return stop();
      play.textContent = this.texts.stop;
      let at = 0;
      go(at);
      this.turning = window.setInterval(() => {
        go(++at);
        if (at >= many) stop();
      }, 700);
    });
    group.append(play, this.slider, this.label);
    return group;
  }
}

/** The page's own colours, so that legend, drawing and picture agree. */
function colours(island: HTMLElement): { ground: string; edge: string; open: string; closed: string; classes: string[] } {
  const probe = make("i", { class: "bd-key" });
  island.append(probe);
  const of = (name: string): string => {
    probe.className = `bd-key ${name}`;
    return plain(getComputedStyle(probe).backgroundColor);
  };
  const made = { ground: of("ground"), edge: of("edge"), open: of("controlled"), closed: of("other"), classes: [-1, 0, 1, 2, 3, 4, 5, 6].map((k) => of(`k${k}`)) };
  probe.remove();
  return made;
}

/** A colour of any space as the map takes it. */
function plain(colour: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return `rgb(${r},${g},${b})`;
}

function make(name: string, attributes: Record<string, string>, text?: string): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}
