/** The height of a row in which a number can be read. */
const text = 24;

/** Where the picture stands: days across, rows down, in pixels of the page. Rows grow before days, so that neither is lost. */
export class Camera {
  /** Pixels a day and a row when everything is seen. */
  private wholeDay = 1;
  private wholeRow = 1;
  /** 1: everything is seen. */
  zoom = 1;
  /** The day and the row at the top left corner. */
  day = 0;
  row = 0;
  width = 1;
  height = 1;

  constructor(readonly days: number, readonly rows: number, private readonly parts = 1) {}

  /** The largest zoom: a row as high as a line of text needs, and the parts of a day far enough from each other for their numbers. */
  get most(): number {
    return Math.max(1, text / this.wholeRow, this.bend * Math.pow(this.widest / this.wholeDay, 1 / 0.8));
  }

  /** Days begin to grow when a row can be seen: until then the whole time stays in sight. */
  get dayWidth(): number {
    return Math.max(this.wholeDay, Math.min(this.wholeDay * Math.pow(Math.max(1, this.zoom / this.bend), 0.8), this.widest));
  }

  get rowHeight(): number {
    return Math.min(this.wholeRow * this.zoom, Math.max(text, this.wholeRow));
  }

  private get bend(): number {
    return Math.max(1, 3 / this.wholeRow);
  }

  private get widest(): number {
    return 26 + 18 * this.parts;
  }

  size(width: number, height: number): void {
    const [day, row] = [this.day, this.row];
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.wholeDay = this.width / (this.days + 2);
    this.wholeRow = Math.min(this.height / (this.rows + 2), 22);
    this.zoom = Math.min(this.zoom, this.most);
    this.at(day, row);
  }

  whole(): void {
    this.zoom = 1;
    this.at(-1, -1);
  }

  x(day: number): number {
    return (day + 0.5 - this.day) * this.dayWidth;
  }

  y(row: number): number {
    return (row + 0.5 - this.row) * this.rowHeight;
  }

  dayAt(x: number): number {
    return x / this.dayWidth + this.day - 0.5;
  }

  rowAt(y: number): number {
    return y / this.rowHeight + this.row - 0.5;
  }

  pan(dx: number, dy: number): void {
    this.at(this.day - dx / this.dayWidth, this.row - dy / this.rowHeight);
  }

  /** Zooms so that what is at the point stays there. */
  zoomAt(factor: number, x: number, y: number): void {
    const [day, row] = [x / this.dayWidth + this.day, y / this.rowHeight + this.row];
    this.zoom = Math.min(this.most, Math.max(1, this.zoom * factor));
    this.at(day - x / this.dayWidth, row - y / this.rowHeight);
  }

  /** Brings a case to the middle, near enough to be read. */
  centre(day: number, row: number, zoom = this.zoom): void {
    this.zoom = Math.min(this.most, Math.max(1, zoom));
    this.at(day + 0.5 - this.width / this.dayWidth / 2, row + 0.5 - this.height / this.rowHeight / 2);
  }

  /** The zoom at which a row is so many pixels high. */
  zoomFor(rowHeight: number): number {
    return rowHeight / this.wholeRow;
  }

  /** The zoom at which a day is so many pixels wide. */
  zoomOf(dayWidth: number): number {
    return this.bend * Math.pow(Math.max(1, dayWidth / this.wholeDay), 1 / 0.8);
  }

  state(): { zoom: number; day: number; row: number } {
    return { zoom: this.zoom, day: this.day, row: this.row };
  }

  /** The place that lies between two at a part of the way. */
  between(a: { zoom: number; day: number; row: number }, b: { zoom: number; day: number; row: number }, part: number): void {
    const middle = (s: typeof a) => {
      this.zoom = s.zoom;
      return [s.day + this.width / this.dayWidth / 2, s.row + this.height / this.rowHeight / 2];
    };
    const [[ad, ar], [bd, br]] = [middle(a), middle(b)];
    this.zoom = a.zoom * Math.pow(b.zoom / a.zoom, part);
    this.at(ad + (bd - ad) * part - this.width / this.dayWidth / 2, ar + (br - ar) * part - this.height / this.rowHeight / 2);
  }

  /** Never so far that nothing is left to be seen: a third of the view stays over the picture. */
  private at(day: number, row: number): void {
    const [wide, high] = [this.width / this.dayWidth, this.height / this.rowHeight];
    this.day = hold(day, -1, this.days + 1, wide);
    this.row = hold(row, -1, this.rows + 1, high);
  }
}

function hold(at: number, first: number, last: number, view: number): number {
  if (last - first <= view)
    return first - (view - (last - first)) / 2;
  return Math.min(Math.max(at, first - view / 3), last - view + view / 3);
}
