/** The state of the canvas page: its model, its stage, what is open beside it, and what failed. */
import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { type ApiError, asApiError } from "~/core/api";
import { asOf } from "~/core/asof";
import { param } from "~/core/router";
import { MARKS_UP_TO, type Told } from "./detail";
import { type Drawn, fold } from "./folding";
import { type ChartState, useChartState } from "./chart/state";
import type { Model } from "./model";
import type { Target } from "./pointer";
import type { Point } from "./scene";
import type { StyleName } from "./looks";
import type { Stage } from "./stage";
import { webglWorks } from "./webgl";
import { workAt } from "./work";

export const WEBGL = webglWorks();

export interface CanvasState {
  model: Model;
  stage: { current: Stage | null };
  drawn: ReadonlySignal<Drawn>;
  style: ReadonlySignal<StyleName>;
  lasso: Signal<boolean>;
  /** The objects an expansion is being chosen for. */
  expanding: Signal<readonly string[] | null>;
  /** The ends paths are being looked for between. */
  pathing: Signal<readonly string[] | null>;
  /** The line whose events stand in the panel. */
  line: Signal<string | null>;
  /** What the pointer is on, and where. */
  hover: Signal<{ target: Target; at: Point } | null>;
  /** The menu that is open, on what, and where. */
  menu: Signal<{ target: Target; at: Point } | null>;
  /** What the last paint showed of how much. */
  told: Signal<Told | null>;
  /** Counts up whenever the camera moves. */
  looked: Signal<number>;
  /** What the last request left out. */
  left: Signal<string | null>;
  error: Signal<ApiError | null>;
  /** The tools that draw by hand. */
  chart: ChartState;
}

export function useCanvasState(): CanvasState {
  const model = useMemo(
    () => workAt(`${location.pathname} ${["gang", "chain", "n", "ids"].map(param).join(" ")} ${asOf.peek()}`),
    [],
  );
  return {
    model,
    stage: useRef<Stage | null>(null),
    drawn: useComputed(() => fold(model, model.edges.value, WEBGL ? undefined : MARKS_UP_TO)),
    style: useComputed(() => (param("style") ?? "role") as StyleName),
    lasso: useSignal(false),
    expanding: useSignal<readonly string[] | null>(null),
    pathing: useSignal<readonly string[] | null>(null),
    line: useSignal<string | null>(null),
    hover: useSignal<{ target: Target; at: Point } | null>(null),
    menu: useSignal<{ target: Target; at: Point } | null>(null),
    told: useSignal<Told | null>(null),
    looked: useSignal(0),
    left: useSignal<string | null>(null),
    error: useSignal<ApiError | null>(null),
    chart: useChartState(),
  };
}

/** Do work whose failure the page shows in a band. */
export async function guarded(state: CanvasState, work: () => Promise<void>): Promise<void> {
  state.error.value = null;
  try {
    await work();
  } catch (failed) {
    state.error.value = asApiError(failed);
  }
}

export const captionIn = (model: Model, id: string): string => model.nodes.get(id)?.caption ?? id;
