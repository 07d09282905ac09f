/**
 * The canvas handed to the service as it stands, which draws it with legend, date and run, and records that
 * it was taken.
 */
import { takeAway } from "~/core/api";
import { language } from "~/core/i18n";
import type { GEdge, GNode } from "./elements";
import type { Model } from "./model";
import { isUnnamed } from "./elements";
import { w } from "./words";

export type TakenFormat = "png" | "svg" | "pdf";

/** What the picture leaves out, in words, so that nobody takes it for all there is. */
function leftOut(model: Model, cut: number): string {
  const filter = model.filter.peek();
  const hidden = [...model.nodes.values()].filter((node) => node.hidden).length;
  const day = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  return [
    w.strengthFrom(filter.strength.toFixed(2)),
    filter.range && `${day(filter.range[0])} – ${day(filter.range[1])}`,
    filter.night && w.night,
    filter.fen > 0 && `${w.amountFrom} ${filter.fen / 100}`,
    filter.off.length > 0 && w.channelsOff(filter.off.length),
    hidden > 0 && w.hidden(hidden),
    cut > 0 && w.thin(cut),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function takeCanvas(
  model: Model,
  drawn: { nodes: readonly GNode[]; edges: readonly GEdge[]; cut: number },
  format: TakenFormat,
  paper: "a4" | "a3" = "a4",
): Promise<void> {
  const at = new Map(drawn.nodes.map((node, n) => [node.id, n]));
  return takeAway("/drawings/canvas", {
    body: {
      format,
      paper,
      language: language.peek(),
      shown: leftOut(model, drawn.cut).slice(0, 200),
      nodes: drawn.nodes.map((node) => ({
        id: node.id.slice(0, 200),
        label: node.label,
        caption: node.caption.slice(0, 200),
        role: node.role,
        named: !isUnnamed(node),
        confirmed: node.confirmed,
        gang: node.gang,
        x: node.x,
        y: -node.y, // the stage counts upwards, paper downwards
      })),
      edges: drawn.edges.map((edge) => ({
        start: at.get(edge.from) ?? 0,
        end: at.get(edge.to) ?? 0,
        type: edge.type,
        count: edge.count,
        fen: edge.type === "PAID" ? Math.round(edge.sum) : null,
        score: edge.score === null ? null : Math.min(1, Math.max(0, edge.score)),
        derived: edge.derived,
      })),
    },
  });
}
