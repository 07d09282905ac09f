import { describe, expect, it } from "vitest";
import { A, answerOf, B, C, drawn, small } from "./canvas";

describe("edges", () => {
  it("draws events of one kind between two nodes as one line with their sum", () => {
    // Trap: forty payments as forty lines, or a sum that counts one of them twice.
    const paid = small().edges.value.find((edge) => edge.type === "PAID");
    expect([paid?.count, paid?.sum, paid?.derived]).toEqual([2, 30_500, false]);
  });
  it("counts an event once however often it arrives", () => {
    // Trap: expanding both ends of a payment doubles it.
    const model = small();
    const again = { id: "e0", type: "PAID", from: A, to: B, amount: 30_000 };
    model.add("again", answerOf([A, B], [again]), null);
    expect(drawn(model)).toContain(`${A}|PAID|${B} 2`);
    expect(model.undo.behind.value).toBe(1);
  });
});

describe("filters", () => {
  it("judges conclusions by strength and facts by amount and time", () => {
    // Trap: a period hides conclusions, which have no time; an amount hides calls, which have none.
    const model = small();
    model.sieve("strength", { strength: 0.7 });
    model.sieve("amount", { fen: 1_000 });
    expect(drawn(model)).toEqual([`${A}|CALLED|${B} 1`, `${A}|PAID|${B} 1`]);
  });
  it("takes the night from Beijing's clock and leaves out what is known by the day", () => {
    // Trap: the night of the machine's own zone; a register's date counted as midnight.
    const model = small();
    const dated = { id: "d", type: "CALLED", from: B, to: A, at: "2026-01-06T00:00:00+08:00", day: true };
    model.add("dated", answerOf([A, B], [dated]), null);
    model.sieve("night", { night: true });
    expect(drawn(model)).toEqual([`${A}|CALLED|${B} 1`, `${C}|SUPPLIES|${B} 1`]);
  });
  it("is a step only where something changed", () => {
    // Trap: Ctrl Z that takes back nothing one can see.
    const model = small();
    model.sieve("same", { strength: 0.3 });
    expect(model.undo.behind.value).toBe(1);
  });
});

describe("steps", () => {
  it("takes back what an answer brought and nothing that was there", () => {
    // Trap: undoing an expansion takes away the node it began from.
    const model = small();
    model.add("expand", answerOf([B, "Phone:1"], [{ id: "p", type: "HOLDS", from: B, to: "Phone:1" }]), B, {
      node: B,
      types: [],
      limit: 30,
    });
    model.undo.undo();
    expect([[...model.nodes.keys()], model.asks]).toEqual([[A, B, C], []]);
    model.undo.redo();
    expect([model.nodes.has("Phone:1"), model.asks.length]).toEqual([true, 1]);
  });
  it("hides with the lines of what is hidden, and shows again", () => {
    // Trap: lines that end in nothing.
    const model = small();
    model.hide("hide", [B]);
    expect([drawn(model), model.visible().length]).toEqual([[], 2]);
    model.undo.undo();
    expect(drawn(model).length).toBe(3);
  });
  it("pins all of a mixed choice, then none", () => {
    // Trap: pinning two of which one is pinned swaps them.
    const model = small();
    model.pin("pin", [A]);
    model.pin("pin", [A, B]);
    expect([A, B].map((id) => model.nodes.get(id)?.pinned)).toEqual([true, true]);
    model.pin("pin", [A, B]);
    expect([A, B].map((id) => model.nodes.get(id)?.pinned)).toEqual([false, false]);
  });
  it("puts places back, also of nodes that were never asked about", () => {
    // Trap: a layout one takes back leaves half of the nodes where it put them.
    const model = small();
    const before = [A, B].map((id) => [model.nodes.get(id)?.x, model.nodes.get(id)?.y]);
    model.move(
      "layout",
      new Map([
        [A, [1, 2] as const],
        [B, [3, 4] as const],
        ["Person:gone", [5, 6] as const],
      ]),
    );
    model.undo.undo();
    expect([A, B].map((id) => [model.nodes.get(id)?.x, model.nodes.get(id)?.y])).toEqual(before);
  });
});

it("keeps what is there where it stands when more arrives", () => {
  // Trap: every expansion scatters the picture one has arranged.
  const model = small();
  model.move("drag", new Map([[B, [500, 500] as const]]));
  model.add("expand", answerOf([B, "Phone:1"]), B);
  expect([model.nodes.get(B)?.x, model.nodes.get(B)?.y]).toEqual([500, 500]);
  const phone = model.nodes.get("Phone:1");
  expect(Math.hypot((phone?.x ?? 0) - 500, (phone?.y ?? 0) - 500)).toBeLessThan(100);
});

it("gives roles to whoever arrives later too", () => {
  // Trap: a gang's member added by hand stands there without his role.
  const model = small();
  model.know(new Map([["Person:D", { role: "retailer" as const, gang: "G1", confirmed: true }]]));
  model.add("add", answerOf(["Person:D"]), null);
  expect(model.nodes.get("Person:D")).toMatchObject({ role: "retailer", gang: "G1", confirmed: true });
  expect(model.nodes.get(A)).toMatchObject({ role: "unknown", gang: null, confirmed: false });
});

it("knows the stretch of time its events fill", () => {
  // Trap: a canvas of conclusions only, with a time bar from 1970.
  const model = small();
  expect(model.extent()?.[0]).toBe(Date.parse("2026-01-02T10:00:00+08:00"));
  model.undo.undo();
  expect(model.extent()).toBeNull();
});
