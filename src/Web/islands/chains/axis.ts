import { dayOf } from "./data.ts";

export interface Tick {
  day: number;
  label: string;
  /** The first of a year, or of a month among days. */
  strong: boolean;
}

/** Days that are named on the axis: each day, Mondays, months or years, so that the names do not touch. */
export function ticksOf(graph: { from: string }, first: number, last: number, dayWidth: number): Tick[] {
  const ticks: Tick[] = [];
  const name = dayWidth >= 44 ? everyDay : dayWidth * 7 >= 50 ? mondays : dayWidth * 30 >= 62 ? months : dayWidth * 91 >= 62 ? quarters : years;
  for (let day = Math.floor(first); day <= Math.ceil(last); day++) {
    const text = dayOf(graph, day);
    const label = name(text);
    if (label)
      ticks.push({ day, label, strong: text.endsWith("-01-01") || (name !== months && name !== quarters && text.endsWith("-01")) });
  }
  return ticks;
}

const everyDay = (text: string): string => text.slice(5);

const mondays = (text: string): string => (new Date(text + "T00:00:00Z").getUTCDay() === 1 ? text.slice(5) : "");

const months = (text: string): string => (text.endsWith("-01") ? text.slice(0, 7) : "");

const quarters = (text: string): string => (/-(01|04|07|10)-01$/.test(text) ? text.slice(0, 7) : "");

const years = (text: string): string => (text.endsWith("-01-01") ? text.slice(0, 4) : "");
