import { expect, it } from "vitest";
import type { LaneHop } from "~/generated/api";
import { moneyWidth, totals } from "~/pages/chain/geometry";
import { zoomed } from "~/pages/chain/useChainView";

const DAY = 86_400_000;

it("zooms around what was chosen, never beyond the whole and never below a day", () => {
  // Trap: zooming out shows months before the first event; zooming in ends in an empty minute.
  const whole = [0, 100 * DAY] as const;
  expect(zoomed(whole, whole, 50 * DAY, 0.5)).toEqual([25 * DAY, 75 * DAY]);
  expect(zoomed(whole, [80 * DAY, 100 * DAY], 90 * DAY, 2)).toEqual([70 * DAY, 100 * DAY]);
  expect(zoomed(whole, [0, DAY], 0.5 * DAY, 0.5)).toBeNull();
});

it("counts a hop from its weeks where its events are too many to list", () => {
  // Trap: a hop with 4,000 calls says 200, as many as are listed.
  const hop = {
    events: [{ kind: "CALLED" }, { kind: "SENT" }, { kind: "PAID" }],
    weeks: [] as object[],
  } as unknown as LaneHop;
  expect(totals(hop)).toEqual({ talks: 1, parcels: 1 });
  const weeks = [
    { talks: 30, parcels: 2 },
    { talks: 10, parcels: 0 },
  ] as unknown as LaneHop["weeks"];
  expect(totals({ ...hop, weeks })).toEqual({ talks: 40, parcels: 2 });
});

it("keeps lines of money between a hair and a rope", () => {
  // Trap: log of nothing, or a million that hides its neighbours.
  expect([moneyWidth(null), moneyWidth(0), moneyWidth(1), moneyWidth(10 ** 12)]).toEqual([1.2, 1.2, 1.2, 6]);
});
