/** Colours of the canvas, read from the tokens of the theme that is on. */
import { type Role, roleLook } from "~/core/legend";

export interface Palette {
  ground: string;
  text: string;
  quiet: string;
  line: string;
  accent: string;
  sunken: string;
  role: (role: Role) => string;
  /** What can be read on a fill. */
  on: (fill: string) => string;
  hue: (name: string) => string;
  group: (name: string) => string;
  /** A colour of the theme by its name. */
  token: (name: string) => string;
}

/**
 * Six lightness steps of one ink: gangs are told apart by hull and label, not by colours that mean something.
 */
const STEPS = ["organiser", "wholesaler", "retailer", "lineS", "move", "user"];

/** Relative luminance of #rrggbb (WCAG 2.2) above that at which black and white contrast alike. */
function bright(fill: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(fill.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim() || "#888888";
  return {
    ground: token("s1"),
    text: token("t1"),
    quiet: token("t2"),
    line: token("lineS"),
    accent: token("ac"),
    sunken: token("canvas"),
    token,
    role: (role) => token(roleLook(role).fill),
    on: (fill) => (bright(fill) ? "#1c2430" : "#ffffff"),
    hue: (name) => token(name === "text" ? "lineS" : name),
    group: (name) =>
      token(STEPS[[...name].reduce((sum, c) => sum + c.charCodeAt(0), 0) % STEPS.length] ?? "retailer"),
  };
}
