/** What the chart of a series needs to know of its samples. */
import type { WaterItem } from "~/generated/api";

export type Sample = NonNullable<WaterItem["samples"]>[number];

export interface Heights {
  least: number;
  most: number;
  /** Round values to mark: 1, 2, 5, 10 … */
  marks: number[];
}

/** The span of a logarithmic axis that holds every sample and the usual level; null where there is none. */
export function heights(samples: readonly Sample[]): Heights | null {
  const values = samples.flatMap((each) =>
    [each.value, each.limit, each.centre].filter((value): value is number => value !== null && value > 0),
  );
  if (!values.length) return null;
  const least = Math.min(...values) / 1.6;
  const most = Math.max(...values) * 1.6;
  const marks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power += 1)
    for (const step of [1, 2, 5]) {
      const mark = Number((step * 10 ** power).toPrecision(1));
      if (mark >= least && mark <= most) marks.push(mark);
    }
  const every = Math.ceil(marks.length / 6);
  return { least, most, marks: marks.filter((_, place) => place % every === 0) };
}
