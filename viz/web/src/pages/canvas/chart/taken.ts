/** What is drawn by hand, as it goes on paper: y downwards there. */
import type { GNode } from "../elements";
import { type Mark, type Place, placesWith, rectOf } from "./marks";

export function placeOnCanvas(nodes: readonly GNode[]): Place {
  const known = new Map(nodes.map((node) => [node.id, node]));
  return (id) => {
    const node = known.get(id);
    return node ? { x: node.x, y: node.y, radius: 0 } : null;
  };
}

/** Marks whose objects are on the canvas, turned over. */
export const seenMarks = (marks: readonly Mark[], objects: Place): Mark[] =>
  marks
    .filter((mark) => rectOf(mark, placesWith(objects, marks)))
    .map((mark) => ({ ...mark, y: -mark.y, h: mark.kind === "arrow" ? -mark.h : mark.h }));
