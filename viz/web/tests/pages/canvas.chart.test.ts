/** Charts for a meeting: marks, their arrangement, undo of each act, what changed since one was saved. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { clearSelection, select } from "~/core/selection";
import { aligned, distributed, snapped } from "~/pages/canvas/chart/arranging";
import { Drawing } from "~/pages/canvas/chart/acts";
import { compared, standing } from "~/pages/canvas/chart/comparing";
import {
  type Begun,
  endsOf,
  looksWith,
  type Mark,
  moved,
  newMark,
  type Place,
  pulled,
  rectOf,
} from "~/pages/canvas/chart/marks";
import { seenMarks } from "~/pages/canvas/chart/taken";
import type { Model } from "~/pages/canvas/model";
import type { CanvasState } from "~/pages/canvas/state";
import { A, answerOf, B, C, small } from "./canvas";

const PLACES: Record<string, { x: number; y: number; radius: number }> = {
  [A]: { x: 0, y: 0, radius: 10 },
  [B]: { x: 100, y: 50, radius: 10 },
};
const place: Place = (id) => PLACES[id] ?? null;
const begun = (more: Partial<Begun>): Begun => ({
  kind: "text",
  from: { x: 10, y: 20 },
  until: null,
  on: null,
  to: null,
  pen: "red",
  letters: "medium",
  icon: "flag",
  unit: 1,
  ...more,
});
const box = (left: number, low: number, wide = 10, tall = 10) => ({
  left,
  right: left + wide,
  low,
  high: low + tall,
});

describe("a mark", () => {
  test("dragged from right to left or upwards has a size, not a negative one", () => {
    const frame = newMark(begun({ kind: "frame", from: { x: 50, y: 0 }, until: { x: 10, y: 40 } }), place);
    expect([frame.x, frame.y, frame.w, frame.h]).toEqual([10, 40, 40, 40]);
    expect(rectOf(frame, place)).toEqual({ left: 10, right: 50, low: 0, high: 40 });
  });

  test("made far out is readable there: its letters are of the zoom it was made at", () => {
    expect(newMark(begun({ unit: 0.1 }), place).size).toBeCloseTo(150);
  });

  test("on an object goes with it, and is nowhere while that is not shown", () => {
    const note = newMark(begun({ kind: "note", on: B }), place);
    expect(rectOf(note, place)?.left).toBe(134);
    expect(rectOf({ ...note, on: C }, place)).toBeNull();
    const arrow = newMark(begun({ kind: "arrow", on: A, to: B, until: { x: 90, y: 40 } }), place);
    expect(endsOf(arrow, place)).toEqual([PLACES[A], PLACES[B]]);
    expect(endsOf({ ...arrow, to: C }, place)).toBeNull();
  });

  test("an arrow from an object to itself is an arrow to a point", () => {
    expect(newMark(begun({ kind: "arrow", on: A, to: A, until: { x: 5, y: 5 } }), place).to).toBeNull();
  });

  test("moved as an arrow keeps the ends that hang on objects", () => {
    const arrow = newMark(begun({ kind: "arrow", on: A, until: { x: 60, y: 20 } }), place);
    const far = moved(arrow, { x: 5, y: 7 });
    expect(endsOf(far, place)).toEqual([PLACES[A], { x: 65, y: 27 }]);
  });

  test("pulled below the size of its letters stays a box", () => {
    const text = newMark(begun({}), place);
    const tiny = pulled(text, "corner", { x: -1000, y: 1000 });
    expect([tiny.w, tiny.h]).toEqual([2 * text.size, 2 * text.size]);
  });

  test("goes on paper with its upper edge above and its arrow the right way up", () => {
    const frame = newMark(begun({ kind: "frame", until: { x: 50, y: 0 } }), place);
    const arrow = newMark(begun({ kind: "arrow", until: { x: 50, y: 90 } }), place);
    const [a, b] = seenMarks([frame, arrow, { ...frame, kind: "note", on: C }], place);
    expect([a?.y, a?.h]).toEqual([-20, 20]);
    expect([b?.y, b?.h]).toEqual([-20, -70]);
    expect(seenMarks([{ ...frame, kind: "note", on: C }], place)).toEqual([]);
  });

  test("an object without colour and icon stands in no list", () => {
    const red = looksWith({}, [A], { pen: "red" });
    expect(red).toEqual({ [A]: { pen: "red", icon: null } });
    expect(looksWith(red, [A], { pen: null })).toEqual({});
  });
});

describe("arranging", () => {
  const rects = new Map([
    ["a", box(0, 0)],
    ["b", box(30, 5, 20)],
    ["c", box(90, 40)],
  ]);

  test("aligns edges at the outermost and middles at their mean", () => {
    expect(aligned(rects, "left").get("c")).toEqual({ x: -90, y: 0 });
    expect(aligned(rects, "top").get("a")).toEqual({ x: 0, y: 40 });
    const ways = [...aligned(rects, "centre").values()].map(({ x }) => x);
    expect(ways.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0);
  });

  test("distributes middles and leaves the outermost where they are", () => {
    const ways = distributed(rects, "across");
    expect([ways.get("a")?.x, ways.get("b")?.x, ways.get("c")?.x]).toEqual([0, 10, 0]);
    expect(distributed(new Map([...rects].slice(0, 2)), "across").size).toBe(0);
  });

  test("holds what is dragged near a line of another, and lets it go further away", () => {
    const near = snapped(box(0, 0), { x: 26, y: 300 }, [box(30, 5)], 7);
    expect(near).toEqual({ by: { x: 25, y: 300 }, x: 30, y: null });
    expect(snapped(box(0, 0), { x: 55, y: 300 }, [box(30, 5)], 7).by).toEqual({ x: 55, y: 300 });
  });
});

/** The parts of the canvas' state that drawing needs, without a stage. */
function bench(): { state: CanvasState; drawing: Drawing; model: Model } {
  const model = small();
  const held = <T>(value: T) => ({ value, peek: () => value });
  const cell = <T>(first: T) => {
    const one = { value: first, peek: () => one.value };
    return one;
  };
  const chart = {
    drawing: cell(false),
    tool: cell(null),
    pen: cell("red"),
    letters: cell("medium"),
    icon: cell("flag"),
    snap: cell(true),
    picked: cell<readonly string[]>([]),
    editing: cell(null),
    dialog: cell(null),
  };
  const state = { model, stage: { current: null }, chart, looked: held(0) } as unknown as CanvasState;
  return { state, drawing: new Drawing(state), model };
}

