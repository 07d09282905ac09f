import { expect, it } from "vitest";
import { Undo } from "~/core/undo";

function counter() {
  const undo = new Undo();
  const state = { n: 0 };
  const add = (by: number) =>
    undo.do({
      name: `+${by}`,
      redo: () => {
        state.n += by;
      },
      undo: () => {
        state.n -= by;
      },
    });
  return { undo, state, add };
}

it("takes steps back in turn and does them again", () => {
  // Trap: the first step is taken back before the second, and the state is one nobody ever saw.
  const { undo, state, add } = counter();
  add(1);
  add(10);
  undo.undo();
  expect([state.n, undo.last.value, undo.next.value]).toEqual([1, "+1", "+10"]);
  undo.redo();
  expect([state.n, undo.behind.value, undo.ahead.value]).toEqual([11, 2, 0]);
});

it("forgets what was taken back once something else is done", () => {
  // Trap: redo brings in a step that was made for another state.
  const { undo, state, add } = counter();
  add(1);
  undo.undo();
  add(5);
  expect([undo.redo(), state.n]).toEqual([false, 5]);
});

it("says that there is nothing to take back", () => {
  // Trap: Ctrl Z without effect looks like a key that is broken.
  const { undo } = counter();
  expect([undo.undo(), undo.redo()]).toEqual([false, false]);
});

it("keeps the last 200 steps and no more", () => {
  // Trap: a day on one canvas fills the memory with old graphs.
  const { undo, state, add } = counter();
  for (let n = 0; n < 201; n++) add(1);
  while (undo.undo());
  expect([undo.ahead.value, state.n]).toEqual([200, 1]);
});
