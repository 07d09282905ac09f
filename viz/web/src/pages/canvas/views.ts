/** Views of the canvas that are kept: what was asked for and how it stands. */
import { batch } from "@preact/signals";
import { api, ApiError } from "~/core/api";
import type { View, ViewAsked } from "~/generated/api";
import { queryOf, type Ask, type PathKept } from "./asks";
import type { TimeAxis } from "./axis";
import type { Filter } from "./elements";
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
}

/** Keep what was asked for and how it stands, on stable ids; never names or rows. */
export async function saveView(model: Model, id: string | null): Promise<string> {
  const nodes = [...model.nodes.values()];
  const kept: Kept = {
    asks: model.asks,
    paths: model.paths,
    places: Object.fromEntries(nodes.map((node) => [node.id, [node.x, node.y] as [number, number]])),
    hidden: nodes.filter((node) => node.hidden).map((node) => node.id),
    pinned: nodes.filter((node) => node.pinned).map((node) => node.id),
    filter: model.filter.peek(),
    axis: model.axis.peek(),
    search: location.search,
  };
  const body: ViewAsked = { kind: "canvas", name: "", body: kept as unknown as Record<string, unknown> };
  const saved = (id && (await overwritten(id, body))) || (await api.post("/views", { body }));
  return saved.id;
}

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
  });
  model.undo.clear();
}
