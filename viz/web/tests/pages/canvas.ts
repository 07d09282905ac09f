/** A small graph for the tests of the canvas: two persons, a phone and a payee, with calls and payments. */
import type { Expansion } from "~/generated/api";
import { Model } from "~/pages/canvas/model";

type Answer = Pick<Expansion, "nodes" | "edges">;
export interface Event {
  type: string;
  from: string;
  to: string;
  at?: string | null;
  day?: boolean;
  amount?: number;
  score?: number;
  id?: string;
}

/** An answer of the service with these nodes (`Label:key`) and events. */
export function answerOf(ids: readonly string[], events: readonly Event[] = []): Answer {
  return {
    nodes: {
      id: [...ids],
      label: ids.map((id) => id.split(":")[0] ?? ""),
      caption: ids.map((id) => id.split(":")[1] ?? ""),
      person: ids.map(() => null),
    },
    edges: {
      id: events.map((each, at) => each.id ?? `e${at}`),
      type: events.map((each) => each.type),
      from: events.map((each) => ids.indexOf(each.from)),
      to: events.map((each) => ids.indexOf(each.to)),
      at: events.map((each) => each.at ?? null),
      at_precision: events.map((each) => (each.day ? "day" : "second")),
      amount: events.map((each) => each.amount ?? null),
      score: events.map((each) => each.score ?? null),
      via: events.map(() => []),
      evidence: events.map(() => []),
    },
  };
}

export const A = "Person:A";
export const B = "Person:B";
export const C = "Person:C";

/** A pays B twice and rings him at night; C supplies B. */
export function small(): Model {
  const model = new Model();
  const events: Event[] = [
    { type: "PAID", from: A, to: B, at: "2026-01-02T10:00:00+08:00", amount: 30_000 },
    { type: "PAID", from: A, to: B, at: "2026-01-05T10:00:00+08:00", amount: 500 },
    { type: "CALLED", from: A, to: B, at: "2026-01-03T23:10:00+08:00" },
    { type: "SUPPLIES", from: C, to: B, score: 0.6 },
  ];
  model.add("open", answerOf([A, B, C], events), null);
  return model;
}

export const drawn = (model: Model): string[] =>
  model.edges.value.map((edge) => `${edge.from}|${edge.type}|${edge.to} ${edge.count}`).sort();
