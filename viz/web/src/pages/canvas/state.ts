/** The state of the canvas page: its model, its stage, what is open beside it, and what failed. */
import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import { type ApiError, asApiError } from "~/core/api";
import { asOf } from "~/core/asof";
import { param } from "~/core/router";
import { type Drawn, fold } from "./folding";
import type { Model } from "./model";
import type { Stage, StyleName } from "./stage";
import { workAt } from "./work";

export interface CanvasState {
  model: Model;
  stage: { current: Stage | null };
  drawn: ReadonlySignal<Drawn>;
  style: ReadonlySignal<StyleName>;
  lasso: Signal<boolean>;
  /** The node an expansion is being chosen for. */
  expanding: Signal<string | null>;
  /** The two ends a path is being looked for between. */
  pathing: Signal<readonly [string, string] | null>;
  error: Signal<ApiError | null>;
}

export function useCanvasState(): CanvasState {
  const model = useMemo(
    () => workAt(`${location.pathname} ${["gang", "chain", "n", "ids"].map(param).join(" ")} ${asOf.peek()}`),
    [],
  );
  return {
    model,
    stage: useRef<Stage | null>(null),
    drawn: useComputed(() => fold(model, model.edges.value)),
    style: useComputed(() => (param("style") ?? "role") as StyleName),
    lasso: useSignal(false),
    expanding: useSignal<string | null>(null),
    pathing: useSignal<readonly [string, string] | null>(null),
    error: useSignal<ApiError | null>(null),
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
