/** What the page says, in the reader's language: written by src/Consoles/ChainDesk/GraphPart.razor. */
export interface Texts {
  /** By CaseClass. */
  classes: string[];
  /** CaseClass as the form's field holds it. */
  classNames: string[];
  /** By LinkConfidence. */
  confidences: string[];
  basis: string[];
  colourBy: string;
  byClass: string;
  byPlace: string;
  byCluster: string;
  byGeneration: string;
  generation: string;
  others: string;
  none: string;
  search: string;
  notFound: string;
  nearer: string;
  farther: string;
  whole: string;
  missing: string;
  tails: string;
  picture: string;
  help: string;
  loading: string;
  failed: string;
  seen: string;
  case: string;
  class: string;
  day: string;
  place: string;
  cluster: string;
  chain: string;
  gotFrom: string;
  passedTo: string;
  noSource: string;
  sourceMissing: string;
  openTail: string;
  open: string;
  wholeChain: string;
  links: string;
}

export const fill = (text: string, ...values: (string | number)[]): string => text.replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)]));
