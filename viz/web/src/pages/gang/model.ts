/** What the body of a gang answer holds of each member beyond the list: measures, removal, rows. */
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
export interface Removal {
  parts: number;
  largest: number;
  fragmentation: number;
  supply_lost: number;
}
export interface Body {
  person: string;
  centrality: Measures | null;
  removal: Removal | null;
  evidence: string[];
}

export function bodies(page: GangPage): Map<string, Body> {
  const members = page.body["members"];
  return new Map(Array.isArray(members) ? (members as Body[]).map((each) => [each.person, each]) : []);
}