describe("drawing", () => {
  // No page here: letters are measured by what a browser without a pen falls back to.
  beforeAll(() => void vi.stubGlobal("document", { createElement: () => ({ getContext: () => null }) }));
  afterAll(() => void vi.unstubAllGlobals());
  beforeEach(clearSelection);

  test("every act is one step back and forth", () => {
    const { state, drawing, model } = bench();
    const steps = model.undo.behind.peek();
    drawing.made(newMark(begun({ kind: "frame", until: { x: 90, y: 90 } }), place));
    drawing.made(newMark(begun({}), place));
    drawing.write("上家");
    drawing.colour("green");
    drawing.nudge(1, 0);
    drawing.grow(1, -1);
    drawing.letters("large");
    drawing.edit();
    drawing.write("一号上家");
    const [frame, text] = model.hand.peek().marks;
    state.chart.picked.value = [frame?.id ?? "", text?.id ?? ""];
    drawing.align("left");
    drawing.remove();
    expect(model.hand.peek().marks).toEqual([]);
    expect(model.undo.behind.peek() - steps).toBe(9);
    const stands: Mark[][] = [];
    while (model.undo.behind.peek() > steps) {
      model.undo.undo();
      stands.push([...model.hand.peek().marks]);
    }
    expect(stands.at(-1)).toEqual([]);
    expect(new Set(stands.map((each) => JSON.stringify(each))).size).toBe(stands.length);
    while (model.undo.redo());
    expect(model.hand.peek().marks).toEqual([]);
  });

  test("an empty text is no mark, and giving up leaves nothing", () => {
    const { drawing, model } = bench();
    const steps = model.undo.behind.peek();
    for (const text of ["  ", null]) {
      drawing.made(newMark(begun({}), place));
      drawing.write(text);
    }
    expect(model.hand.peek().marks).toEqual([]);
    expect(model.undo.behind.peek()).toBe(steps);
  });

  test("objects and marks are moved and coloured together, as one step", () => {
    const { state, drawing, model } = bench();
    drawing.made(newMark(begun({ kind: "icon" }), place));
    const picked = state.chart.picked.peek();
    select([A]);
    state.chart.picked.value = picked;
    const [before, stood] = [model.undo.behind.peek(), model.nodes.get(A)?.x ?? 0];
    drawing.colour("blue");
    drawing.nudge(1, 0);
    expect(model.undo.behind.peek() - before).toBe(2);
    expect([model.nodes.get(A)?.x, model.hand.peek().marks[0]?.x]).toEqual([stood + 8, 18]);
    expect([model.hand.peek().looks[A]?.pen, model.hand.peek().marks[0]?.pen]).toEqual(["blue", "blue"]);
    model.undo.undo();
    model.undo.undo();
    expect(model.nodes.get(A)?.x).toBe(stood);
    expect(model.hand.peek().looks).toEqual({});
  });
});

describe("a chart that was saved", () => {
  test("tells what came, went, or got weaker, among its own objects only", () => {
    const then = small();
    const stood = standing(then, "R-1");
    expect(compared(stood, then)).toEqual([]);
    const now = small();
    now.know(new Map([[B, { role: "retailer", gang: "G1", confirmed: true }]]));
    now.events.delete("e2");
    Object.assign(now.events.get("e3") ?? {}, { score: 0.45 });
    now.add(
      "later",
      answerOf(
        [A, C, "Phone:1"],
        [
          { type: "CALLED", from: A, to: C, id: "n1" },
          { type: "CALLED", from: A, to: "Phone:1", id: "n2" },
        ],
      ),
      null,
    );
    const found = compared(stood, now).map(({ change, from, to }) => `${change} ${from} ${to}`);
    expect(found.sort()).toEqual(
      [
        `gone ${A} ${B}`,
        `weaker ${C} ${B}`,
        `fresh ${A} ${C}`,
        `role ${B} null`,
        `gang ${B} null`,
        `sure ${B} null`,
      ].sort(),
    );
  });
});
