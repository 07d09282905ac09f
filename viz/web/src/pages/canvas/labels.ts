/** Names beside the discs, one to a place, and amounts on the lines of what is chosen. */
import { count, yuan } from "~/core/format";
import type { GNode } from "./elements";
import { FONT, onScreen, type Point, type Scene } from "./scene";

const LABELS_AT_MOST = 120;
const LINE = 15;
const DISCS_AT_MOST = 400; // beyond, names keep clear of names only

const ORDER: readonly string[] = [
  "organiser",
  "wholesaler",
  "payee",
  "runner",
  "retailer",
  "user",
  "unknown",
];

/** Selected first, then pinned, cases and seizures, organiser to retailer; one label to a cell. */
interface Disc extends Point {
  id: string;
  radius: number;
}

export function labels(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  places: ReadonlyMap<string, Point>,
): void {
  const rank = (node: GNode) =>
    scene.chosen.has(node.id)
      ? 0
      : node.pinned
        ? 1
        : node.label === "Case" || node.label === "Seizure"
          ? 2
          : 3 + (node.label === "Person" ? ORDER.indexOf(node.role) : 9);
  const taken: { x: number; y: number; half: number }[] = [];
  const few = scene.nodes.size <= DISCS_AT_MOST;
  const discs: Disc[] = [];
  if (few)
    for (const node of scene.nodes.values()) {
      const at = places.get(node.id);
      if (at) discs.push({ ...at, id: node.id, radius: scene.radius(node) });
    }
  for (const node of [...scene.nodes.values()].sort((a, b) => rank(a) - rank(b))) {
    const at = places.get(node.id);
    if (!at || !onScreen(at, scene)) continue;
    const y = at.y + scene.radius(node) + 14;
    const said = scene.label(node);
    const text = said.length > 18 ? `${said.slice(0, 10)}…${said.slice(-5)}` : said;
    const font = node.label === "Person" ? `600 12px ${FONT}` : `12px ${FONT}`;
    pen.font = font;
    const half = pen.measureText(text).width / 2 + 3;
    const over = discs.some(
      (each) =>
        each.id !== node.id &&
        Math.abs(each.y - y) < each.radius + 5 &&
        Math.abs(each.x - at.x) < each.radius + half,
    );
    const covered =
      over || taken.some((each) => Math.abs(each.y - y) < LINE && Math.abs(each.x - at.x) < each.half + half);
    if (covered && !scene.chosen.has(node.id)) continue;
    taken.push({ x: at.x, y, half });
    if (taken.length > LABELS_AT_MOST) return;
    halo(pen, text, at.x, y, scene, font);
  }
}

export function halo(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  scene: Scene,
  font: string,
): void {
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3.5;
  pen.lineJoin = "round";
  pen.strokeStyle = scene.colours.sunken;
  pen.strokeText(text, x, y);
  pen.fillStyle = scene.colours.text;
  pen.fillText(text, x, y);
}

/** Amount and count only on the edges of what is chosen. */
export function amounts(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  places: ReadonlyMap<string, Point>,
): void {
  if (!scene.chosen.size || scene.chosen.size > 3) return;
  let shown = 0;
  for (const edge of scene.edges) {
    if (!scene.chosen.has(edge.from) && !scene.chosen.has(edge.to)) continue;
    const [a, b] = [places.get(edge.from), places.get(edge.to)];
    if (!a || !b || Math.hypot(a.x - b.x, a.y - b.y) < 90 || ++shown > 30) continue;
    const text = edge.derived
      ? (edge.score ?? 0).toFixed(2)
      : edge.type === "PAID"
        ? `${yuan(edge.sum)} · ${count(edge.count)}`
        : `${count(edge.count)}`;
    halo(pen, text, (a.x + b.x) / 2, (a.y + b.y) / 2 - 6, scene, `11px ${FONT}`);
  }
}
