/** A chart as it is kept. */

/** What a line or object was when the chart was saved, by its key: see `comparing.ts`. */
export interface Stood {
  run: string | null;
  lines: Record<string, [count: number, score: number | null]>;
  roles: Record<string, [role: string, gang: string | null, confirmed: boolean]>;
}
/** The chart a canvas is kept in. */
export interface ChartKept {
  id: string;
  name: string;
  author: string;
  caseNo: string | null;
  stood: Stood | null;
}
