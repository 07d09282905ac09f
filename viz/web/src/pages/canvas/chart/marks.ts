/** What is drawn by hand over the canvas: in units of the graph, y upwards, never changed in place. */
import type { Mark, OwnLook } from "~/generated/api";
import type { Bounds } from "../lens";
import type { Point } from "../scene";

export type { Mark, OwnLook };
export type Pen = Mark["pen"];
export type MarkKind = Mark["kind"];
export type OwnIcon = NonNullable<Mark["icon"]>;

export const PENS: readonly Pen[] = ["black", "red", "orange", "green", "blue", "violet", "grey"];
export const OWN_ICONS: readonly OwnIcon[] = [
  "user",
  "phone",
  "device-mobile",
  "car",
  "wallet",
  "credit-card",
  "home",
  "map-pin",
  "package",
  "pills",
  "flask",
  "flag",
  "alert-triangle",
  "eye",
  "gavel",
];
export const MOST_MARKS = 500;
export const MOST_TEXT = 1_000;

/** What somebody drew over a canvas. */
export interface Hand {
  readonly marks: readonly Mark[];
  /** The colour and icon an object was given, by its id. */
  readonly looks: Readonly<Record<string, { pen: Pen | null; icon: OwnIcon | null }>>;
}
export const NOTHING: Hand = { marks: [], looks: {} };
export const emptyHand = ({ marks, looks }: Hand): boolean => !marks.length && !Object.keys(looks).length;

/** Px at the zoom a mark is made at: it grows and shrinks with the picture from then on. */
const USUAL = {
  text: { w: 190, h: 34 },
  frame: { w: 260, h: 180 },
  arrow: { w: 140, h: 0 },
  icon: { w: 34, h: 34 },
  note: { w: 150, h: 34 },
} as const;
const BESIDE = 34; // px from the middle of an object to the note on it
export const LEAST = 12; // px a drag has to go to be a size and not a click
export const LETTERS = { small: 12, medium: 15, large: 24 } as const;
export type Letters = keyof typeof LETTERS;

/**
 * Where an object stands, and its radius in units of the graph, or a box drawn by hand, and half its size;
 * null where it is not on the canvas.
 */
export type Place = (id: string) => { x: number; y: number; radius: number; half?: Point } | null;

/** Places of objects, and of the boxes arrows may end at. */
export function placesWith(objects: Place, marks: readonly Mark[]): Place {
  return (id) => {
    const object = objects(id);
    if (object) return object;
    const mark = marks.find((each) => each.id === id && each.kind !== "arrow");
    const rect = mark && rectOf(mark, objects);
    if (!rect) return null;
    const [w, h] = [rect.right - rect.left, rect.high - rect.low];
    return { x: rect.left + w / 2, y: rect.low + h / 2, radius: 0, half: { x: w / 2, y: h / 2 } };
  };
}

/** How far it is from the middle of a place to its rim, in a direction of length 1. */
export function wayOut({ radius, half }: NonNullable<ReturnType<Place>>, step: Point): number {
  if (!half) return radius;
  const ways = [
    [half.x, step.x],
    [half.y, step.y],
  ].map(([long = 0, part = 0]) => (part ? long / Math.abs(part) : Infinity));
  return Math.min(...ways);
}

let made = 0;
const newId = (): string => `${Date.now().toString(36)}${(made++ % 1296).toString(36)}`;

export interface Begun {
  kind: MarkKind;
  from: Point;
  /** Where the drag ended; null for a click. */
  until: Point | null;
  on: string | null;
  to: string | null;
  pen: Pen;
  letters: Letters;
  icon: OwnIcon;
  /** Px per unit of the graph. */
  unit: number;
}

