/** What the body of a gang answer holds of each member beyond the list: measures, rows. */
import type { GangPage } from "~/generated/api";

export interface Measures {
  degree: number;
  strength: number;
  betweenness: number;
  closeness: number;
  eigenvector: number;
  reach_down: number;
  quadrant: string;
}
export interface Body {
  person: string;
  centrality: Measures | null;
  evidence: string[];
}

export function bodies(page: GangPage): Map<string, Body> {
  const members = page.body.members;
  return new Map(Array.isArray(members) ? (members as Body[]).map((each) => [each.person, each]) : []);
}
