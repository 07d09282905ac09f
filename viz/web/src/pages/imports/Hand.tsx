/**
 * What an investigator types in: a signed source like any file, with the same reference to its row, undone by
 * taking its load out.
 */
import { useState } from "preact/hooks";
import { api, ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { useDrafts } from "~/core/drafts";
import { follow } from "~/core/jobs";
import { say } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { RowRef } from "~/parts/marks";
import { Band, Failed, Skeleton } from "~/parts/states";
import { w } from "./words";

interface Kept {
  load: number;
  row: string;
}

export function Hand() {
  const kinds = useAsk("/entries/kinds", {});
  const [cells, keep] = useDrafts("entry");
  const [basis, setBasis] = useState("");
  const [busy, setBusy] = useState(false);
  const [kept, setKept] = useState<Kept | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  if (kinds.error) return <Failed error={kinds.error} retry={kinds.again} />;
  if (!kinds.answer) return <Skeleton lines={8} />;
  const chosen = kinds.answer.kinds.find((each) => each.kind === param("kind")) ?? kinds.answer.kinds[0];
  if (!chosen) return null;
  const asked = (heading: string): string =>
    cells[heading] ?? (heading === "案件编号" ? (param("case") ?? "") : "");
  const write = (heading: string, text: string) => {
    keep(heading, text);
    setKept(null);
  };
  const row = Object.fromEntries(
    chosen.fields.map((each) => [each.heading, asked(each.heading).trim()]).filter(([, text]) => text),
  );
  const ready = chosen.fields.every((each) => !each.must || row[each.heading]) && !busy;
  const enter = async () => {
    setBusy(true);
    setError(null);
    try {
      const done = await follow(
        await api.post("/entries", { body: { kind: chosen.kind, rows: [row], basis } }),
      );
      if (done.error) throw new ApiError(done.error.code, w.failed, done.error.detail);
      const newest = (await api.get("/loads", { query: { limit: 1 } })).files[0];
      setKept({ load: Number(done.result?.load ?? 0), row: `${newest?.sha256.slice(0, 12) ?? ""}/-/2` });
      keep();
    } catch (failed) {
      setError(asApiError(failed));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="import-send"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void enter();
      }}
    >
      <p class="t2">{w.handNote}</p>
      <label class="row keep">
        {w.handKind}
        <select
          class="field"
          aria-label={w.handKind}
          value={chosen.kind}
          onChange={(event) => setParams({ kind: event.currentTarget.value })}
        >
          {kinds.answer.kinds.map((each) => (
            <option key={each.kind} value={each.kind}>
              {say([each.zh, each.en])}
            </option>
          ))}
        </select>
      </label>
      <div class="import-about">
        {chosen.fields.map((each) => (
          <label key={each.heading}>
            <span class="field-label">
              {each.heading}
              {each.must && <b class="warn"> *</b>}
            </span>
            <input
              class="field"
              type="text"
              autocomplete="off"
              required={each.must}
              placeholder={each.sample}
              value={asked(each.heading)}
              onInput={(event) => write(each.heading, event.currentTarget.value)}
            />
          </label>
        ))}
        <label>
          <span class="field-label">{w.handBasis}</span>
          <input
            class="field"
            type="text"
            autocomplete="off"
            value={basis}
            onInput={(event) => setBasis(event.currentTarget.value)}
          />
        </label>
      </div>
      {error && <Failed error={error} />}
      {kept && (
        <Band>
          {w.handKept(kept.load)} <RowRef refs={[kept.row]} />
        </Band>
      )}
      <div class="row">
        <button type="submit" class="button primary" disabled={!ready}>
          {w.handEnter}
        </button>
      </div>
    </form>
  );
}
