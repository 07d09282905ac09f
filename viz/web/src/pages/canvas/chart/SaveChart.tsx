/** Save what is on the canvas as a chart with a name, for oneself or shared in a case. */
import { useState } from "preact/hooks";
import { who } from "~/core/session";
import { Dialog } from "~/parts/Dialog";
import type { CanvasState } from "../state";
import { w } from "./words";

export interface ChartNamed {
  name: string;
  caseNo: string | null;
  /** The chart it takes the place of; null for a new one. */
  id: string | null;
}

interface SaveProps {
  state: CanvasState;
  onSave: (named: ChartNamed) => void;
  onClose: () => void;
}

export function SaveChart({ state, onSave, onClose }: SaveProps) {
  const kept = state.model.chart.peek();
  const mine = kept?.author === who.value?.user;
  const [name, setName] = useState(kept ? (mine ? kept.name : w.copyOf(kept.name)) : "");
  const [caseNo, setCase] = useState(mine ? (kept?.caseNo ?? "") : "");
  const save = (id: string | null) => {
    if (!name.trim()) return;
    onSave({ name: name.trim(), caseNo: caseNo.trim() || null, id });
    onClose();
  };
  const over = mine && kept ? kept.id : null;
  return (
    <Dialog
      title={w.save}
      onClose={onClose}
      footer={
        <>
          {over && (
            <button type="button" class="button big" disabled={!name.trim()} onClick={() => save(null)}>
              {w.saveAs}
            </button>
          )}
          <button type="button" class="button big primary" disabled={!name.trim()} onClick={() => save(over)}>
            {w.save}
          </button>
        </>
      }
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save(over);
        }}
      >
        {kept && !mine && <p class="t2">{w.othersChart(kept.author)}</p>}
        <label class="field-label">
          {w.name}
          <input
            class="field"
            autofocus
            maxLength={100}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label class="field-label">
          {w.case}
          <input
            class="field"
            maxLength={200}
            value={caseNo}
            onInput={(event) => setCase(event.currentTarget.value)}
          />
        </label>
        <p class="small t2">{w.caseHint}</p>
        <button type="submit" class="unseen" tabIndex={-1}>
          {w.save}
        </button>
      </form>
    </Dialog>
  );
}
