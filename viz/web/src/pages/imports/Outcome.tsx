/** What became of the files that were sent, and of a load under way. */
import { useState } from "preact/hooks";
import { api, ApiError, asApiError } from "~/core/api";
import { stageName } from "~/core/analysis";
import { oneOf } from "~/core/i18n";
import { cancelJob, follow } from "~/core/jobs";
import { kindName } from "~/core/kinds";
import type { JobShown } from "~/generated/api";
import { Band, Failed } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { busy, dry, type FileResult, job, type Picked, picked, TABLE } from "./work";
import { w } from "./words";

export function Progress() {
  const now = job.value;
  if (!now || !busy(now)) return null;
  const { stage, done, total, detail } = now.progress;
  return (
    <span class="row grow" role="status">
      <progress aria-label={w.load} {...(total ? { value: done, max: total } : {})} />
      <span class="t2 small cut">
        {stageName(stage || "waiting")} {done ? done.toLocaleString() : ""} {detail}
      </span>
      <button type="button" class="button" onClick={() => void cancelJob(now.id)}>
        {w.cancel}
      </button>
    </span>
  );
}

export function Outcome({ files, onMap }: { files: readonly FileResult[]; onMap: (file: Picked) => void }) {
  const sum = (name: "read" | "loaded" | "duplicate" | "rejected" | "excluded") =>
    files.reduce((total, file) => total + file[name], 0);
  const parts = (["loaded", "duplicate", "rejected", "excluded"] as const)
    .map((name) => `${w[name]} ${sum(name)}`)
    .join(" + ");
  const load = Number(job.value?.result?.load ?? 0);
  const source = (file: FileResult) => picked.value.find((each) => each.path === file.path);
  const columns: Column<FileResult>[] = [
    { key: "path", title: w.path, value: (file) => file.path },
    {
      key: "state",
      title: w.state,
      value: (file) => w.states(file.state),
      cell: (file) => (
        <span class={`chip ${file.state === "refused" ? "bad" : ""}`}>{w.states(file.state)}</span>
      ),
    },
    { key: "kind", title: w.kind, value: (file) => kindName(file.kind) },
    ...(["read", "loaded", "duplicate", "rejected", "excluded"] as const).map((name) => ({
      key: name,
      title: w[name],
      value: (file: FileResult) => file[name],
      numeric: true,
      cell: (file: FileResult) =>
        name === "rejected" && file[name] && load ? (
          <a href={`/imports/${load}`}>{file[name]}</a>
        ) : (
          file[name]
        ),
    })),
    {
      key: "reason",
      title: w.reason,
      value: (file) => file.reason && oneOf(file.reason),
      cell: (file) => {
        const from = file.state === "refused" && TABLE.test(file.path) ? source(file) : undefined;
        return (
          <span class="row">
            {from && (
              <button type="button" class="button" onClick={() => onMap(from)}>
                {w.map}
              </button>
            )}
            <span class="grow cut" title={file.reason ?? ""}>
              {file.reason && oneOf(file.reason)}
            </span>
          </span>
        );
      },
    },
  ];
  return (
    <section class="import-outcome">
      <Band kind={sum("rejected") || files.some((file) => file.state === "refused") ? "warn" : "info"}>
        <b>{dry.value ? w.checked : load ? w.done(load) : w.nothing}</b> · {w.sum(sum("read"), parts)}
        {load > 0 && !dry.value && <Again />}
      </Band>
      <Table name="outcome" label={w.title} columns={columns} rows={files} rowKey={(file) => file.path} />
    </section>
  );
}

/** New data changes answers only with a new run; the status bar shows how far it is and stops it. */
function Again() {
  const [state, setState] = useState<"" | "running" | JobShown["state"]>("");
  const [error, setError] = useState<ApiError | null>(null);
  const run = () => {
    setState("running");
    setError(null);
    api
      .post("/runs", { body: { seed: 7 } })
      .then((begun) => follow(begun))
      .then(
        (ended) => {
          setState(ended.state);
          if (ended.error) setError(new ApiError(ended.error.code, w.failed, ended.error.detail));
        },
        (failed: unknown) => {
          setState("failed");
          setError(asApiError(failed));
        },
      );
  };
  if (state === "done") return <span> {w.analysed}</span>;
  return (
    <>
      <button type="button" class="button" disabled={state === "running"} onClick={run}>
        {w.analyse}
      </button>
      {error && <Failed error={error} />}
    </>
  );
}
