/** What can be done on the canvas, and the keys that do it. */
import { api } from "~/core/api";
import { go, param, setParams, to } from "~/core/router";
import { clearSelection, select } from "~/core/selection";
import { useKeys } from "~/core/shortcuts";
import { notify } from "~/core/status";
import type { Expansion, Route } from "~/generated/api";
import type { LayoutName } from "./layouts";
import { type Ask, type PathAsk, queryOf } from "./asks";
import { MOST_NODES, type Model } from "./model";
import { arranged, asColumns, linked } from "./opening";
import { emptyHand } from "./chart/marks";
import type { ChartNamed } from "./chart/SaveChart";
import { w as chartWords } from "./chart/words";
import { saveChart, saveView } from "./views";
import { captionIn, type CanvasState, guarded } from "./state";
import type { Drawn } from "./folding";
import { copyPicture, copyTable, type Paper, takeCanvas, type TakenFormat } from "./taking";
import { w } from "./words";

const MOST_TAKEN = 2_000;
const MOST_EXPANDED = 20;
const MOST_ENDS = 8;
const MOST_LINKED = 300;

/** Commands on what is chosen and what is shown. */
export function commandsOf(state: CanvasState, chosen: readonly string[]) {
  const { model, lasso, stage } = state;
  const [first, second] = chosen;
  return {
    expand: () => {
      if (chosen.length) state.expanding.value = chosen.slice(0, MOST_EXPANDED);
    },
    path: () => {
      if (first) state.pathing.value = chosen.length > 1 ? chosen.slice(0, MOST_ENDS) : [first, ""];
    },
    pin: () => model.pin(w.pin, chosen),
    hide: () => {
      model.hide(w.hide, chosen);
      clearSelection();
    },
    hideOthers: () => {
      const others = model.visible().filter((each) => !chosen.includes(each.id));
      model.hide(
        w.hideOthers,
        others.map((each) => each.id),
      );
    },
    showAll: () => model.hide(w.showAll, model.nodes.keys(), false),
    lasso: () => {
      lasso.value = !lasso.value;
    },
    select: () => {
      lasso.value = false;
    },
    escape: () => {
      if (lasso.value) lasso.value = false;
      else if (state.chart.tool.peek()) state.chart.tool.value = null;
      else if (state.chart.picked.peek().length) state.chart.picked.value = [];
      else if (state.line.peek()) state.line.value = null;
      else clearSelection();
    },
    neighbours: (id: string) => select([id, ...neighboursIn(model, id)]),
    openLine: (key: string) => {
      clearSelection();
      state.line.value = key;
    },
    menu: () => {
      const at = first ? stage.current?.placeOf(first) : null;
      state.menu.value = { target: at && first ? { node: first } : {}, at: at ?? { x: 80, y: 60 } };
    },
    zoom: (factor: number) => stage.current?.zoom(factor),
    fit: () => stage.current?.fit(),
    common: () => {
      if (first && second) select(neighboursOfBoth(model, first, second));
    },
    fold: () => setParams({ fold: param("fold") === "1" ? null : "1" }),
    step: (forward: boolean) => {
      if (!(forward ? model.undo.redo() : model.undo.undo())) notify(w.nothingToUndo);
    },
    reveal: (id: string) => {
      select(id);
      stage.current?.reveal(id);
    },
  };
}
export type Commands = ReturnType<typeof commandsOf>;

export const neighboursIn = (model: Model, id: string): string[] => [
  ...new Set(model.edges.peek().flatMap((e) => (e.from === id ? [e.to] : e.to === id ? [e.from] : []))),
];

function neighboursOfBoth(model: Model, a: string, b: string): string[] {
  const ofB = new Set(neighboursIn(model, b));
  return neighboursIn(model, a).filter((id) => ofB.has(id));
}

