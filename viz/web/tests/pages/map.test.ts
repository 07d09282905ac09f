import { expect, it } from "vitest";
import type { Happened } from "~/generated/api";
import { extentOf, histogram, within } from "~/pages/map/model";

const DAY = 86_400_000;
const event = (at: string | null, more: Partial<Happened> = {}): Happened =>
  ({ kind: "CALLED", id: at ?? "undated", at, until: null, ...more }) as Happened;
const at = (text: string) => Date.parse(text);

it("shows undated events with the whole period and in no part of it", () => {
  // Trap: an undated statement seems to have happened in whatever week one looks at.
  const events = [event("2026-01-02T00:00:00Z"), event(null)];
  const week: [number, number] = [at("2026-01-01T00:00:00Z"), at("2026-01-08T00:00:00Z")];
  expect(within(events, new Set(), week, false).length).toBe(1);
  expect(within(events, new Set(), week, true).length).toBe(2);
  expect(within(events, new Set(["CALLED"]), week, true)).toEqual([]);
});

it("shows a stay that began before the period", () => {
  // Trap: who checked in the day before is not in the hotel.
  const stay = event("2026-01-01T00:00:00Z", { until: "2026-01-05T00:00:00Z" });
  expect(within([stay], new Set(), [at("2026-01-04T00:00:00Z"), at("2026-01-09T00:00:00Z")], false)).toEqual([
    stay,
  ]);
});

it("takes its extent from dated events only", () => {
  // Trap: one undated event, and the timeline runs from 1970.
  expect(extentOf([event(null)])).toEqual([0, DAY]);
  const [from, until] = extentOf([event("2026-01-01T12:00:00Z"), event(null), event("2026-01-03T12:00:00Z")]);
  expect([from, until]).toEqual([at("2026-01-01T00:00:00Z"), at("2026-01-04T00:00:00Z")]);
});

it("counts money above and everything else below, each once", () => {
  // Trap: a payment drawn as a call.
  const events = [
    event("2026-01-01T12:00:00Z"),
    event("2026-01-01T13:00:00Z", { kind: "PAID" }),
    event(null),
  ];
  const bins = histogram(events, extentOf(events));
  expect(bins.map(({ up, down }) => [up, down])).toEqual([[1, 1]]);
});
