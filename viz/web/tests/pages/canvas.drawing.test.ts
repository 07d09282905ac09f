import { describe, expect, it } from "vitest";
import { ticks } from "~/pages/canvas/axis";
import { bend, bundled, distanceTo, onCurve } from "~/pages/canvas/bundles";
import { detailOf } from "~/pages/canvas/detail";
import { groupsOf } from "~/pages/canvas/groups";
import { axisFor, laidOut, LAYOUTS } from "~/pages/canvas/layouts";
import { PlainLens } from "~/pages/canvas/lens";
import { firstFree, placeNames, Room, type Wanted } from "~/pages/canvas/placing";
import { pushApart, roomOf } from "~/pages/canvas/spread";
import { asHtml } from "~/pages/canvas/taking";
import { weakestOf } from "~/pages/canvas/weakest";
import { A, answerOf, B, C, small } from "./canvas";

const wanted = (id: string, x: number, y: number): Wanted => ({ id, x, y, radius: 10, half: 20, tall: 8 });
const roomAround = (all: readonly Wanted[]) => {
  const room = new Room();
  for (const { id, x, y, radius } of all) room.add({ x, y, half: radius, tall: radius }, id);
  return room;
};

describe("names", () => {
  it("cover neither a disc nor another name", () => {
    // Trap: a name over the glyph of the man beside him, or two names over one another.
    const all = [wanted("a", 0, 0), wanted("b", 0, 24), wanted("c", 30, 0)];
    const found = placeNames(roomAround(all), all, 9, false);
    const boxes = [...found].map(([id, at]) => ({ id, ...at, half: 20, tall: 8 }));
    for (const one of boxes) {
      const others = new Room();
      for (const other of boxes) if (other.id !== one.id) others.add(other);
      for (const disc of all) others.add({ x: disc.x, y: disc.y, half: 10, tall: 10 });
      expect(others.covered(one)).toBe(0);
    }
    expect(found.has("a")).toBe(true);
  });
  it("go by importance where there are too many, and the chosen one always has his", () => {
    // Trap: the one just clicked on stays nameless because eighty others came first.
    const all = Array.from({ length: 30 }, (_, n) => wanted(`n${n}`, n * 100, 0));
    all[29] = { ...wanted("n29", 2900, 0), must: true };
    const found = placeNames(roomAround(all), all, 5, false);
    expect([...found.keys()]).toEqual(["n0", "n1", "n2", "n3", "n4", "n29"]);
  });
  it("are all there among few, however close they stand", () => {
    // Trap: sixty-five people on the canvas, and forty without a name.
    const all = Array.from({ length: 65 }, (_, n) => wanted(`n${n}`, (n % 9) * 26, Math.floor(n / 9) * 26));
    expect(placeNames(roomAround(all), all, 120, true).size).toBe(65);
  });
  it("leave a sum out where there is no room beside its line", () => {
    // Trap: an amount written across a face.
    const room = new Room();
    room.add({ x: 0, y: 0, half: 50, tall: 50 });
    expect(firstFree(room, [{ x: 0, y: 10 }], 20, 8)).toBeNull();
    expect(
      firstFree(
        room,
        [
          { x: 0, y: 10 },
          { x: 90, y: 0 },
        ],
        20,
        8,
      ),
    ).toEqual({ x: 90, y: 0 });
    expect(firstFree(room, [{ x: 90, y: 0 }], 20, 8)).toBeNull();
  });
});

describe("lines", () => {
  const back = { id: "r", type: "PAID", from: B, to: A, amount: 70 };
  it("are joined by pair and kind among many only, with every event still in them", () => {
    // Trap: a bundle that loses payments, or one that mixes talk with money.
    const model = small();
    model.add("back", answerOf([A, B], [back]), null);
    const edges = model.edges.value;
    expect(bundled(edges, false).length).toBe(edges.length);
    const money = bundled(edges, true).filter((line) => line.hue === "money");
    expect(money.map((line) => [line.count, line.sum, line.edges.length])).toEqual([[3, 30_570, 2]]);
    expect(money[0]).toMatchObject({ forth: false, back: false });
  });
  it("of one pair lie apart, whichever way they go", () => {
    // Trap: there and back drawn over one another, so that it seems one way.
    const model = small();
    model.add("back", answerOf([A, B], [back]), null);
    const ends: Record<string, { x: number; y: number }> = { [A]: { x: 0, y: 0 }, [B]: { x: 200, y: 0 } };
    const middles = bundled(model.edges.value, false)
      .filter((line) => line.from in ends && line.to in ends)
      .map((line) => {
        const [a, b] = [ends[line.from], ends[line.to]];
        return a && b ? Math.round(onCurve(a, bend(a, b, line.bow), b, 0.5).y) : 0;
      });
    expect(new Set(middles).size).toBe(3);
  });
  it("are hit where they are drawn, not where they would be straight", () => {
    // Trap: a click on a bowed line opens the one beside it.
    const [a, b] = [
      { x: 0, y: 0 },
      { x: 200, y: 0 },
    ];
    expect(distanceTo({ x: 100, y: 30 }, a, b, 30)).toBeLessThan(1);
    expect(distanceTo({ x: 100, y: 0 }, a, b, 30)).toBeGreaterThan(20);
  });
});

