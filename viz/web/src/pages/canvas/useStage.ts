/** Keeps the stage on the page and lets it follow the model, the selection and the theme. */
import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { changed } from "~/core/changed";
import { clearSelection, select, selection } from "~/core/selection";
import { theme } from "~/core/theme";
import { Drawing, pick } from "./chart/acts";
import { stopForcing } from "./forcing";
import { neighboursIn } from "./commands";
import { learn, learnCases, seed } from "./opening";
import { openView } from "./views";
import { Stage } from "./stage";
import { type CanvasState, guarded } from "./state";

/** Ask for what the address names, and again for what is drawn of it after a judgement. */
export function useContents(state: CanvasState, view: string | undefined): void {
  const { model, style } = state;
  const look = style.value;
  const empty = !model.nodes.size;
  useEffect(() => {
    void guarded(state, async () => {
      if (view) await openView(model, view);
      else state.left.value = await seed(model);
    });
  }, [view]);
  useEffect(() => {
    if (look === "case" && !empty) void guarded(state, () => learnCases(model));
  }, [look, empty]);
  useEffect(() => {
    // What was confirmed meanwhile is drawn solid.
    if (changed.value && model.nodes.size) void guarded(state, () => learn(model));
  }, [changed.value]);
}

/** The stage in its box; there is none while `off`. */
export function useStage(state: CanvasState, box: RefObject<HTMLDivElement | null>, off: boolean): void {
  const { model, stage, drawn, style, lasso, expanding } = state;
  const painted = useRef(theme.peek());
  const look = style.value;
  useEffect(() => {
    if (!box.current || off) return;
    const drawing = new Drawing(state);
    const made = new Stage(box.current, {
      click: ({ node, line, mark }, event) => {
        state.menu.value = null;
        state.line.value = line ?? null;
        if (mark) return pick(state, [mark], event.shiftKey);
        if (!event.shiftKey) state.chart.picked.value = [];
        if (node && event.altKey) select([node, ...neighboursIn(model, node)]);
        else if (node) select(node, event.shiftKey);
        else clearSelection();
      },
      open: ({ node, mark }) => {
        if (mark) drawing.edit(mark);
        else if (node && model.nodes.has(node)) expanding.value = [node];
      },
      moved: drawing.moved,
      made: drawing.made,
      lassoed: (ids, marks, add) => {
        lasso.value = false;
        pick(state, marks, add);
        select(ids, add);
      },
      hover: (target, at) => {
        const now = target.node ?? target.line;
        const before = state.hover.peek()?.target;
        if (now !== (before?.node ?? before?.line)) state.hover.value = now ? { target, at } : null;
      },
      menu: (target, at) => {
        if (target.node && !selection.peek().includes(target.node)) select(target.node);
        state.menu.value = { target, at };
      },
      told: (told) => {
        if (JSON.stringify(told) !== JSON.stringify(state.told.peek())) state.told.value = told;
      },
      looked: () => {
        state.looked.value++;
        state.menu.value = null;
      },
    });
    stage.current = made;
    made.axis = model.axis.peek();
    made.chart.hand = model.hand.peek();
    made.show(drawn.peek().nodes, drawn.peek().edges, look);
    return () => {
      stopForcing();
      made.kill();
      stage.current = null;
    };
  }, [off, !model.nodes.size]);
  useSignalEffect(() => {
    // Read before the stage is looked for: without one there is nothing to wait for.
    const [{ nodes, edges }, by] = [drawn.value, style.value];
    stage.current?.show(nodes, edges, by);
  });
  useHand(state);
  useSignalEffect(() => {
    const chosen = selection.value;
    if (chosen.length) state.line.value = null;
    stage.current?.paint();
  });
  useSignalEffect(() => {
    const [line, axis] = [state.line.value, model.axis.value];
    if (!stage.current) return;
    Object.assign(stage.current, { line, axis });
    stage.current.paint();
  });
  useSignalEffect(() => {
    if (theme.value === painted.current) return;
    painted.current = theme.value;
    setTimeout(() => {
      stage.current?.theme();
      stage.current?.show(drawn.peek().nodes, drawn.peek().edges, style.peek());
    });
  });
  useEffect(() => {
    if (stage.current) stage.current.lassoOn = lasso.value;
  }, [lasso.value]);
}

/** The stage follows what is drawn by hand and the tool that draws. */
function useHand({ model, stage, chart }: CanvasState): void {
  useSignalEffect(() => {
    const [hand, picked, kind, editing] = [
      model.hand.value,
      chart.picked.value,
      chart.tool.value,
      chart.editing.value,
    ];
    const [pen, letters, icon] = [chart.pen.value, chart.letters.value, chart.icon.value];
    const snap = chart.snap.value && chart.drawing.value;
    const layer = stage.current?.chart;
    if (!layer) return;
    Object.assign(layer, { hand, snap, picked: new Set(picked), editing: editing?.mark.id ?? null });
    layer.tool = kind && { kind, pen, letters, icon };
    stage.current?.paint();
  });
}
