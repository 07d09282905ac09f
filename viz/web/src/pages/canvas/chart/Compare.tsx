/** What changed on a chart since it was saved, usually under an earlier run. */
import { roleWord, statusWord } from "~/core/legend";
import type { Role } from "~/core/legend";
import { shortRun } from "~/core/format";
import { dataRun } from "~/core/status";
import { Dialog } from "~/parts/Dialog";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { relationName } from "../relations";
import { captionIn, type CanvasState } from "../state";
import { type Changed, compared } from "./comparing";
import { w } from "./words";

const LISTED = 500;

export function Compare({ state, onClose }: { state: CanvasState; onClose: () => void }) {
  const { model } = state;
  void model.version.value;
  const stood = model.chart.value?.stood;
  if (!stood) return null;
  const found = compared(stood, model);
  const about = ({ from, type, to }: Changed) =>
    type && to
      ? `${captionIn(model, from)} → ${captionIn(model, to)} ${relationName(type)}`
      : captionIn(model, from);
  const columns: Column<Changed>[] = [
    { key: "what", title: w.what, value: (row) => w[row.change] },
    { key: "about", title: w.about, value: about, rest: true },
    { key: "before", title: w.before, value: (row) => said(row.before, row) },
    { key: "now", title: w.now, value: (row) => said(row.now, row) },
  ];
  return (
    <Dialog title={w.compareTitle} wide onClose={onClose}>
      <p>{w.runs(runWord(stood.run), runWord(dataRun.value?.run ?? null))}</p>
      <p class="small t2">{w.compareNote}</p>
      {found.length ? (
        <Table
          name="chart-changes"
          label={w.compareTitle}
          columns={columns}
          rows={found.slice(0, LISTED)}
          total={found.length}
          rowKey={(row) => `${row.change} ${row.from} ${row.type} ${row.to}`}
        />
      ) : (
        <p>{w.same}</p>
      )}
    </Dialog>
  );
}

const runWord = (run: string | null): string => (run ? shortRun(run) : w.noRun);

/** Roles and states in words; numbers and names of gangs as they are. */
function said(value: string, { change }: Changed): string {
  if (change === "role") return roleWord(value as Role);
  return change === "sure" ? statusWord(value === "confirmed" ? "confirmed" : "candidate") : value;
}
