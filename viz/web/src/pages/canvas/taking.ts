/**
 * The canvas handed to the service as it stands, which draws it with legend, date and run, and records that
 * it was taken.
 */
import { fileOf, takeAway } from "~/core/api";
import { language } from "~/core/i18n";
import { placeOnCanvas, seenMarks } from "./chart/taken";
import { type GEdge, isUnnamed } from "./elements";
import type { Drawn } from "./folding";
import type { Model } from "./model";
import { relationName } from "./relations";
import { spanOf } from "./spans";
import { w } from "./words";

export type TakenFormat = "png" | "svg" | "pdf";
export type Paper = "a4" | "a3" | "a2" | "a1" | "a0";

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

/** What is drawn, as the service takes it. */
function bodyOf(model: Model, drawn: Drawn, format: TakenFormat, paper: Paper) {
  const at = new Map(drawn.nodes.map((node, n) => [node.id, n]));
  return {
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
      ...model.hand.peek().looks[node.id],
    })),
    name: model.chart.peek()?.name.slice(0, 200) ?? "",
    marks: seenMarks(model.hand.peek().marks, placeOnCanvas(drawn.nodes)),
    edges: drawn.edges.map((edge) => ({
      start: at.get(edge.from) ?? 0,
      end: at.get(edge.to) ?? 0,
      type: edge.type,
      count: edge.count,
      fen: edge.type === "PAID" ? Math.round(edge.sum) : null,
      score: edge.score === null ? null : Math.min(1, Math.max(0, edge.score)),
      derived: edge.derived,
    })),
  };
}

export const takeCanvas = (
  model: Model,
  drawn: Drawn,
  format: TakenFormat,
  paper: Paper = "a4",
): Promise<void> => takeAway("/drawings/canvas", { body: bodyOf(model, drawn, format, paper) });

/** The drawing on the clipboard, as the service makes and records it. */
export async function copyPicture(model: Model, drawn: Drawn): Promise<void> {
  // The promise goes in as it is: browsers allow the clipboard only while the click lasts.
  const picture = fileOf("/drawings/canvas", { body: bodyOf(model, drawn, "png", "a4") });
  await navigator.clipboard.write([new ClipboardItem({ "image/png": picture.then(({ body }) => body) })]);
}

/** The lines as a table for Word, WPS and Excel; the service makes and records it first. */
export async function copyTable(drawn: Drawn): Promise<void> {
  const columns = [w.from, w.kind, w.to, w.times, w.amountYuan, w.strength, w.first, w.last];
  const rows = drawn.edges.map((edge) => rowOf(drawn, edge));
  const body = {
    format: "csv",
    language: language.peek(),
    name: "canvas",
    title: w.title,
    columns,
    rows,
  } as const;
  const recorded = fileOf("/tables", { body });
  const blob = (type: string, of: (from: string) => string) =>
    recorded.then(({ audit }) => new Blob([of(w.takenAs(audit))], { type }));
  await navigator.clipboard.write([
    new ClipboardItem({
      "text/html": blob("text/html", (from) => asHtml(columns, rows, from)),
      "text/plain": blob("text/plain", (from) =>
        [columns, ...rows, [from]].map((row) => row.join("\t")).join("\n"),
      ),
    }),
  ]);
}

function rowOf(drawn: Drawn, edge: GEdge): string[] {
  const name = (id: string) => drawn.nodes.find((node) => node.id === id)?.caption ?? id;
  const [first, last] = spanOf([edge]).split(" – ");
  return [
    name(edge.from),
    relationName(edge.type) + (edge.derived ? `（${w.derived}）` : ""),
    name(edge.to),
    String(edge.count),
    edge.type === "PAID" ? (edge.sum / 100).toFixed(2) : "",
    edge.score === null ? "" : edge.score.toFixed(2),
    first ?? "",
    last ?? first ?? "",
  ];
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

export function asHtml(columns: readonly string[], rows: readonly (readonly string[])[], from = ""): string {
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  const body = rows.map((row) => line("td", row)).join("");
  return `<table border="1">${line("th", columns)}${body}</table><p>${escaped(from)}</p>`;
}
