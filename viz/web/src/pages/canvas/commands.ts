/** What can be done on the canvas, and the keys that do it. */
import { api } from "~/core/api";
import { go, param, setParams, to } from "~/core/router";
import { clearSelection, select } from "~/core/selection";
import { useKeys } from "~/core/shortcuts";
import { notify } from "~/core/status";
import type { Route } from "~/generated/api";
import type { LayoutName } from "./layouts";
import { type Ask, type PathAsk, queryOf } from "./asks";
import { MOST_NODES, type Model } from "./model";
import { arranged, asColumns } from "./opening";
import { saveView } from "./views";
import { captionIn, type CanvasState, guarded } from "./state";
import { takeCanvas, type TakenFormat } from "./taking";
import { w } from "./words";

const MOST_TAKEN = 2_000;

/** Commands on what is chosen and what is shown. */
export function commandsOf(state: CanvasState, chosen: readonly string[]) {
  const { model, lasso, stage } = state;
  const [first, second] = chosen;
  return {
    expand: () => {
      if (first && chosen.length === 1) state.expanding.value = first;
    },
    path: () => {
      if (first) state.pathing.value = [first, second ?? ""];
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
      else clearSelection();
    },
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

function neighboursOfBoth(model: Model, a: string, b: string): string[] {
  const beside = (id: string) =>
    new Set(model.edges.peek().flatMap((e) => (e.from === id ? [e.to] : e.to === id ? [e.from] : [])));
  const [ofA, ofB] = [beside(a), beside(b)];
  return [...ofA].filter((id) => ofB.has(id));
}

/** Commands that ask the service. */
export function requestsOf(state: CanvasState, chosen: readonly string[], view: string | undefined) {
  const { model, drawn, stage } = state;
  return {
    expand: (ask: Ask) =>
      void guarded(state, async () => {
        const answer = await api.get("/graph/expand", { query: queryOf(ask) });
        if (model.nodes.size + answer.nodes.id.length > MOST_NODES) {
          notify(w.tooMany(MOST_NODES));
          return;
        }
        model.add(w.expandOf(captionIn(model, ask.node)), answer, ask.node, ask);
        if (answer.truncated) notify(w.cut(answer.shown, answer.total));
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
    save: () =>
      void guarded(state, async () => {
        const id = await saveView(model, view ?? null);
        go(to`/canvas/${id}` + location.search);
        notify(w.saved, to`/canvas/${id}`);
      }),
    take: (format: TakenFormat, paper?: "a4" | "a3") => {
      const shown = drawn.peek();
      if (shown.nodes.length > MOST_TAKEN) notify(w.tooManyToTake(shown.nodes.length, MOST_TAKEN));
      else void guarded(state, () => takeCanvas(model, shown, format, paper));
    },
  };
}

export function useCommandKeys(commands: Commands, save: () => void, asTable: boolean): void {
  useKeys({
    v: { label: w.select, run: commands.select },
    l: { label: w.lasso, run: commands.lasso },
    e: { label: w.expand, run: commands.expand },
    p: { label: w.path, run: commands.path },
    f: { label: w.pin, run: commands.pin },
    h: { label: w.hide, run: commands.hide },
    "Shift+h": { label: w.hideOthers, run: commands.hideOthers },
    g: { label: w.fold, run: commands.fold },
    n: { label: w.common, run: commands.common },
    z: { label: w.fit, run: commands.fit },
    "Ctrl+z": { label: w.undo(0, ""), run: () => commands.step(false) },
    "Ctrl+y": { label: w.redo(0, ""), run: () => commands.step(true) },
    "Ctrl+s": { label: w.save, run: save, always: true },
    "/": { label: w.find, run: () => document.querySelector<HTMLInputElement>("#find-on-canvas")?.focus() },
    "Alt+t": { label: w.table, run: () => setParams({ table: asTable ? null : "1" }), always: true },
    Escape: { label: w.select, run: commands.escape, always: true },
  });
}
