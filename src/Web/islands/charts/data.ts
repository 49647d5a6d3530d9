/** As /api/situation/curve answers. */
export interface CurveData {
  days: { day: string; byClass: Record<string, number>; byRoute: Record<string, number>; waiting: number; mean: number | null }[];
}

/** One column of each day for every route, or for every class that there is; in the order in which they are stacked. */
export function columns(data: CurveData, by: "route" | "class"): { name: string; values: number[] }[] {
  const of = (day: CurveData["days"][number]): Record<string, number> => lowered(by === "route" ? day.byRoute : day.byClass);
  const order = by === "route" ? ["social", "controlled", "other"] : ["confirmed", "asymptomatic", "suspect", "probable", "unclassified"];
  const used = order.filter((name) => data.days.some((d) => (of(d)[name] ?? 0) > 0));
  return (used.length ? used : order.slice(0, 1)).map((name) => ({ name, values: data.days.map((d) => of(d)[name] ?? 0) }));
}

/** Keys of a dictionary come as they are called in the program: Social, RuledOut. */
function lowered(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([name, many]) => [name.replace(/(?<=.)([A-Z])/g, "_$1").toLowerCase(), many]));
}
