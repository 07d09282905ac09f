/** The canvas page: stage, tools, time, panel; what one sees follows the model, and every step can be taken back. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { asOf } from "~/core/asof";
import { changed } from "~/core/changed";
import { go, param, setParams, to } from "~/core/router";
import { clearSelection, select, selection } from "~/core/selection";
import { useKeys } from "~/core/shortcuts";
import { notify, useShown } from "~/core/status";
import { theme } from "~/core/theme";
import { say } from "~/core/i18n";
import type { Params } from "../registry";
import { Page } from "~/parts/Page";
import { Band, Empty } from "~/parts/states";
import type { Route } from "~/generated/api";
import { CanvasTable } from "./CanvasTable";
import { Expand } from "./Expand";
import { fold } from "./folding";
import { forcing, stopForcing } from "./forcing";
import type { LayoutName } from "./layouts";
import { MOST_NODES, queryOf, type Ask, type PathAsk } from "./model";
import { workAt } from "./work";
import { arranged, asColumns, learn, learnCases, openView, saveView, seed } from "./opening";
import { Palette } from "./Palette";
import { Paths } from "./Paths";
import { Side } from "./Side";
import { Stage, webglWorks, type StyleName } from "./stage";
import { takeCanvas, type TakenFormat } from "./taking";
import { TimeBar } from "./TimeBar";
import { Tools } from "./Tools";
import { w } from "./words";
import "./canvas.css";

const WEBGL = webglWorks();
const MOST_TAKEN = 2_000;

export default function Canvas({ params }: { params: Params }) {
  const model = useMemo(
    () => workAt(`${location.pathname} ${["gang", "chain", "n", "ids"].map(param).join(" ")} ${asOf.peek()}`),
    [],
  );
  const box = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage | null>(null);
  const lasso = useSignal(false);
  const expanding = useSignal<string | null>(null);
  const pathing = useSignal<readonly [string, string] | null>(null);
  const error = useSignal<ApiError | null>(null);
  const asTable = param("table") === "1" || !WEBGL;
  const style = useComputed(() => (param("style") ?? "role") as StyleName);
  const look = style.value;
  const painted = useRef(theme.peek());
  const drawn = useComputed(() => fold(model, model.edges.value));
  const chosen = selection.value.filter((id) => model.nodes.has(id));
  const node = chosen.length === 1 ? (model.nodes.get(chosen[0] ?? "") ?? null) : null;
  void model.version.value;
  const empty = !model.nodes.size;
  const captionOf = (id: string) => model.nodes.get(id)?.caption ?? id;

  useEffect(() => {
    void guarded(async () => {
      if (params["view"]) await openView(model, params["view"]);
      else await seed(model);
    });
  }, [params["view"]]);

  useEffect(() => {
    if (!box.current || !WEBGL || asTable) return;
    const made = new Stage(box.current, {
      click: (id, add) => (id === null ? clearSelection() : select(id, add)),
      open: (id) => (expanding.value = id),
      moved: (places) => model.move(say(["移动", "move"]), places),
      lassoed: (ids, add) => {
        lasso.value = false;
        select(ids, add);
      },
    });
    stage.current = made;
    made.show(drawn.peek().nodes, drawn.peek().edges, look);
    return () => {
      stopForcing();
      made.kill();
      stage.current = null;
    };
  }, [asTable, empty]);

  useSignalEffect(() => {
    const [{ nodes, edges }, by] = [drawn.value, style.value]; // read before the stage is looked for: without one there is nothing to wait for
    stage.current?.show(nodes, edges, by);
  });
  useEffect(() => {
    if (look === "case" && !empty) void guarded(() => learnCases(model));
  }, [look, empty]);
  useEffect(() => {
    if (changed.value && model.nodes.size) void guarded(() => learn(model)); // what was confirmed meanwhile is drawn solid
  }, [changed.value]);
  useSignalEffect(() => {
    void selection.value;
    stage.current?.paint();
  });
  useSignalEffect(() => {
    if (theme.value === painted.current) return;
    painted.current = theme.value;
    setTimeout(() => {
      stage.current?.theme();
      stage.current?.show(drawn.peek().nodes, drawn.peek().edges, look);
    });
  });
  useEffect(() => {
    if (stage.current) stage.current.lassoOn = lasso.value;
  }, [lasso.value]);

  async function guarded(work: () => Promise<void>): Promise<void> {
    error.value = null;
    try {
      await work();
    } catch (failed) {
      error.value = asApiError(failed);
    }
  }

  const load = (ask: Ask) =>
    guarded(async () => {
      const answer = await api.get("/graph/expand", { query: queryOf(ask) });
      if (model.nodes.size + answer.nodes.id.length > MOST_NODES) return notify(w.tooMany(MOST_NODES));
      model.add(w.expandOf(captionOf(ask.node)), answer, ask.node, ask);
      if (answer.truncated) notify(w.cut(answer.shown, answer.total));
    });

  const arrange = (name: LayoutName) => {
    setParams({ layout: name });
    void guarded(async () => {
      await arranged(model, name, chosen[0]);
      stage.current?.fit();
    });
  };
  const addRoute = (route: Route, ask: PathAsk) =>
    model.add(w.path, asColumns(route), null, undefined, {
      ask,
      stations: route.stations.map((each) => each.id),
    });
  const step = (forward: boolean) => {
    if (!(forward ? model.undo.redo() : model.undo.undo())) notify(w.nothingToUndo);
  };
  const common = () => {
    const [a, b] = chosen;
    if (!a || !b) return;
    const beside = (id: string) =>
      new Set(model.edges.peek().flatMap((e) => (e.from === id ? [e.to] : e.to === id ? [e.from] : [])));
    select([...beside(a)].filter((id) => beside(b).has(id)));
  };
  const acts = {
    expand: () => node && (expanding.value = node.id),
    path: () => chosen[0] && (pathing.value = [chosen[0], chosen[1] ?? ""]),
    pin: () => model.pin(w.pin, chosen),
    hide: () => {
      model.hide(w.hide, chosen);
      clearSelection();
    },
    hideOthers: () =>
      model.hide(
        w.hideOthers,
        model
          .visible()
          .map((each) => each.id)
          .filter((id) => !chosen.includes(id)),
      ),
    showAll: () => model.hide(w.showAll, [...model.nodes.keys()], false),
    lasso: () => (lasso.value = !lasso.value),
    select: () => (lasso.value = false),
    fit: () => stage.current?.fit(),
    common,
    fold: () => setParams({ fold: param("fold") === "1" ? null : "1" }),
  };

  useKeys({
    v: { label: w.select, run: acts.select },
    l: { label: w.lasso, run: acts.lasso },
    e: { label: w.expand, run: acts.expand },
    p: { label: w.path, run: acts.path },
    f: { label: w.pin, run: acts.pin },
    h: { label: w.hide, run: acts.hide },
    "Shift+h": { label: w.hideOthers, run: acts.hideOthers },
    g: { label: w.fold, run: acts.fold },
    n: { label: w.common, run: acts.common },
    z: { label: w.fit, run: acts.fit },
    "Ctrl+z": { label: w.undo(0, ""), run: () => step(false) },
    "Ctrl+y": { label: w.redo(0, ""), run: () => step(true) },
    "Ctrl+s": { label: w.save, run: () => void save(), always: true },
    "/": { label: w.find, run: () => document.querySelector<HTMLInputElement>("#find-on-canvas")?.focus() },
    "Alt+t": { label: w.table, run: () => setParams({ table: asTable ? null : "1" }), always: true },
    Escape: {
      label: w.select,
      run: () => (lasso.value ? (lasso.value = false) : clearSelection()),
      always: true,
    },
  });

  const save = () =>
    guarded(async () => {
      const id = await saveView(model, params["view"] ?? null);
      go(to`/canvas/${id}` + location.search);
      notify(w.saved, to`/canvas/${id}`);
    });

  const take = (format: TakenFormat, paper?: "a4" | "a3") => {
    if (drawn.peek().nodes.length > MOST_TAKEN)
      return notify(w.tooManyToTake(drawn.peek().nodes.length, MOST_TAKEN));
    void guarded(() => takeCanvas(model, drawn.peek(), format, paper));
  };

  const { nodes, edges, folds, cut } = drawn.value;
  useShown(w.shown(nodes.length, edges.length));

  return (
    <Page
      panel={
        <Side
          node={node}
          chosen={chosen.length}
          edges={edges}
          captionOf={captionOf}
          decide={
            <div class="acts">
              <button type="button" class="button" disabled={!node} onClick={acts.expand}>
                {w.expand} <kbd>E</kbd>
              </button>
              <button type="button" class="button" disabled={!chosen.length} onClick={acts.path}>
                {w.path} <kbd>P</kbd>
              </button>
              <button type="button" class="button" disabled={!chosen.length} onClick={acts.pin}>
                {w.pin} <kbd>F</kbd>
              </button>
              <button type="button" class="button" disabled={!chosen.length} onClick={acts.hide}>
                {w.hide} <kbd>H</kbd>
              </button>
            </div>
          }
        />
      }
    >
      <Tools
        model={model}
        look={look}
        onLayout={arrange}
        onStep={step}
        onSave={() => void save()}
        onTake={take}
        onFind={(id) => {
          select(id);
          stage.current?.reveal(id);
        }}
        onError={(failed) => (error.value = failed)}
      />
      {error.value && (
        <Band kind="bad">{`${error.value.title} ${error.value.detail} ${error.value.code}`}</Band>
      )}
      {!WEBGL && <Band kind="warn">{w.noWebgl}</Band>}
      {forcing.value !== null && (
        <Band>
          {w.forcing(Math.round(100 * forcing.value))}{" "}
          <button type="button" class="link" onClick={stopForcing}>
            {w.stopForcing}
          </button>
        </Band>
      )}
      {folds > 0 && (
        <Band kind="warn">
          {w.folded(model.nodes.size, folds)}
          {cut > 0 && ` ${w.thin(cut)}`}
        </Band>
      )}
      <div class="canvas-work">
        {empty ? (
          <Empty icon="chart-dots-3">{w.empty}</Empty>
        ) : asTable ? (
          <CanvasTable nodes={nodes} edges={edges} captionOf={captionOf} />
        ) : (
          <>
            <div
              ref={box}
              class={`stage${lasso.value ? " lasso" : ""}`}
              role="img"
              aria-label={w.shown(nodes.length, edges.length)}
            />
            <Palette acts={acts} lasso={lasso.value} chosen={chosen.length} />
          </>
        )}
      </div>
      {!empty && <TimeBar model={model} />}
      {expanding.value && (
        <Expand
          range={model.filter.peek().range}
          node={expanding.value}
          name={captionOf(expanding.value)}
          onLoad={(ask) => void load(ask)}
          onClose={() => (expanding.value = null)}
        />
      )}
      {pathing.value && (
        <Paths
          from={pathing.value[0]}
          to={pathing.value[1]}
          nameOf={captionOf}
          onAdd={addRoute}
          onClose={() => (pathing.value = null)}
        />
      )}
    </Page>
  );
}
