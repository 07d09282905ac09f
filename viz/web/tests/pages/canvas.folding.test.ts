import { afterEach, expect, it } from "vitest";
import { setParams } from "~/core/router";
import { fold } from "~/pages/canvas/folding";
import { Model } from "~/pages/canvas/model";
import { A, answerOf, B, C, type Event, small } from "./canvas";

const folded = (model: Model) => fold(model, model.edges.value);
const inGang = (model: Model, ...ids: string[]) =>
  model.know(new Map(ids.map((id) => [id, { role: "retailer" as const, gang: "G1", confirmed: false }])));

afterEach(() => setParams({ fold: null }));

it("folds nothing unless asked while a screen can carry it", () => {
  // Trap: a gang of three that opens as a single dot.
  const model = small();
  inGang(model, A, B);
  expect(folded(model)).toMatchObject({ folds: 0, cut: 0 });
  expect(folded(model).nodes.length).toBe(3);
});

it("sums the lines between what is folded and drops those within", () => {
  // Trap: payments inside a gang drawn as a loop, or lost sums towards the outside.
  const model = small();
  inGang(model, B, C);
  setParams({ fold: "1" });
  const found = folded(model);
  expect(found.nodes.map((node) => node.caption)).toEqual(["A", "G1 · 2"]);
  expect(found.edges.map((edge) => [edge.from, edge.type, edge.to, edge.count, edge.sum])).toEqual([
    [A, "PAID", "Gang:G1", 2, 30_500],
    [A, "CALLED", "Gang:G1", 1, 0],
  ]);
});

it("leaves the model's own edges as they are", () => {
  // Trap: folding and unfolding doubles the sums.
  const model = small();
  model.add("more", answerOf([B, C], [{ id: "more", type: "PAID", from: C, to: B, amount: 70 }]), null);
  inGang(model, A, C);
  setParams({ fold: "1" });
  folded(model);
  expect(folded(model).edges.find((edge) => edge.type === "PAID")).toMatchObject({ count: 3, sum: 30_570 });
  const paid = model.edges.value.find((edge) => edge.type === "PAID");
  expect([paid?.count, paid?.sum, paid?.events.length]).toEqual([2, 30_500, 2]);
});

it("stands for the rest beyond what a screen can carry, never for what is pinned", () => {
  // Trap: ten thousand dots, or the one somebody pinned gone among them.
  const model = new Model();
  const ids = Array.from({ length: 10_005 }, (_, n) => `Phone:${n}`);
  const events: Event[] = [{ type: "CALLED", from: "Phone:0", to: "Phone:1" }];
  model.add("many", answerOf(ids, events), null);
  model.pin("pin", ["Phone:7"]);
  const { nodes, edges, folds } = folded(model);
  expect([nodes.length, folds, nodes.at(-1)?.id]).toEqual([10_000, 1, "Gang:-"]);
  expect(nodes.some((node) => node.id === "Phone:7")).toBe(true);
  expect(edges.map((edge) => edge.from)).toEqual(["Phone:0"]);
});