/** Commands that ask the service. */
export function requestsOf(state: CanvasState, chosen: readonly string[], view: string | undefined) {
  const { model, stage } = state;
  return {
    expand: (asks: readonly Ask[]) =>
      void guarded(state, async () => {
        const answers: [Ask, Expansion][] = [];
        for (const ask of asks) answers.push([ask, await api.get("/graph/expand", { query: queryOf(ask) })]);
        if (answers.reduce((sum, [, { nodes }]) => sum + nodes.id.length, model.nodes.size) > MOST_NODES) {
          notify(w.tooMany(MOST_NODES));
          return;
        }
        const name = asks[0] && asks.length === 1 ? captionIn(model, asks[0].node) : w.objects(asks.length);
        model.together(w.expandOf(name), () => {
          for (const [ask, answer] of answers) model.add("", answer, ask.node, ask);
        });
        const [shown, total] = (["shown", "total"] as const).map((of) =>
          answers.reduce((sum, [, answer]) => sum + answer[of], 0),
        );
        state.left.value = (shown ?? 0) < (total ?? 0) ? w.cut(shown ?? 0, total ?? 0) : null;
      }),
    link: () =>
      void guarded(state, async () => {
        state.left.value = await linked(model, chosen.slice(0, MOST_LINKED));
        if (chosen.length > MOST_LINKED) state.left.value = w.linkedOf(MOST_LINKED, chosen.length);
      }),
    arrange: (name: LayoutName) => {
      setParams({ layout: name });
      void guarded(state, async () => {
        await arranged(model, name, chosen[0]);
        stage.current?.fit();
      });
    },
    addRoute: (route: Route, ask: PathAsk) => {
      const stations = route.stations.map((each) => each.id);
      model.add(w.path, asColumns(route), null, undefined, { ask, stations });
    },
    /** What somebody drew is kept as a chart, which has a name; anything else as a view. */
    save: () => {
      if (model.chart.peek() || !emptyHand(model.hand.peek())) {
        state.chart.dialog.value = "save";
        return;
      }
      void guarded(state, async () => {
        const id = await saveView(model, view ?? null);
        go(to`/canvas/${id}` + location.search);
        notify(w.saved, to`/canvas/${id}`);
      });
    },
    keep: (named: ChartNamed) =>
      void guarded(state, async () => {
        const kept = await saveChart(model, named);
        go(to`/canvas/${kept.id}` + location.search);
        notify(chartWords.saved(kept.name), to`/canvas/${kept.id}`);
      }),
    take: (format: TakenFormat, paper?: Paper) =>
      taken(state, (shown) => takeCanvas(model, shown, format, paper)),
    copyPicture: () =>
      taken(state, async (shown) => {
        await copyPicture(model, shown);
        notify(w.pictureCopied(shown.nodes.length));
      }),
    copyTable: () =>
      taken(state, async (shown) => {
        await copyTable(shown);
        notify(w.tableCopied(shown.edges.length));
      }),
  };
}

/** Take what is shown away; too much of it is refused with what to do. */
function taken(state: CanvasState, take: (shown: Drawn) => Promise<void>): void {
  const shown = state.drawn.peek();
  if (shown.nodes.length > MOST_TAKEN) {
    state.left.value = w.tooManyToTake(shown.nodes.length, MOST_TAKEN);
    return;
  }
  void guarded(state, () => take(shown));
}

export function useCommandKeys(
  commands: Commands,
  { save, link }: Pick<ReturnType<typeof requestsOf>, "save" | "link">,
  asTable: boolean,
): void {
  useKeys({
    v: { label: w.select, run: commands.select },
    l: { label: w.lasso, run: commands.lasso },
    e: { label: w.expand, run: commands.expand },
    k: { label: w.linkSelected, run: link },
    p: { label: w.path, run: commands.path },
    f: { label: w.pin, run: commands.pin },
    h: { label: w.hide, run: commands.hide },
    "Shift+h": { label: w.hideOthers, run: commands.hideOthers },
    g: { label: w.fold, run: commands.fold },
    n: { label: w.common, run: commands.common },
    "+": { label: w.zoomIn, run: () => commands.zoom(1.4) },
    "=": { label: w.zoomIn, run: () => commands.zoom(1.4) },
    "-": { label: w.zoomOut, run: () => commands.zoom(1 / 1.4) },
    "Shift+F10": { label: w.menu, run: commands.menu },
    z: { label: w.fit, run: commands.fit },
    "Ctrl+z": { label: w.undo(0, ""), run: () => commands.step(false) },
    "Ctrl+y": { label: w.redo(0, ""), run: () => commands.step(true) },
    "Ctrl+s": { label: w.save, run: save, always: true },
    "/": { label: w.find, run: () => document.querySelector<HTMLInputElement>("#find-on-canvas")?.focus() },
    "Alt+t": { label: w.table, run: () => setParams({ table: asTable ? null : "1" }), always: true },
    Escape: { label: w.select, run: commands.escape, always: true },
  });
}
