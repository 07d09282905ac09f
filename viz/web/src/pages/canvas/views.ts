/** Views of the canvas that are kept: what was asked for and how it stands. */
import { batch } from "@preact/signals";
import { api, ApiError } from "~/core/api";
import { go, place } from "~/core/router";
import { dataRun } from "~/core/status";
import type { Chart, View, ViewAsked } from "~/generated/api";
import { standing } from "./chart/comparing";
import type { Hand } from "./chart/marks";
import type { ChartNamed } from "./chart/SaveChart";
import { queryOf, type Ask, type PathKept } from "./asks";
import type { TimeAxis } from "./axis";
import type { Filter } from "./elements";
import type { ChartKept, Stood } from "./chart/kept";
import type { Model } from "./model";
import { w } from "./words";
import { asColumns, ifThere, learn, ofChain, ofGang } from "./opening";

interface Kept {
  asks: Ask[];
  paths?: PathKept[];
  places: Record<string, [number, number]>;
  hidden: string[];
  pinned: string[];
  filter: Filter;
  axis?: TimeAxis | null;
  search: string;
  /** How a chart stood when it was saved. */
  stood?: Stood;
}

/** Keep what was asked for and how it stands, on stable ids; never names or rows. */
export async function saveView(model: Model, id: string | null): Promise<string> {
  const body: ViewAsked = { kind: "canvas", name: "", body: bodyOf(model) as unknown as ViewAsked["body"] };
  const saved = (id && (await overwritten(id, body))) || (await api.post("/views", { body }));
  return saved.id;
}

/** Keep the same as a chart, with what is drawn by hand: for oneself, or shared in a case. */
export async function saveChart(model: Model, { name, caseNo, id }: ChartNamed): Promise<View> {
  const stood = standing(model, dataRun.peek()?.run ?? null);
  const kept = { ...bodyOf(model), stood };
  const body: ViewAsked = {
    kind: "chart",
    name,
    case_no: caseNo,
    body: kept as unknown as ViewAsked["body"],
    chart: chartOf(model.hand.peek()),
  };
  const saved = (id && (await overwritten(id, body))) || (await api.post("/views", { body }));
  model.chart.value = { id: saved.id, name, author: saved.author, caseNo, stood };
  return saved;
}

function bodyOf(model: Model): Kept {
  const nodes = [...model.nodes.values()];
  return {
    asks: model.asks,
    paths: model.paths,
    places: Object.fromEntries(nodes.map((node) => [node.id, [node.x, node.y] as [number, number]])),
    hidden: nodes.filter((node) => node.hidden).map((node) => node.id),
    pinned: nodes.filter((node) => node.pinned).map((node) => node.id),
    filter: model.filter.peek(),
    axis: model.axis.peek(),
    search: location.search,
  };
}

const chartOf = ({ marks, looks }: Hand): Chart => ({
  version: 1,
  marks: [...marks],
  looks: Object.entries(looks).map(([id, look]) => ({ id, ...look })),
});

const handOf = ({ marks, looks }: Chart): Hand => ({
  marks,
  looks: Object.fromEntries(looks.map(({ id, pen, icon }) => [id, { pen, icon }])),
});

/** Keep a view in place of an earlier one; null where that is somebody else's: this becomes a new one. */
async function overwritten(id: string, body: ViewAsked): Promise<View | null> {
  try {
    return await api.put("/views/{view_id}", { path: { view_id: id }, body });
  } catch (error) {
    if (error instanceof ApiError && error.code === "E-FORBIDDEN") return null;
    throw error;
  }
}

/** Ask again for what a view was made of: who may see less gets less. */
export async function openView(model: Model, id: string): Promise<void> {
  if (model.nodes.size) return;
  const view = await api.get("/views/{view_id}", { path: { view_id: id } });
  const kept = view.body as unknown as Kept;
  if (!location.search && kept.search) go(place.peek().path + kept.search, true);
  await learn(model);
  const wanted = new URLSearchParams(kept.search);
  const gang = wanted.get("gang");
  const chain = wanted.get("chain");
  if (gang) await ifThere(ofGang(model, gang));
  if (chain) await ifThere(ofChain(model, chain, Number(wanted.get("n") ?? "1")));
  for (const kind of kept.paths ?? []) {
    const found = await ifThere(api.get("/graph/paths", { query: kind.ask }));
    const route = found?.paths.find(
      (each) => each.stations.map((station) => station.id).join() === kind.stations.join(),
    );
    if (route) model.add(w.path, asColumns(route), null, undefined, kind);
  }
  for (const ask of kept.asks) {
    const found = ask.among
      ? await ifThere(api.get("/graph/among", { query: { node: ask.among, limit: ask.limit } }))
      : await ifThere(api.get("/graph/expand", { query: queryOf(ask) }));
    if (found) model.add(w.expand, found, ask.node || null, ask);
  }
  batch(() => {
    const places = new Map(Object.entries(kept.places).filter(([node]) => model.nodes.has(node)));
    model.move(w.layout, places, kept.axis ?? null);
    model.hide(w.hide, kept.hidden);
    model.pin(w.pin, kept.pinned);
    model.filter.value = kept.filter;
    if (view.chart) model.hand.value = handOf(view.chart);
    if (view.kind === "chart") model.chart.value = keptChart(view, kept);
  });
  model.undo.clear();
}

const keptChart = ({ id, name, author, case_no }: View, { stood }: Kept): ChartKept => ({
  id,
  name,
  author,
  caseNo: case_no,
  stood: stood ?? null,
});
