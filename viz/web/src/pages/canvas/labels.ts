/** Names beside the discs and sums beside the lines of what is chosen: each only where it covers nothing. */
import { count, yuan } from "~/core/format";
import { bend, onCurve, type Line } from "./bundles";
import type { GNode } from "./elements";
import { touches } from "./lines";
import { firstFree, placeNames, Room, type Wanted } from "./placing";
import { FONT, type Point, type Scene } from "./scene";

const LINE = 15;
const LONGEST = 18;
const TRIED = 600; // of tens of thousands
const SUMS_AT_MOST = 60;
const SHORTEST = 70; // px of a line that can carry a sum

const ORDER: readonly string[] = [
  "organiser",
  "wholesaler",
  "payee",
  "runner",
  "retailer",
  "user",
  "unknown",
];

/** Of dots without glyph, those a name keeps clear of: cases, and persons from the retailer up. */
const SEEN = 6;

/** Pinned first, then cases and seizures, organiser to retailer, the rest. */
export const rankOf = (node: GNode): number =>
  node.pinned
    ? 0
    : node.label === "Case" || node.label === "Seizure" || node.label === "Gang"
      ? 1
      : 2 + (node.label === "Person" ? ORDER.indexOf(node.role) : 9);

const widths = new Map<string, number>();

function widthOf(pen: CanvasRenderingContext2D, text: string, font: string): number {
  const key = `${font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    pen.font = font;
    width = pen.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

const short = (said: string): string =>
  said.length > LONGEST ? `${said.slice(0, 10)}…${said.slice(-5)}` : said;
const fontOf = (node: GNode): string => (node.label === "Person" ? `600 12px ${FONT}` : `12px ${FONT}`);

/** What names and sums keep clear of: discs with their rings, tools at the edges, labels of hulls. */
export function roomOf(scene: Scene): Room {
  const room = new Room();
  if (scene.moving) return room;
  for (const id of scene.within) {
    const [node, at] = [scene.node(id), scene.places.get(id)];
    if (!node || !at) continue;
    const radius = scene.radius(node);
    if (radius >= scene.detail.ring) room.add({ ...at, half: radius + 2, tall: radius + 2 }, id);
    else if (rankOf(node) <= SEEN) room.add({ ...at, half: radius * 0.8, tall: radius * 0.8 }, id);
  }
  return room;
}

/** Write the names there is room for; returns how many. */
export function labels(pen: CanvasRenderingContext2D, scene: Scene, room: Room): number {
  const beside = new Set<string>();
  for (const line of scene.lines)
    if (touches(line, scene.chosen)) for (const id of [line.from, line.to]) beside.add(id);
  const first = (node: GNode) =>
    scene.chosen.has(node.id) || node.id === scene.hover ? 0 : beside.has(node.id) ? 1 : 2;
  const shown = scene.nodes.filter((node) => scene.within.has(node.id));
  if (scene.chosen.size || scene.hover) shown.sort((a, b) => first(a) - first(b));
  if (scene.moving) return again(pen, scene, shown);
  const tried = scene.detail.bare ? shown.slice(0, TRIED) : shown;
  const found = placeNames(room, wanted(pen, scene, tried), scene.detail.names, scene.detail.all);
  scene.names.clear();
  for (const [id, at] of found) {
    const disc = scene.places.get(id);
    if (disc) scene.names.set(id, { x: at.x - disc.x, y: at.y - disc.y });
  }
  return again(pen, scene, shown);
}

/** Write the names where they were placed. */
function again(pen: CanvasRenderingContext2D, scene: Scene, nodes: readonly GNode[]): number {
  let written = 0;
  for (const node of nodes) {
    const [off, at] = [scene.names.get(node.id), scene.places.get(node.id)];
    if (!off || !at) continue;
    halo(pen, short(scene.label(node)), at.x + off.x, at.y + off.y, scene, fontOf(node));
    written++;
  }
  return written;
}

function* wanted(pen: CanvasRenderingContext2D, scene: Scene, nodes: readonly GNode[]): Generator<Wanted> {
  for (const node of nodes) {
    const at = scene.places.get(node.id);
    if (!at) continue;
    const radius = scene.radius(node);
    yield {
      id: node.id,
      ...at,
      radius: radius < scene.detail.ring ? radius : radius + 4,
      half: widthOf(pen, short(scene.label(node)), fontOf(node)) / 2 + 2,
      tall: LINE / 2,
      must: scene.chosen.has(node.id) || node.id === scene.hover,
    };
  }
}

export function halo(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  scene: Pick<Scene, "colours">,
  font: string,
  colour = scene.colours.text,
): void {
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3.5;
  pen.lineJoin = "round";
  pen.strokeStyle = scene.colours.sunken;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** What a line says: strength of a conclusion, sum and number of payments, number of anything else. */
export const saidOf = (line: Line): string =>
  line.derived
    ? (line.score ?? 0).toFixed(2)
    : line.hue === "money" && line.sum > 0
      ? `${yuan(line.sum)} · ${count(line.count)}`
      : `${count(line.count)}`;

/** Sums beside the lines of what is chosen, pinned or pointed at, where there is room. */
export function sums(pen: CanvasRenderingContext2D, scene: Scene, room: Room): void {
  if (scene.moving) return;
  const focus = new Set(scene.chosen);
  for (const id of [scene.hover, scene.line]) if (id) focus.add(id);
  if (scene.detail.all) for (const node of scene.nodes) if (node.pinned) focus.add(node.id);
  if (!focus.size) return;
  const own = scene.lines.filter((line) => touches(line, focus));
  own.sort((a, b) => Number(b.key === scene.line) - Number(a.key === scene.line) || b.sum - a.sum);
  const font = `11px ${FONT}`;
  let shown = 0;
  for (const line of own) {
    const [a, b] = [scene.places.get(line.from), scene.places.get(line.to)];
    if (!a || !b || Math.hypot(a.x - b.x, a.y - b.y) < SHORTEST) continue;
    const text = saidOf(line);
    const half = widthOf(pen, text, font) / 2 + 3;
    const at = firstFree(room, beside(a, b, line.bow, half), half, 8);
    if (!at) continue;
    halo(pen, text, at.x, at.y, scene, font, scene.colours.hue(line.hue));
    if (++shown >= SUMS_AT_MOST) return;
  }
}

/** Places beside a line: at its middle, then towards its ends; on the upper side, then on the lower. */
function* beside(a: Point, b: Point, bow: number, half: number): Generator<Point> {
  const middle = bend(a, b, bow);
  const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / far, (b.y - a.y) / far];
  const away = 9 + Math.abs(uy) * half;
  for (const t of [0.5, 0.4, 0.6, 0.3, 0.7])
    for (const side of [1, -1]) {
      const at = onCurve(a, middle, b, t);
      const up = ux >= 0 ? -side : side;
      yield { x: at.x - uy * away * up, y: at.y + ux * away * up };
    }
}
