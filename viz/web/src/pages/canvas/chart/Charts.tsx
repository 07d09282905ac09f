/** The dialogs of charts for a meeting, one at a time. */
import type { requestsOf } from "../commands";
import type { CanvasState } from "../state";
import { ChartList } from "./ChartList";
import { Compare } from "./Compare";
import { SaveChart } from "./SaveChart";

interface ChartsProps {
  state: CanvasState;
  requests: Pick<ReturnType<typeof requestsOf>, "keep">;
  /** Another canvas is opened in place of this one. */
  onOpen: () => void;
}

export function Charts({ state, requests, onOpen }: ChartsProps) {
  const { dialog } = state.chart;
  const close = () => {
    dialog.value = null;
  };
  if (dialog.value === "save") return <SaveChart state={state} onSave={requests.keep} onClose={close} />;
  if (dialog.value === "list") return <ChartList onOpen={onOpen} onClose={close} />;
  return dialog.value === "compare" ? <Compare state={state} onClose={close} /> : null;
}
