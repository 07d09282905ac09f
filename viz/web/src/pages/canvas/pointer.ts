/** Gestures on the canvas: press, drag, lasso, wheel, double click, context menu, hover. */
import type { Grip } from "./chart/marks";
import type { Point } from "./scene";

/** What the pointer is on. */
export interface Target {
  node?: string;
  line?: string;
  /** A mark drawn by hand, and its grip. */
  mark?: string;
  grip?: Grip;
}

export interface Gestures {
  at: (point: Point) => Target;
  lassoOn: () => boolean;
  click: (target: Target, event: MouseEvent) => void;
  open: (target: Target) => void;
  /** Whether a tool is at hand that draws. */
  making: () => boolean;
  make: (from: Point, until: Point | null, end: boolean) => void;
  drag: (target: Target, by: Point, end: boolean) => void;
  pan: (by: Point) => void;
  zoom: (factor: number, around: Point) => void;
  lasso: (around: readonly Point[], end: boolean, add: boolean) => void;
  hover: (target: Target, at: Point) => void;
  menu: (target: Target, at: Point) => void;
}

const STILL = 4; // px a press may move and be a click

/** Listen on a box; returns what ends it. */
export function listenOn(box: HTMLElement, does: Gestures): () => void {
  const ends = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    heard: (event: HTMLElementEventMap[K]) => void,
    passive = true,
  ) => box.addEventListener(name, heard, { signal: ends.signal, capture: true, passive });
  const pointOf = (event: MouseEvent): Point => {
    const frame = box.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  on("pointerdown", (event) => {
    event.stopPropagation();
    if (event.button === 0) press(box, event, pointOf, does);
  });
  on("pointermove", (event) => {
    if (!event.buttons) does.hover(does.at(pointOf(event)), pointOf(event));
  });
  on("pointerleave", () => does.hover({}, { x: 0, y: 0 }));
  on("dblclick", (event) => {
    event.stopPropagation();
    const target = does.at(pointOf(event));
    if (target.node || target.mark) does.open(target);
    else does.zoom(1.6, pointOf(event));
  });
  on(
    "wheel",
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      does.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY)) / 400), pointOf(event));
    },
    false,
  );
  on(
    "contextmenu",
    (event) => {
      event.preventDefault();
      event.stopPropagation();
      does.menu(does.at(pointOf(event)), pointOf(event));
    },
    false,
  );
  for (const name of ["mousedown", "mousemove", "mouseup", "click"] as const)
    on(name, (event) => event.stopPropagation());
  return () => ends.abort();
}

function press(
  box: HTMLElement,
  first: PointerEvent,
  pointOf: (event: MouseEvent) => Point,
  does: Gestures,
): void {
  const begin = pointOf(first);
  const target = does.at(begin);
  const making = does.making();
  const around = does.lassoOn() && !making ? [begin] : null;
  let [before, moved] = [begin, false];
  does.hover({}, begin);
  const move = (event: PointerEvent) => {
    const now = pointOf(event);
    if (!moved && Math.hypot(now.x - begin.x, now.y - begin.y) < STILL) return;
    const by = { x: now.x - before.x, y: now.y - before.y };
    [before, moved] = [now, true];
    if (making) does.make(begin, now, false);
    else if (around) {
      around.push(now);
      does.lasso(around, false, false);
    } else if (target.node || target.mark) does.drag(target, by, false);
    else does.pan(by);
  };
  const end = (event: PointerEvent) => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    if (making) does.make(begin, moved ? before : null, true);
    else if (around) does.lasso(around, true, event.shiftKey);
    else if (moved && (target.node || target.mark)) does.drag(target, { x: 0, y: 0 }, true);
    else if (!moved) does.click(target, event);
    box.style.cursor = "";
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
}
