/** Said above a chart that is opened under another run than it was saved under, where something changed. */
import { useMemo } from "preact/hooks";
import { dataRun } from "~/core/status";
import { Band } from "~/parts/states";
import type { CanvasState } from "../state";
import { compared } from "./comparing";
import { w } from "./words";

export function ChartChanged({ state: { model, chart } }: { state: CanvasState }) {
  const stood = model.chart.value?.stood;
  const run = dataRun.value?.run;
  const version = model.version.value;
  const changes = useMemo(
    () => (stood && run && stood.run !== run ? compared(stood, model).length : 0),
    [stood, run, version],
  );
  if (!changes) return null;
  return (
    <Band kind="warn">
      {w.changed(changes)}{" "}
      <button type="button" class="link" onClick={() => (chart.dialog.value = "compare")}>
        {w.see}
      </button>
    </Band>
  );
}
