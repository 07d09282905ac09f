/** Shapes of payments, in words. */
import type { Both } from "~/core/i18n";
import type { PatternsFound } from "~/generated/api";

export type PatternKind = PatternsFound["kind"];

export const PATTERNS: Record<PatternKind, Both> = {
  fan_in: ["集中转入：多人付给一人", "Fan-in: many pay one"],
  fan_out: ["分散转出：一人付给多人", "Fan-out: one pays many"],
  gather_scatter: ["集中后分散：多人付给一人，再付给多人", "Gather-scatter: many pay one, who pays many"],
  scatter_gather: ["分散后集中：经多人到另一人", "Scatter-gather: over many to another"],
  pass_through: ["过账：收到后随即付出", "Pass-through: what comes in leaves again"],
  cycle: ["回流：回到付出的人", "Cycle: money that comes back"],
  bipartite: ["双层：几人各付给同样几人", "Bipartite layer: several pay the same several"],
  stack: ["多层：两个双层相接", "Stack: two such layers in a row"],
};
