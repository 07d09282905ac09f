/** The state of the drawing tools: what is at hand, what is picked, whose text is being written. */
import { type Signal, useSignal } from "@preact/signals";
import type { Letters, Mark, MarkKind, OwnIcon, Pen } from "./marks";

export interface ChartState {
  /** Whether the tools are open. */
  drawing: Signal<boolean>;
  tool: Signal<MarkKind | null>;
  pen: Signal<Pen>;
  letters: Signal<Letters>;
  icon: Signal<OwnIcon>;
  snap: Signal<boolean>;
  picked: Signal<readonly string[]>;
  /** The mark whose text is being written; `fresh` where it is not on the canvas yet. */
  editing: Signal<{ mark: Mark; fresh: boolean } | null>;
  dialog: Signal<"list" | "save" | "compare" | null>;
}

export const useChartState = (): ChartState => ({
  drawing: useSignal(false),
  tool: useSignal<MarkKind | null>(null),
  pen: useSignal<Pen>("red"),
  letters: useSignal<Letters>("medium"),
  icon: useSignal<OwnIcon>("flag"),
  snap: useSignal(true),
  picked: useSignal<readonly string[]>([]),
  editing: useSignal<{ mark: Mark; fresh: boolean } | null>(null),
  dialog: useSignal<"list" | "save" | "compare" | null>(null),
});
