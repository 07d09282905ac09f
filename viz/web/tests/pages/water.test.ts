/** The axis of the waste-water chart. */
import { expect, test } from "vitest";
import { heights, type Sample } from "~/pages/water/model";

function sample(value: number | null, limit: number | null = null): Sample {
  return {
    at: "2024-03-01",
    load: null,
    below: value === null,
    z: null,
    centre: 40,
    value,
    limit,
    alarm: false,
    evidence: [],
  };
}

test("the axis holds values, limits and the usual level, with few round marks", () => {
  const axis = heights([sample(300), sample(null, 2)]);
  expect(axis && axis.least < 2 && axis.most > 300).toBe(true);
  expect(axis?.marks.length).toBeLessThanOrEqual(6);
  expect(axis?.marks[0]).toBe(2);
});

test("what was never measured draws nothing, and one value still has a span", () => {
  expect(heights([{ ...sample(null), centre: null }])).toBeNull();
  const one = heights([{ ...sample(0.03), centre: null }]);
  expect(one && one.least < 0.03 && one.most > 0.03).toBe(true);
});
