/** Charts for a meeting, in the toolbar: draw, save, open another, compare. */
import { Menu, MenuItem } from "~/parts/Menu";
import type { CanvasState } from "../state";
import { w } from "./words";

export function ChartMenu({ state: { model, chart } }: { state: CanvasState }) {
  const kept = model.chart.value;
  return (
    <Menu
      label={kept ? <span class="cut chart-name">{kept.name}</span> : w.chart}
      title={w.chart}
      icon="layout-kanban"
    >
      {model.nodes.size > 0 && (
        <>
          <MenuItem onClick={() => (chart.drawing.value = true)}>{w.drawHint}</MenuItem>
          <MenuItem onClick={() => (chart.dialog.value = "save")}>{w.save}</MenuItem>
        </>
      )}
      <MenuItem onClick={() => (chart.dialog.value = "list")}>{w.charts}</MenuItem>
      {kept?.stood && <MenuItem onClick={() => (chart.dialog.value = "compare")}>{w.compare}</MenuItem>}
    </Menu>
  );
}
