import { describe, expect, it } from "vitest";
import type { FlowShown, TransferShown } from "~/generated/api";
import { drawn, mainCurrency, MOST } from "~/pages/trace/layout";
import { shapesOf } from "~/pages/trace/shapes";

const flow = (
  layer: number,
  from: string,
  to: string,
  fen: number,
  currency: string | null = "CNY",
): FlowShown => ({
  ...{ layer, from, to, fen, currency, payments: 1, cash_fen: 0 },
  ...{ first: null, last: null, evidence: [] },
});
const FRAME = { width: 900, height: 400 };

describe("a trace drawn in columns", () => {
  it("runs from left to right whichever way it was followed", () => {
    // Trap: money that came from a source drawn as if it went there.
    const down = drawn([flow(1, "a", "b", 100), flow(2, "b", "c", 90)], "down", FRAME);
    const up = drawn([flow(1, "b", "a", 100), flow(2, "c", "b", 90)], "up", FRAME);
    for (const picture of [down, up]) {
      expect(picture.columns).toBe(3);
      for (const each of picture.ribbons) expect(each.from.column + 1).toBe(each.to.column);
    }
    expect(up.boxes.find((each) => each.party === "a")?.column).toBe(2);
  });

  it("draws sums to one scale, inside the frame and without overlap", () => {
    // Trap: ribbons wider than their boxes, boxes over each other.
    const flows = ["b", "c", "d"].map((to, at) => flow(1, "a", to, 100 * (at + 1)));
    const { boxes, ribbons } = drawn(flows, "down", FRAME);
    const ends = boxes.filter((each) => each.column === 1).sort((a, b) => a.y - b.y);
    for (const [at, each] of ends.entries()) {
      expect(each.y + each.height).toBeLessThanOrEqual(ends[at + 1]?.y ?? FRAME.height);
      expect(ribbons.find((one) => one.to === each)?.width).toBeCloseTo(each.height);
    }
    const start = boxes.find((each) => each.party === "a");
    expect(ribbons.reduce((sum, each) => sum + each.width, 0)).toBeCloseTo(start?.height ?? 0);
  });

  it("keeps the same party of two layers apart and folds the small ones of a full column", () => {
    // Traps: money that came back drawn as a circle; forty parties as forty lines; a fold that loses sums.
    const back = drawn([flow(1, "a", "b", 100), flow(2, "b", "a", 90)], "down", FRAME);
    expect(back.boxes.filter((each) => each.party === "a").map((each) => each.column)).toEqual([0, 2]);
    const many = Array.from({ length: 40 }, (_, n) => flow(1, "a", `b${n}`, 10 + n));
    const { boxes, ribbons } = drawn(many, "down", FRAME);
    const rest = boxes.find((each) => each.party === null);
    expect(boxes).toHaveLength(MOST + 1);
    expect(rest?.rest).toBe(40 - MOST + 1);
    expect(ribbons.reduce((sum, each) => sum + each.fen, 0)).toBe(
      many.reduce((sum, each) => sum + each.fen, 0),
    );
  });

  it("draws one currency only", () => {
    // Trap: dollars added to yuan.
    expect(mainCurrency([flow(1, "a", "b", 5, "USD"), flow(1, "a", "b", 9)])).toBe("CNY");
    expect(mainCurrency([])).toBeNull();
  });

  it("draws yuan where there are any, else what most payments are in", () => {
    // Traps: 30,000 yen outweigh 2,000 yuan; of two currencies the one whose unit is the smallest.
    expect(mainCurrency([flow(1, "a", "b", 3_000_000, "JPY"), flow(1, "a", "c", 200_000)])).toBe("CNY");
    const dollars = { ...flow(1, "a", "b", 5, "USD"), payments: 3 };
    expect(mainCurrency([flow(1, "a", "b", 900, "JPY"), dollars, flow(1, "a", "b", 900, null)])).toBe("USD");
  });
});

describe("sums that were split, gathered or came back", () => {
  it("counts the parts of a split, and every payment of a return", () => {
    // Trap: money that came back by three payments told as two.
    const paid = { from: "a", to: "b" } as TransferShown;
    const split = { share: 1, whole: paid, parts: [paid, paid] };
    const found = { splits: [split], merges: [], returns: [{ returned: 1, events: [paid, paid, paid] }] };
    expect(shapesOf(found).map((each) => each.parts.length)).toEqual([2, 3]);
  });
});
