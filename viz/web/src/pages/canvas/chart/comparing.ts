/** A chart as it stood when it was saved, against what the service answers now: on ids and numbers only. */
import { isDerived } from "../relations";
import type { Model } from "../model";
import type { Stood } from "./kept";

const STRONGER = 0.1; // a change of strength that is told, as in notices of decisions

export type Change = "gone" | "fresh" | "stronger" | "weaker" | "more" | "fewer" | "role" | "gang" | "sure";

export interface Changed {
  change: Change;
  /** One object, or the two ends and the type of a relation. */
  from: string;
  type: string | null;
  to: string | null;
  before: string;
  now: string;
}

/** How the canvas stands now, to be compared with later. */
export function standing(model: Model, run: string | null): Stood {
  return {
    run,
    lines: Object.fromEntries(linesOf(model)),
    roles: Object.fromEntries(
      [...model.nodes.values()].map((node) => [node.id, [node.role, node.gang, node.confirmed] as const]),
    ) as Stood["roles"],
  };
}

/** Every relation of the model, whatever the filter shows. */
function linesOf(model: Model): Map<string, [number, number | null]> {
  const found = new Map<string, [number, number | null]>();
  for (const { from, type, to, score } of model.events.values()) {
    const key = `${from}|${type}|${to}`;
    const [count, best] = found.get(key) ?? [0, null];
    found.set(key, [count + 1, score === null ? best : Math.max(best ?? 0, score)]);
  }
  return found;
}

/** What changed among the objects that were on the chart when it was saved. */
export function compared(stood: Stood, model: Model): Changed[] {
  const found: Changed[] = [];
  const now = linesOf(model);
  for (const [key, then] of Object.entries(stood.lines)) {
    const change = lineChange(key, then, now.get(key));
    if (change) found.push(change);
  }
  for (const [key, line] of now) {
    const [from, type, to] = parts(key);
    if (!stood.lines[key] && stood.roles[from] && stood.roles[to])
      found.push({ change: "fresh", from, type, to, before: "", now: amount(type, line) });
  }
  for (const [id, [role, gang, sure]] of Object.entries(stood.roles)) {
    const node = model.nodes.get(id);
    const about = { from: id, type: null, to: null };
    if (!node) found.push({ change: "gone", ...about, before: "", now: "" });
    else {
      if (node.role !== role) found.push({ change: "role", ...about, before: role, now: node.role });
      if (node.gang !== gang)
        found.push({ change: "gang", ...about, before: gang ?? "", now: node.gang ?? "" });
      if (node.confirmed !== sure)
        found.push({ change: "sure", ...about, before: state(sure), now: state(node.confirmed) });
    }
  }
  return found;
}

const state = (sure: boolean): string => (sure ? "confirmed" : "candidate");

/** Ids hold no bar in the middle: `Person:P-1|SUPPLIES|Person:P-2`. */
function parts(key: string): [string, string, string] {
  const [from = "", type = "", ...to] = key.split("|");
  return [from, type, to.join("|")];
}

function lineChange(
  key: string,
  then: [number, number | null],
  now: [number, number | null] | undefined,
): Changed | null {
  const [from, type, to] = parts(key);
  const said = { from, type, to, before: amount(type, then), now: now ? amount(type, now) : "" };
  if (!now) return { change: "gone", ...said };
  if (isDerived(type)) {
    const by = (now[1] ?? 0) - (then[1] ?? 0);
    return Math.abs(by) < STRONGER - 1e-9 ? null : { change: by > 0 ? "stronger" : "weaker", ...said };
  }
  return now[0] === then[0] ? null : { change: now[0] > then[0] ? "more" : "fewer", ...said };
}

const amount = (type: string, [count, score]: [number, number | null]): string =>
  isDerived(type) ? (score ?? 0).toFixed(2) : String(count);
