/** Before the whole of what one may see leaves: how much of it, and what for. */
import { useState } from "preact/hooks";
import { type ApiError, asApiError, type Asked, takeAlong } from "~/core/api";
import { words, type Both } from "~/core/i18n";
import { purpose, setPurpose } from "~/core/purpose";
import { Dialog } from "~/parts/Dialog";
import { Failed } from "~/parts/states";

const w = words({
  download: ["下载", "Download"],
  scopeTitle: (name: string): Both => [`导出 ${name}`, `Export ${name}`],
  scopeNote: [
    "导出的是全区有权查看的全部内容，不是一个案件。只取一案或几人，请在画布上打开后导出。",
    "This is everything of the district you may see, not one case. Open one case on the canvas instead.",
  ],
  scope: ["范围", "Scope"],
  onlyFacts: ["只含材料中的事实", "Only what files state"],
  withRun: ["事实和本次研判的候选结论", "What files state, and the candidates of the present run"],
  why: ["用途（将写入审计记录）", "Purpose (goes to the audit log)"],
  making: ["正在生成…", "Being made…"],
});

export interface Format {
  format: NonNullable<NonNullable<Asked<"GET", "/exports">["query"]>["format"]>;
  name: string;
  use: Both;
}

export function Scope({ format, onClose }: { format: Format; onClose: () => void }) {
  const [derived, setDerived] = useState<boolean | null>(null);
  const [why, setWhy] = useState(purpose.value);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const ready = derived !== null && why.trim() !== "" && !busy;
  const take = async () => {
    if (derived === null) return;
    setBusy(true);
    setError(null);
    setPurpose(why);
    try {
      await takeAlong("/exports", { query: { format: format.format, derived } });
      onClose();
    } catch (failed) {
      setError(asApiError(failed));
      setBusy(false);
    }
  };
  const choice = (value: boolean, text: string) => (
    <label class="row">
      <input type="radio" name="scope" checked={derived === value} onChange={() => setDerived(value)} />
      {text}
    </label>
  );
  return (
    <Dialog
      title={w.scopeTitle(format.name)}
      onClose={onClose}
      footer={
        <button type="button" class="button big" disabled={!ready} onClick={() => void take()}>
          {busy ? w.making : w.download}
        </button>
      }
    >
      <p class="warn">{w.scopeNote}</p>
      <fieldset class="stack">
        <legend>{w.scope}</legend>
        {choice(false, w.onlyFacts)}
        {choice(true, w.withRun)}
      </fieldset>
      <label class="field-label" for="export-why">
        {w.why}
      </label>
      <input
        id="export-why"
        class="field"
        maxLength={100}
        value={why}
        onInput={(event) => setWhy(event.currentTarget.value)}
      />
      {error && <Failed error={error} />}
    </Dialog>
  );
}
