/** Sums that were split, gathered or came back, as lines of one table. */
import type { Ordered, TransferShown } from "~/generated/api";
import { w } from "./words";

export interface Shape {
  key: string;
  what: string;
  party: string;
  whole: TransferShown;
  /** The payments counted: parts of the sum, or all by which it went round. */
  parts: readonly TransferShown[];
  share: number | null;
}

export function shapesOf(found: Pick<Ordered, "splits" | "merges" | "returns">): Shape[] {
  const shapes: Shape[] = [
    ...found.splits.map((each) => ({ ...each, what: w.split, party: each.whole.to })),
    ...found.merges.map((each) => ({ ...each, what: w.merged, party: each.whole.from })),
  ].map((each, at) => ({ ...each, key: `k${at}` }));
  for (const [at, each] of found.returns.entries()) {
    const whole = each.events[0];
    if (whole)
      shapes.push({
        ...{ key: `r${at}`, what: w.returned, party: whole.from, whole },
        ...{ parts: each.events, share: each.returned },
      });
  }
  return shapes;
}
