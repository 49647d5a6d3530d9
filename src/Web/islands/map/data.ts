/** As /api/situation/map answers. */
export interface Area {
  code: string;
  name: string;
  nameEn: string | null;
  lat: number | null;
  lon: number | null;
  positives: number | null;
  social: number | null;
  byDay: number[] | null;
  socialByDay: number[] | null;
  should: number;
  done: number;
  late: number;
  column: number;
  row: number;
}

export interface Figures {
  days: string[];
  areas: Area[];
  points: { name: string; lat: number; lon: number; open: boolean }[];
  protected: boolean;
}

export type Ring = [number, number][];

export interface Feature {
  type: "Feature";
  id?: number;
  properties: Record<string, unknown>;
  geometry: { type: string; coordinates: unknown };
}

export interface Collection {
  type: "FeatureCollection";
  features: Feature[];
}

/** What an area says: of one day where one is chosen; null is hidden or unknown. */
export function valueOf(area: Area, show: string, day: number | null): number | null {
  if (show === "coverage") return area.should > 0 ? Math.floor((area.done * 1000) / area.should) / 10 : null;
  if (show === "late") return area.should > 0 ? area.late : null;
  const [all, byDay] = show === "social" ? [area.social, area.socialByDay] : [area.positives, area.byDay];
  if (day !== null) return byDay ? byDay[day] : all === null ? null : 0;
  return all;
}

/** The class of colour: -1 hidden, 0 nothing, then one for each break that is reached. As MapModel.ClassOf. */
export function classOf(value: number | null, show: string, breaks: number[]): number {
  if (value === null) return -1;
  if (value === 0 && show !== "coverage") return 0;
  return 1 + Math.max(0, breaks.filter((b) => b <= value).length - 1);
}

/** Tiles as squares of degrees around 0, so that one map draws both. */
export function tiles(areas: Area[]): Collection {
  const size = 0.1;
  const rows = Math.max(0, ...areas.map((a) => a.row));
  return {
    type: "FeatureCollection",
    features: areas.map((a) => {
      const [x, y, gap] = [a.column * size, (rows - a.row) * size, size * 0.03];
      const ring: Ring = [[x + gap, y + gap], [x + size - gap, y + gap], [x + size - gap, y + size - gap], [x + gap, y + size - gap], [x + gap, y + gap]];
      return { type: "Feature", properties: { code: a.code }, geometry: { type: "Polygon", coordinates: [ring] } };
    }),
  };
}

/** The box around every position of a geometry: west, south, east, north. */
export function boxOf(collection: Collection): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === "number") {
      const [lon, lat] = part as number[];
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    } else part.forEach(walk);
  };
  collection.features.forEach((f) => walk(f.geometry.coordinates));
  return box;
}

export interface Weighed {
  lon: number;
  lat: number;
  weight: number;
}

/**
 * Hexagons of one size over the box, each with the sum of what lies in it; those without anything are left out. A degree of longitude is made as long as it is
 * at the middle of the box.
 */
export function hexagons(points: Weighed[], box: [number, number, number, number], across: number): Collection {
  const narrow = Math.max(0.2, Math.cos((((box[1] + box[3]) / 2) * Math.PI) / 180));
  const size = Math.max((box[2] - box[0]) * narrow, box[3] - box[1], 1e-6) / across;
  const [wide, high] = [Math.sqrt(3) * size, 1.5 * size];
  const bins = new Map<string, { x: number; y: number; sum: number }>();
  for (const p of points) {
    const [px, py] = [(p.lon - box[0]) * narrow, p.lat - box[1]];
    let best = { x: 0, y: 0, far: Infinity, key: "" };
    const near = Math.round(py / high);
    for (let row = near - 1; row <= near + 1; row++) {
      const shift = (row & 1) * (wide / 2);
      const column = Math.round((px - shift) / wide);
      const [x, y] = [column * wide + shift, row * high];
      const far = (px - x) ** 2 + (py - y) ** 2;
      if (far < best.far) best = { x, y, far, key: `${column}:${row}` };
    }
    const bin = bins.get(best.key) ?? { x: best.x, y: best.y, sum: 0 };
    bin.sum += p.weight;
    bins.set(best.key, bin);
  }
  return {
    type: "FeatureCollection",
    features: [...bins.values()].map((b) => ({
      type: "Feature",
      properties: { value: b.sum },
      geometry: {
        type: "Polygon",
        coordinates: [[0, 1, 2, 3, 4, 5, 0].map((i) => {
          const turn = (Math.PI / 3) * i + Math.PI / 6;
          return [box[0] + (b.x + size * 0.96 * Math.cos(turn)) / narrow, box[1] + b.y + size * 0.96 * Math.sin(turn)];
        })],
      },
    })),
  };
}
