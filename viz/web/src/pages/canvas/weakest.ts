/** The link a path breaks at first. */
import type { PathHop } from "~/generated/api";

/** How firm a hop is: a conclusion by its score, records by how many there are of them. */
const firmness = (hop: PathHop): number =>
  typeof hop.score === "number" ? hop.score : 1 + Math.log10(Math.max(1, hop.count ?? 1));

/** The place of the weakest hop; -1 where there is nothing to compare. */
export function weakestOf(hops: readonly PathHop[]): number {
  if (hops.length < 2) return -1;
  const all = hops.map(firmness);
  return all.indexOf(Math.min(...all));
}
