/** Choosing files, what is known of them, sending, and what became of each. */
import { useRef, useState } from "preact/hooks";
import { api, ApiError, asApiError } from "~/core/api";
import { stageName } from "~/core/analysis";
import { oneOf } from "~/core/i18n";
import { cancelJob, follow } from "~/core/jobs";
import { kindName } from "~/core/kinds";
import { useShown } from "~/core/status";
import type { JobShown } from "~/generated/api";
import { Icon } from "~/parts/Icon";
import { Band, Failed } from "~/parts/states";
import { Table, type Column } from "~/parts/Table";
import { Mapping } from "./Mapping";
import {
  about,
  add,
  busy,
  chosen,
  clear,
  dropped,
  dry,
  failure,
  FIELDS,
  job,
  picked,
  results,
  send,
  type Field,
  type FileResult,
  type Picked,
} from "./work";
import { w } from "./words";

const TABLE = /\.(csv|tsv|txt|xlsx|xlsm|xls)$/i;

export function Send() {
  const [over, setOver] = useState(false);
  const [mapping, setMapping] = useState<Picked | null>(null);
  const found = results(job.value);
  useShown(picked.value.length ? w.chosen(picked.value.length, megabytes(picked.value)) : "");
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer) void dropped(event.dataTransfer).then(add);
  };
  return (
    <div class="import-send">
      <section
        class={`drop${over ? " over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" size={26} />
        <b>{picked.value.length ? w.chosen(picked.value.length, megabytes(picked.value)) : w.drop}</b>
        <span class="row">
          <Chooser label={w.choose} />
          <Chooser label={w.folder} folder />
          {picked.value.length > 0 && (
            <button type="button" class="button" disabled={busy(job.value)} onClick={clear}>
              {w.clear}
            </button>
          )}
        </span>
      </section>
      <About />
      <div class="row import-go">
        <button
          type="button"
          class="button"
          disabled={!picked.value.length || busy(job.value)}
          onClick={() => void send(true)}
        >
          {w.check}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!picked.value.length || busy(job.value)}
          onClick={() => void send(false)}
        >
          <Icon name="file-import" />
          {w.load}
        </button>
        <Progress />
      </div>
      {failure.value && <Failed error={failure.value} />}
      {found.length > 0 && <Outcome files={found} onMap={setMapping} />}
      {mapping && <Mapping picked={mapping} onClose={() => setMapping(null)} />}
    </div>
  );
}

const megabytes = (files: readonly Picked[]): string =>
  (files.reduce((sum, each) => sum + each.file.size, 0) / 1e6).toFixed(1);

function Chooser({ label, folder = false }: { label: string; folder?: boolean }) {
  const box = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={box}
        type="file"
        multiple
        hidden
        aria-label={label}
        {...(folder ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          add(chosen(event.currentTarget.files));
          event.currentTarget.value = "";
        }}
      />
      <button type="button" class="button" disabled={busy(job.value)} onClick={() => box.current?.click()}>
        <Icon name={folder ? "folder" : "file-text"} />
        {label}
      </button>
    </>
  );
}

function About() {
  return (
    <div class="import-about">
      {FIELDS.map((field) => (
        <label key={field}>
          <span class="field-label">{w[field]}</span>
          <Entry field={field} />
        </label>
      ))}
    </div>
  );
}

function Entry({ field }: { field: Field }) {
  const value = about.value[field] ?? "";
  const write = (text: string) => (about.value = { ...about.peek(), [field]: text });
  if (field === "password")
    return (
      <input
        class="field"
        type="password"
        autocomplete="off"
        value={value}
        onInput={(event) => write(event.currentTarget.value)}
      />
    );
  if (/until|from/.test(field))
    return (
      <input class="field" type="date" value={value} onInput={(event) => write(event.currentTarget.value)} />
    );
  return (
    <input
      class="field"
      type="text"
      autocomplete="off"
      value={value}
      onInput={(event) => write(event.currentTarget.value)}
    />
  );
}

function Progress() {
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

function Outcome({ files, onMap }: { files: readonly FileResult[]; onMap: (file: Picked) => void }) {
  const sum = (name: "read" | "loaded" | "duplicate" | "rejected" | "excluded") =>
    files.reduce((total, file) => total + file[name], 0);
  const parts = (["loaded", "duplicate", "rejected", "excluded"] as const)
    .map((name) => `${w[name]} ${sum(name)}`)
    .join(" + ");
  const load = Number(job.value?.result?.["load"] ?? 0);
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