/** A new mark where somebody clicked or dragged; places in units of the graph. */
export function newMark(begun: Begun, place: Place): Mark {
  const { kind, from, until, unit, on } = begun;
  const usual = USUAL[kind];
  const common = {
    id: newId(),
    kind,
    text: "",
    pen: begun.pen,
    size: LETTERS[begun.letters] / unit,
    icon: kind === "icon" ? begun.icon : null,
    on: kind === "arrow" || kind === "note" ? on : null,
    to: kind === "arrow" && begun.to !== on ? begun.to : null,
  };
  if (kind === "arrow") {
    const end = until ?? { x: from.x + usual.w / unit, y: from.y };
    return { ...common, x: from.x, y: from.y, w: end.x - from.x, h: end.y - from.y };
  }
  if (kind === "note" && on && place(on))
    return { ...common, x: BESIDE / unit, y: BESIDE / unit, w: 0, h: 0 };
  if (!until && (kind === "text" || kind === "note")) return { ...common, x: from.x, y: from.y, w: 0, h: 0 };
  if (!until || kind === "icon" || kind === "note")
    return { ...common, x: from.x, y: from.y, w: usual.w / unit, h: usual.h / unit };
  return {
    ...common,
    x: Math.min(from.x, until.x),
    y: Math.max(from.y, until.y),
    w: Math.abs(from.x - until.x),
    h: Math.abs(from.y - until.y),
  };
}

/** The two ends of an arrow; null where it hangs on an object that is not on the canvas. */
export function endsOf(mark: Mark, place: Place): [Point, Point] | null {
  const [tail, head] = [mark.on && place(mark.on), mark.to && place(mark.to)];
  if ((mark.on && !tail) || (mark.to && !head)) return null;
  return [tail || { x: mark.x, y: mark.y }, head || { x: mark.x + mark.w, y: mark.y + mark.h }];
}

/** The rectangle a mark takes; null where what it sticks on is not on the canvas. */
export function rectOf(mark: Mark, place: Place): Bounds | null {
  if (mark.kind === "arrow") {
    const ends = endsOf(mark, place);
    if (!ends) return null;
    const [a, b] = ends;
    return {
      left: Math.min(a.x, b.x),
      right: Math.max(a.x, b.x),
      low: Math.min(a.y, b.y),
      high: Math.max(a.y, b.y),
    };
  }
  const base = mark.on ? place(mark.on) : { x: 0, y: 0 };
  if (!base) return null;
  const [left, high] = [base.x + mark.x, base.y + mark.y];
  return { left, right: left + mark.w, low: high - mark.h, high };
}

/** A mark moved; of an arrow the ends that hang on objects stay there. */
export function moved(mark: Mark, by: Point): Mark {
  if (mark.kind !== "arrow") return { ...mark, x: mark.x + by.x, y: mark.y + by.y };
  const [tail, head] = [mark.on ? 0 : 1, mark.to ? 0 : 1];
  return {
    ...mark,
    x: mark.x + tail * by.x,
    y: mark.y + tail * by.y,
    w: mark.w + (head - tail) * by.x,
    h: mark.h + (head - tail) * by.y,
  };
}

/** An arrow with one end taken off what it hung on. */
export function loose(mark: Mark, end: "tail" | "head", place: Place): Mark {
  const ends = endsOf(mark, place);
  if (!ends) return mark;
  const [a, b] = ends;
  const there = { ...mark, x: a.x, y: a.y, w: b.x - a.x, h: b.y - a.y };
  return end === "tail" ? { ...there, on: null } : { ...there, to: null };
}

export type Grip = "tail" | "head" | "corner";

/** A mark pulled at one of its grips; a box keeps room for a few letters. */
export function pulled(mark: Mark, grip: Grip, by: Point): Mark {
  if (grip === "head") return { ...mark, w: mark.w + by.x, h: mark.h + by.y };
  if (grip === "tail")
    return { ...mark, x: mark.x + by.x, y: mark.y + by.y, w: mark.w - by.x, h: mark.h - by.y };
  const least = 2 * mark.size;
  const w = Math.max(least, mark.w + by.x);
  return { ...mark, w, h: mark.kind === "icon" ? w : Math.max(least, mark.h - by.y) };
}

/** The colour and icon of some objects; null takes one away, and who has neither stands in no list. */
export function looksWith(
  looks: Hand["looks"],
  ids: readonly string[],
  changed: Partial<{ pen: Pen | null; icon: OwnIcon | null }>,
): Hand["looks"] {
  const next = { ...looks };
  for (const id of ids) {
    const look = { pen: null, icon: null, ...next[id], ...changed };
    if (look.pen || look.icon) next[id] = look;
    else delete next[id];
  }
  return next;
}
