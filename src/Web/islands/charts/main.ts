import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, DataZoomComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { onLook } from "../look";
import { columns, type CurveData } from "./data";

use([BarChart, LineChart, AriaComponent, DataZoomComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** The curve, nearer: values under the pointer, days zoomed, by route or by class. The page's own drawing stands where this cannot. */
const island = document.querySelector<HTMLElement>('[data-island="charts"]');
if (island) void begin(island);

async function begin(island: HTMLElement): Promise<void> {
  const texts = JSON.parse(island.dataset.texts as string) as Record<string, string> & { classes: Record<string, string> };
  const load = async (): Promise<CurveData> => {
    const answer = await fetch(island.dataset.curve as string, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as CurveData;
  };
  let data: CurveData;
  try {
    data = await load();
  } catch {
    return;
  }
  if (data.days.length === 0) return;
  let by: "route" | "class" = "route";
  const bar = document.createElement("div");
  bar.className = "map-bar";
  const box = document.createElement("div");
  box.className = "chart";
  box.setAttribute("role", "img");
  island.append(bar, box);
  for (const one of ["route", "class"] as const) {
    const label = document.createElement("label");
    label.className = "check";
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "by-what";
    radio.checked = one === by;
    radio.addEventListener("change", () => {
      by = one;
      draw();
    });
    label.append(radio, one === "route" ? texts.byRoute : texts.byClass);
    bar.append(label);
  }
  island.classList.add("on");
  let chart: EChartsType = init(box);
  const draw = (): void => {
    const ink = colour("--ink"), faint = colour("--faint"), line = colour("--line");
    const shown = columns(data, by);
    const palette: Record<string, string> = { social: colour("--bd-social"), controlled: colour("--bd-controlled"), other: colour("--bd-other"), confirmed: colour("--bd-bad"), asymptomatic: colour("--bd-warn"), suspect: colour("--bd-controlled"), probable: colour("--k4"), unclassified: colour("--bd-other") };
    chart.setOption({
      animation: false,
      aria: { enabled: true, label: { description: `${texts.title}. ${texts.says}` } },
      grid: { left: 48, right: 16, top: 36, bottom: 64 },
      textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
      legend: { textStyle: { color: ink }, top: 0 },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      dataZoom: [{ type: "inside" }, { type: "slider", height: 22, bottom: 8, textStyle: { color: faint } }],
      xAxis: { type: "category", data: data.days.map((d) => d.day), axisLabel: { color: faint }, axisLine: { lineStyle: { color: line } } },
      yAxis: { type: "value", minInterval: 1, axisLabel: { color: faint }, splitLine: { lineStyle: { color: line } } },
      series: [
        ...shown.map((s) => ({
          name: by === "route" ? texts[s.name] : texts.classes[s.name],
          type: "bar" as const,
          stack: "cases",
          itemStyle: { color: palette[s.name] ?? faint },
          data: s.values.map((value, i) => (data.days[i].waiting > 0 ? { value, itemStyle: { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4, color: "rgba(255,255,255,.55)" } } } : value)),
        })),
        { name: texts.mean, type: "line", showSymbol: false, lineStyle: { width: 2.5, color: ink }, itemStyle: { color: ink }, data: data.days.map((d) => (d.mean === null ? null : Math.round(d.mean * 10) / 10)) },
      ],
    }, true);
  };
  draw();
  new ResizeObserver(() => chart.resize()).observe(box);
  onLook(draw);
  document.addEventListener("qipan:live", () => {
    load().then((fresh) => {
      data = fresh;
      draw();
    }, () => undefined);
  });
}

/** A colour of the page as a canvas takes it. */
function colour(name: string): string {
  const probe = document.createElement("i");
  probe.className = "probe";
  document.body.append(probe);
  probe.style.setProperty("color", `var(${name})`);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = getComputedStyle(probe).color;
  pen.fillRect(0, 0, 1, 1);
  probe.remove();
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return `rgb(${r},${g},${b})`;
}
