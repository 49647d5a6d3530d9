/** Colours for light and for dark pages. Hues that people with a colour-vision deficiency tell apart (after Okabe and Ito, 2008); classes differ in shape too. */
export interface Palette {
  paper: string;
  ink: string;
  faint: string;
  line: string;
  grid: string;
  edge: string;
  dim: string;
  accent: string;
  bad: string;
  warn: string;
  /** By CaseClass: suspect, probable, confirmed, asymptomatic, ruled out, unclassified. */
  classes: string[];
  /** The largest places or clusters, then all others. */
  groups: string[];
  /** Generation 0, 1, 2 … and the last for all later ones. */
  generations: string[];
}

const light: Palette = {
  paper: "#ffffff", ink: "#1d2126", faint: "#626b75", line: "#dcdad3", grid: "#f0eee8", edge: "#a9b2bb", dim: "#dfe1e3", accent: "#0b5f83", bad: "#b3261e", warn: "#9a6200",
  classes: ["#626b75", "#009e73", "#b5559a", "#d55e00", "#0072b2", "#626b75", "#626b75"],
  groups: ["#0072b2", "#d55e00", "#009e73", "#b5559a", "#b58900", "#3a9bd9", "#7a5230", "#9aa0a6"],
  generations: ["#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0a81e"],
};

const dark: Palette = {
  paper: "#1c2126", ink: "#e6e8ea", faint: "#9aa4ae", line: "#333a42", grid: "#242a30", edge: "#58636e", dim: "#363d45", accent: "#7cc4e8", bad: "#ff8b80", warn: "#e8b450",
  classes: ["#9aa4ae", "#3fc79a", "#e08cc6", "#ff8f3f", "#5db4f0", "#9aa4ae", "#9aa4ae"],
  groups: ["#5db4f0", "#ff8f3f", "#3fc79a", "#e08cc6", "#e6c34a", "#9fd8ff", "#c9a27e", "#737c86"],
  generations: ["#fde725", "#a0da39", "#4ac16d", "#1fa187", "#38a5b5", "#6f9bd6", "#b195e0"],
};

export const paletteOf = (isDark: boolean): Palette => (isDark ? dark : light);

/** A colour as the pixels of a canvas hold it on every machine that runs a browser: alpha, blue, green, red from the top byte. */
export const pixelOf = (colour: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
};
