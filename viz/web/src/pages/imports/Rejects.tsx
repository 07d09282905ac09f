/** Rejected rows of a load, corrected in place and loaded again as a source of their own. */
import { useState } from "preact/hooks";
import { api, ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { useDrafts } from "~/core/drafts";
import { follow } from "~/core/jobs";
import { say } from "~/core/i18n";
import { useShown } from "~/core/status";
import type { CheckFound, Reject } from "~/generated/api";
import { Page } from "~/parts/Page";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { results } from "./work";
import { w } from "./words";

const keyOf = (row: Reject): string => `${row.file}/${row.sheet}/${row.row}`;

export function Rejects({ load }: { load: string }) {
  const asked = useAsk("/imports/{load_id}/rejects", { path: { load_id: load }, query: { limit: 500 } });
  const [cells, keep] = useDrafts(`rejects.${load}`);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const rows = asked.answer?.rejects ?? [];
  useShown(asked.answer ? w.shown(rows.length, asked.answer.total) : "");
  const changed = rows.filter(
    (row) => row.column && cells[keyOf(row)] !== undefined && cells[keyOf(row)] !== row.value,
  );
  const correct = () => {
    setBusy(true);
    setError(null);
    const body = {
      rows: changed.map((row) => ({
        file: row.file,
        sheet: row.sheet,
        row: row.row,
        cells: { [row.column ?? ""]: cells[keyOf(row)] ?? "" },
      })),
    };
    api
      .post("/imports/{load_id}/rejects/corrections", { path: { load_id: load }, body })
      .then((begun) => follow(begun))
      .then((done) => {
        if (done.error) throw new ApiError(done.error.code, w.failed, done.error.detail);
        const files = results(done);
        setTold(
          w.correctedDone(
            files.reduce((n, file) => n + file.loaded, 0),
            files.reduce((n, file) => n + file.rejected, 0),
          ),
        );
        keep();
      })
      .catch((failed: unknown) => setError(asApiError(failed)))
      .finally(() => setBusy(false));
  };
  const columns: Column<Reject>[] = [
    { key: "path", title: w.path, value: (row) => row.path },
    { key: "row", title: w.row, value: (row) => row.row, numeric: true },
    { key: "column", title: w.column, value: (row) => row.column },
    { key: "value", title: w.value, value: (row) => row.value },
    { key: "reason", title: w.reason, value: (row) => say([row.zh, row.en]) },
    {
      key: "corrected",
      title: w.corrected,
      value: (row) => cells[keyOf(row)] ?? null,
      cell: (row) =>
        row.column ? (
          <input
            class="field"
            aria-label={`${w.corrected} ${row.path} ${row.row} ${row.column}`}
            value={cells[keyOf(row)] ?? row.value ?? ""}
            onInput={(event) => keep(keyOf(row), event.currentTarget.value)}
          />
        ) : (
          "—"
        ),
    },
  ];
  const tools = (
    <>
      <a class="button" href="/imports?tab=loads">
        {w.back}
      </a>
      <button type="button" class="button primary" disabled={!changed.length || busy} onClick={correct}>
        {w.correct(changed.length)}
      </button>
    </>
  );
  return (
    <Page title={w.rejectsOf(load)} tools={tools}>
      <div class="fill import-send">
        {told && <Band>{told}</Band>}
        {error && <Failed error={error} />}
        {asked.error && <Failed error={asked.error} retry={asked.again} />}
        {!asked.answer && !asked.error && <Skeleton lines={10} />}
        {asked.answer && !rows.length && <Empty icon="checklist">{w.noRejects}</Empty>}
        {rows.length > 0 && (
          <Table
            name="rejects"
            label={w.rejectsOf(load)}
            columns={columns}
            rows={rows}
            total={asked.answer?.total ?? rows.length}
            rowKey={keyOf}
            rowHeight={36}
          />
        )}
        <Checks load={load} />
      </div>
    </Page>
  );
}

/** What the checks of the load found: counts, sums, balances, gaps, both sides. */
function Checks({ load }: { load: string }) {
  const asked = useAsk("/imports/{load}/checks", { path: { load } });
  if (!asked.answer) return null;
  const found = asked.answer.files.flatMap((file) =>
    file.checks.map((check) => ({ path: file.path, check })),
  );
  const columns: Column<{ path: string; check: CheckFound }>[] = [
    { key: "path", title: w.path, value: (row) => row.path },
    { key: "said", title: w.reason, value: (row) => say([row.check.zh, row.check.en]) },
  ];
  return (
    <section class="import-outcome">
      <h2>{w.checks}</h2>
      {found.length ? (
        <Table
          name="checks"
          label={w.checks}
          columns={columns}
          rows={found}
          rowKey={(row) => `${row.path}${row.check.en}${row.check.sheet}`}
        />
      ) : (
        <p class="t2">{w.noChecks}</p>
      )}
    </section>
  );
}
