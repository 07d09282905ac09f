/** Colours of the canvas, read from the tokens of the theme that is on. */
import type { Role } from "~/parts/marks";

export interface Palette {
  ground: string;
  text: string;
  quiet: string;
  line: string;
  accent: string;
  sunken: string;
  role: (role: Role) => string;
  onRole: (role: Role) => string;
  hue: (name: string) => string;
  group: (name: string) => string;
}

/** Six lightness steps of one ink: gangs are told apart by hull and label, not by colours that mean something. */
const STEPS = ["organiser", "wholesaler", "retailer", "lineS", "move", "user"];

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim() || "#888888";
  const roleToken = (role: Role) => (role === "runner" ? "goods" : role === "payee" ? "money" : role === "unknown" ? "s1" : role);
  return {
    ground: token("s1"), text: token("t1"), quiet: token("t2"), line: token("lineS"), accent: token("ac"), sunken: token("canvas"),
    role: (role) => token(roleToken(role)),
    onRole: (role) => (role === "user" ? token("on-user") : role === "unknown" ? token("t2") : token("on-role")),
    hue: (name) => token(name === "text" ? "lineS" : name),
    group: (name) => token(STEPS[[...name].reduce((sum, c) => sum + c.charCodeAt(0), 0) % STEPS.length] ?? "retailer"),
  };
}
