/** The lines of a text in its box; letters and box grow together, so they are the same at every zoom. */
import { FONT } from "../scene";

export const PITCH = 1.35; // of the height of letters, from line to line
export const INSET = 0.55; // of the height of letters, from the edge of a box to its text
const MEASURED = 100; // px of the letters that are measured

const known = new Map<string, readonly string[]>();
let pen: CanvasRenderingContext2D | null | undefined;

/** The lines of `text` where a line takes `wide` heights of its letters. */
export function linesOf(text: string, wide: number, bold = false): readonly string[] {
  const key = `${wide.toFixed(2)}${bold ? "b" : ""}|${text}`;
  let lines = known.get(key);
  if (!lines) {
    if (known.size > 2_000) known.clear();
    lines = text.split("\n").flatMap((typed) => broken(typed, Math.max(1, wide) * MEASURED, bold));
    known.set(key, lines);
  }
  return lines;
}

/** How many heights of letters a box with this text takes downwards. */
export const tallOf = (text: string, wide: number): number =>
  linesOf(text, wide - 2 * INSET).length * PITCH + 2 * INSET;

/** How many heights of letters the longest typed line takes across. */
export const widestOf = (text: string): number =>
  Math.max(...text.split("\n").map((typed) => widthOf(typed, false))) / MEASURED;

/** Latin words stay whole where they can, Han breaks anywhere. */
function broken(typed: string, most: number, bold: boolean): string[] {
  const found: string[] = [];
  let line = "";
  for (const word of typed.match(/[!-~]+ *|./gsu) ?? []) {
    for (const part of widthOf(word.trimEnd(), bold) > most ? [...word] : [word]) {
      if (line && widthOf((line + part).trimEnd(), bold) > most) {
        found.push(line.trimEnd());
        line = part.trimStart();
      } else line += part;
    }
  }
  return [...found, line];
}

function widthOf(text: string, bold: boolean): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return [...text].reduce((sum, c) => sum + (c > "\u2e80" ? 1 : 0.56), 0) * MEASURED;
  pen.font = `${bold ? "600 " : ""}${MEASURED}px ${FONT}`;
  return pen.measureText(text).width;
}
