/** Keys of the drawing tools; those that move and delete work while something is picked. */
import { selection } from "~/core/selection";
import { type Keys, useKeys } from "~/core/shortcuts";
import type { CanvasState } from "../state";
import type { Drawing } from "./acts";
import type { MarkKind } from "./marks";
import { KIND_WORDS, w } from "./words";

const TOOLS: readonly [string, MarkKind][] = [
  ["t", "text"],
  ["a", "arrow"],
  ["r", "frame"],
  ["s", "note"],
  ["i", "icon"],
];
const ARROWS: readonly [string, number, number][] = [
  ["ArrowLeft", -1, 0],
  ["ArrowRight", 1, 0],
  ["ArrowUp", 0, 1],
  ["ArrowDown", 0, -1],
];

export function useDrawingKeys({ chart, model }: CanvasState, drawing: Drawing): void {
  const keys: Keys = { d: { label: w.draw, run: drawing.toggle } };
  const open = chart.drawing.value;
  const picked = chart.picked.value.length > 0;
  if (open)
    for (const [key, kind] of TOOLS) keys[key] = { label: KIND_WORDS[kind](), run: () => drawing.take(kind) };
  if (chart.tool.value) keys.Enter = { label: w.draw, run: drawing.here };
  else if (picked) keys.Enter = { label: w.edit, run: () => drawing.edit() };
  if (picked) keys.F2 = { label: w.edit, run: () => drawing.edit() };
  if (picked) keys.Delete = { label: w.remove, run: drawing.remove };
  if (picked || (open && selection.value.some((id) => model.nodes.has(id))))
    for (const [key, x, y] of ARROWS) keys[key] = { label: w.move, run: () => drawing.nudge(x, y) };
  if (picked)
    for (const [key, x, y] of ARROWS)
      keys[`Shift+${key}`] = { label: w.resize, run: () => drawing.grow(x, y) };
  useKeys(keys);
}
