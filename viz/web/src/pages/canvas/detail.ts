/** Level of detail: what is drawn of how many, and what is told of the rest. */

export interface Detail {
  /** Names at most; every one where `all`. */
  names: number;
  all: boolean;
  /** Least radius in px of a disc that carries its ring, and of one that carries its glyph or icon. */
  ring: number;
  glyph: number;
  /** Lines of a pair and kind as one. */
  bundle: boolean;
  /** Discs are drawn by WebGL below: names and what is chosen only. */
  bare?: boolean;
}

/** Up to here every name is shown. */
export const ALL_NAMES = 120;
const FEW = 300;
/** Up to here the plane draws every mark; beyond, WebGL draws discs and lines. */
export const MARKS_UP_TO = 2_000;

/** What to draw of `within` objects on screen of a canvas of `all`. */
export function detailOf(all: number, within: number): Detail {
  return {
    all: within <= ALL_NAMES,
    names: within <= ALL_NAMES ? ALL_NAMES : within <= FEW ? 120 : within <= MARKS_UP_TO ? 80 : 40,
    ring: 5,
    glyph: 6,
    bundle: all > FEW,
  };
}

/** What one paint showed of how much. */
export interface Told {
  within: number;
  names: number;
  glyphs: number;
  lines: number;
  /** Gangs without an outline. */
  unlined: number;
}
