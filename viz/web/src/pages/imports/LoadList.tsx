/** What is loaded, newest first; a load is looked through before it is taken out. */
import { useEffect, useState } from "preact/hooks";
import { api, ApiError, asApiError } from "~/core/api";
import { showAsOf } from "~/core/asof";
import { useAsk } from "~/core/ask";
import { day, moment } from "~/core/format";
import { follow } from "~/core/jobs";
import { kindName } from "~/core/kinds";
import { may } from "~/core/session";
import { useShown } from "~/core/status";
import type { SourceFileShown } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";

export function LoadList() {
  const asked = useAsk("/loads", { query: { limit: 500 } });
  const [leaving, setLeaving] = useState<string | null>(null);
  const [told, setTold] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const files = asked.answer?.files ?? [];
  const newest = Math.max(0, ...files.map((file) => file.load ?? 0));
  const look = async (load: number) => {
    setError(null);
    try {
      const done = await follow(await api.post("/as-of", { body: { load } }));
      if (done.error) throw new ApiError(done.error.code, w.failed, done.error.detail);
      showAsOf(load);
    } catch (failed) {
      setError(asApiError(failed));
    }
  };
  useShown(asked.answer ? w.shown(files.length, asked.answer.total) : "");
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={10} />;
  if (!files.length) return <Empty icon="file-import">{w.empty}</Empty>;
  const counts = (["read", "loaded", "duplicate", "rejected", "excluded"] as const).map(
    (name): Column<SourceFileShown> => ({
      key: name,
      title: w[name],
      value: (file) => file[name],
      numeric: true,
      cell: (file) =>
        name === "rejected" && file.rejected && may("cases") ? (
          <a href={`/imports/${file.load}`}>{file.rejected}</a>
        ) : (
          file[name]
        ),
    }),
  );
  const batch = (file: SourceFileShown) =>
    w.unloadBatch(files.filter((each) => each.load === file.load).length);
  const out: Column<SourceFileShown> = {
    key: "out",
    title: w.unload,
    value: () => null,
    cell: (file) => (
      <span class="row">
        <button
          type="button"
          class="link"
          aria-label={`${batch(file)} ${w.number} ${file.load}`}
          onClick={() => setLeaving(String(file.load))}
        >
          {batch(file)}
        </button>
        {(file.load ?? 0) < newest && (
          <button type="button" class="link" onClick={() => void look(file.load ?? 0)}>
            {w.asOf}
          </button>
        )}
      </span>
    ),
  };
  const columns: Column<SourceFileShown>[] = [
    { key: "load", title: w.number, value: (file) => file.load, numeric: true },
    { key: "path", title: w.path, value: (file) => file.path },
    { key: "kind", title: w.kind, value: (file) => kindName(file.kind ?? null) },
    ...counts,
    {
      key: "corrected",
      title: w.correctedRows,
      value: (file) => file.corrected,
      numeric: true,
      hidden: !files.some((file) => file.corrected),
    },
    { key: "basis", title: w.basis, value: (file) => file.basis },
    {
      key: "until",
      title: w.use_until,
      value: (file) => file.use_until,
      cell: (file) => (file.use_until ? day(file.use_until) : "—"),
    },
    { key: "at", title: w.at, value: (file) => file.loaded_at, cell: (file) => moment(file.loaded_at) },
    ...(may("load") ? [out] : []),
  ];
  return (
    <>
      {told && <Band>{w.gone}</Band>}
      {error && <Failed error={error} />}
      <Table
        name="loads"
        label={w.loads}
        columns={columns}
        rows={files}
        total={asked.answer.total}
        rowKey={(file) => file.sha256}
      />
      {leaving && (
        <Leaving
          load={leaving}
          files={files.filter((each) => String(each.load) === leaving).length}
          onClose={(gone) => {
            setLeaving(null);
            setTold(gone);
            if (gone) asked.again();
          }}
        />
      )}
    </>
  );
}

interface Counted {
  files: unknown[];
  rows: number;
  events: Record<string, { gone: number; changed: number }>;
}

const total = (counts: Counted, name: "gone" | "changed"): number =>
  Object.values(counts.events).reduce((sum, each) => sum + each[name], 0);

interface LeavingProps {
  load: string;
  /** Files of this load in the list. */
  files: number;
  onClose: (gone: boolean) => void;
}

function Leaving({ load, files, onClose }: LeavingProps) {
  const [counts, setCounts] = useState<Counted | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const ask = async (dry_run: boolean) => {
    const done = await follow(
      await api.delete("/loads/{load_id}", { path: { load_id: load }, query: { dry_run } }),
    );
    if (done.error) throw new ApiError(done.error.code, w.failed, done.error.detail);
    return done.result as unknown as Counted;
  };
  const fail = (failed: unknown) => {
    setBusy(false);
    setError(asApiError(failed));
  };
  useEffect(() => void ask(true).then(setCounts, fail), [load]);
  const leave = () => {
    setBusy(true);
    ask(false).then(() => onClose(true), fail);
  };
  const footer = (
    <>
      <button type="button" class="button" onClick={() => onClose(false)}>
        {w.keep}
      </button>
      <button type="button" class="button primary" disabled={!counts || busy} onClick={leave}>
        {w.sure}
      </button>
    </>
  );
  return (
    <Dialog
      title={w.unloadTitle(load, counts?.files.length ?? files)}
      onClose={() => onClose(false)}
      footer={footer}
    >
      {error && <Failed error={error} />}
      {!counts && !error && <p class="t2">{w.counting}</p>}
      {counts && (
        <p>{w.goes(counts.files.length, counts.rows, total(counts, "gone"), total(counts, "changed"))}</p>
      )}
    </Dialog>
  );
}