describe("layouts", () => {
  it("leave no object on another, whichever layout", () => {
    // Trap: a disc over the glyph of the next.
    const model = small();
    const ids = Array.from({ length: 125 }, (_, n) => `Person:${n}`);
    const calls = ids.slice(1).map((id, n) => ({
      id: `c${n}`,
      type: "CALLED",
      from: ids[n % 7] ?? A,
      to: id,
      at: `2026-01-0${1 + (n % 3)}T10:00:00+08:00`,
    }));
    model.add("many", answerOf(ids, calls), null);
    const nodes = model.visible();
    const axis = axisFor(model.extent(), nodes, model.edges.value);
    for (const name of LAYOUTS) {
      const places = laidOut(name, nodes, model.edges.value, undefined, axis);
      const room = new Room();
      let over = 0;
      for (const node of nodes) {
        const [x, y] = places.get(node.id) ?? [0, 0];
        const half = roomOf(node, nodes.length).wide - 7; // the disc
        over += room.covered({ x, y, half, tall: half }) > 0 ? 1 : 0;
        room.add({ x, y, half, tall: half });
      }
      expect([name, over]).toEqual([name, 0]);
    }
  });
  it("keep what is fixed where it stands", () => {
    // Trap: the middle of the rings pushed aside by what surrounds it.
    const points: [number, number][] = [
      [0, 0],
      [1, 1],
      [-1, 2],
    ];
    const halves = points.map(() => ({ wide: 10, high: 10 }));
    pushApart(points, halves, (n) => n === 0);
    expect(points[0]).toEqual([0, 0]);
  });
  it("put a moment at one place across, and date it in Beijing's days", () => {
    // Trap: two calls of one minute far apart; a date line eight hours off.
    const model = small();
    const axis = axisFor(model.extent(), model.visible(), model.edges.value);
    const places = laidOut("time", model.visible(), model.edges.value, undefined, axis);
    expect(places.get(A)?.[0]).toBe(0);
    const from = Date.parse("2026-01-30T12:00:00+08:00");
    const days = ticks(from, from + 4 * 86_400_000, 80 / 86_400_000);
    expect(days.map(({ text }) => text)).toEqual(["01-31", "02-01", "02-02", "02-03"]);
    expect(days[0]?.at).toBe(Date.parse("2026-01-31T00:00:00+08:00"));
    expect(ticks(from, from + 90 * 86_400_000, 3 / 86_400_000).map(({ text }) => text)).toEqual([
      "2026-02",
      "2026-03",
      "2026-04",
    ]);
  });
});

it("zooms around the pointer and fits all of it between the tools", () => {
  // Trap: the object under the pointer runs away from it; a fitted picture below the palette.
  const lens = new PlainLens(() => ({ width: 900, height: 500 }));
  lens.fit({ left: -500, right: 500, low: -300, high: 300 }, 60);
  const corner = lens.onScreen(-500, 300);
  expect(corner.x).toBeGreaterThanOrEqual(70);
  expect(corner.y).toBeGreaterThanOrEqual(40);
  const before = lens.inGraph(700, 100);
  lens.zoom(2.5, { x: 700, y: 100 });
  const after = lens.onScreen(before.x, before.y);
  expect([Math.round(after.x), Math.round(after.y)]).toEqual([700, 100]);
});

it("says less of more, and everything of few", () => {
  // Trap: two thousand names at once, or sixty-five objects of which some have none.
  expect([65, 700, 2_000, 9_000].map((n) => detailOf(n, n).names)).toEqual([120, 80, 80, 40]);
  expect([65, 700].map((n) => [detailOf(n, n).all, detailOf(n, n).bundle])).toEqual([
    [true, false],
    [false, true],
  ]);
});

it("counts what is hidden by role and kind", () => {
  // Trap: "show hidden" without how many, or a role that is gone from the legend once it is hidden.
  const model = small();
  model.know(new Map([[B, { role: "retailer" as const, gang: "", confirmed: false }]]));
  model.hide("hide", [B]);
  const groups = groupsOf(model.nodes.values());
  expect(groups.map(({ key, shown, hidden }) => [key, shown, hidden])).toContainEqual([
    "role:retailer",
    0,
    1,
  ]);
});

it("takes several changes back as one step", () => {
  // Trap: expanding five, and five times Ctrl Z to be rid of it.
  const model = small();
  const before = model.undo.behind.value;
  model.together("five", () => {
    for (let n = 0; n < 5; n++)
      model.add(
        "",
        answerOf([A, `Phone:${n}`], [{ id: `h${n}`, type: "HOLDS", from: A, to: `Phone:${n}` }]),
        A,
      );
  });
  expect([model.nodes.size, model.undo.behind.value]).toEqual([8, before + 1]);
  model.undo.undo();
  expect([...model.nodes.keys()]).toEqual([A, B, C]);
  model.undo.redo();
  expect(model.nodes.size).toBe(8);
});

it("marks the conclusion a path hangs on before any record", () => {
  // Trap: the weakest link read off the number of calls while one hop is only inferred.
  const hop = (score: number | null, count: number) => ({
    kind: "call",
    evidence: [],
    from: "a",
    to: "b",
    score,
    count,
  });
  expect(weakestOf([hop(null, 40), hop(0.4, 900), hop(null, 1)])).toBe(1);
  expect(weakestOf([hop(null, 40), hop(null, 2)])).toBe(1);
  expect(weakestOf([hop(0.1, 1)])).toBe(-1);
});

it("writes what files say as text", () => {
  // Trap: a name in a payment remark becomes markup in Word.
  expect(asHtml(["<b>"], [["a & <i>"]])).toContain("<td>a &amp; &lt;i&gt;</td>");
});
