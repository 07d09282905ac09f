/** Administration: the rules in force, dictionaries with the site's own rows, how long files may be used, users. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { day } from "~/core/format";
import { say } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { may } from "~/core/session";
import type { DictionaryNamed, DictionaryRow, FileKept, SignalWord } from "~/generated/api";
import { Chip } from "~/parts/marks";
import { Page } from "~/parts/Page";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table, type Column } from "~/parts/Table";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { Users } from "./Users";
import { NAMES, w } from "./words";
import "./admin.css";

export default function Admin() {
  const tabs = [
    { id: "rules", label: w.rules },
    { id: "dictionaries", label: w.dictionaries },
    { id: "retention", label: w.retention },
    ...(may("administer") ? [{ id: "users", label: w.users }] : []),
  ];
  const parts: Readonly<Record<string, () => preact.JSX.Element>> = {
    rules: Rules,
    dictionaries: Dictionaries,
    retention: Retention,
    users: Users,
  };
  const Part = parts[chosenTab(tabs)] ?? Rules;
  return (
    <Page title={w.title}>
      <Tabs tabs={tabs} label={w.title} />
      <div class="fill admin">
        <Part />
      </div>
    </Page>
  );
}

function Rules() {
  const asked = useAsk("/rules", {});
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={10} />;
  const weights: Column<SignalWord>[] = [
    { key: "signal", title: w.signal, value: (each) => say([each.zh, each.en]) },
    { key: "retail", title: w.retail, value: (each) => each.retail, numeric: true },
    { key: "restock", title: w.restock, value: (each) => each.restock, numeric: true },
    { key: "reason", title: w.reason, value: (each) => say([each.reason.zh, each.reason.en]) },
    { key: "source", title: w.source, value: (each) => each.source },
  ];
  return (
    <>
      <p class="t2">{w.version(asked.answer.version, asked.answer.dictionaries)}</p>
      <h2>{w.weights}</h2>
      <Table
        name="weights"
        label={w.weights}
        columns={weights}
        rows={asked.answer.weights}
        rowKey={(each) => each.name}
      />
      <h2>{w.tiers}</h2>
      <Rows
        name="tiers"
        label={w.tiers}
        rows={asked.answer.tiers}
        columns={Object.keys(asked.answer.tiers[0]?.cells ?? {})}
      />
    </>
  );
}

/** Rows of a dictionary as a table; empty columns stay hidden. */
function Rows({
  name,
  label,
  rows,
  columns,
  onRemove,
}: {
  name: string;
  label: string;
  rows: readonly DictionaryRow[];
  columns: readonly string[];
  onRemove?: (id: string) => void;
}) {
  const used = columns.filter((column) => column !== "id" && rows.some((row) => row.cells[column]));
  const shown: Column<DictionaryRow>[] = [
    { key: "id", title: "id", value: (row) => row.cells["id"] ?? "" },
    ...used.map((column) => ({
      key: column,
      title: column,
      value: (row: DictionaryRow) => row.cells[column] ?? "",
    })),
    {
      key: "own",
      title: w.from,
      value: (row) => (row.own ? w.own : w.shipped),
      cell: (row) => (
        <span class="row">
          <Chip kind={row.own ? "info" : "plain"}>{row.own ? w.own : w.shipped}</Chip>
          {row.own && onRemove && (
            <button type="button" class="link" onClick={() => onRemove(row.cells["id"] ?? "")}>
              {w.remove}
            </button>
          )}
        </span>
      ),
    },
  ];
  return (
    <Table name={name} label={label} columns={shown} rows={rows} rowKey={(row) => row.cells["id"] ?? ""} />
  );
}

function Dictionaries() {
  const all = useAsk("/dictionaries", {});
  if (all.error) return <Failed error={all.error} retry={all.again} />;
  if (!all.answer) return <Skeleton lines={10} />;
  const found = all.answer.dictionaries;
  const chosen =
    found.find((each) => each.name === param("name")) ??
    found.find((each) => each.name === "code_words") ??
    found[0];
  return (
    <>
      <div class="row admin-choose">
        <select
          class="field"
          aria-label={w.choose}
          value={chosen?.name}
          onChange={(event) => setParams({ name: event.currentTarget.value })}
        >
          {found.map((each) => (
            <option key={each.name} value={each.name}>
              {say(NAMES[each.name] ?? [each.name, each.name])}
            </option>
          ))}
        </select>
        {chosen && <span class="t2">{w.counts(chosen.shipped, chosen.own)}</span>}
      </div>
      {chosen && <OneDictionary key={chosen.name} about={chosen} onChange={all.again} />}
    </>
  );
}

function OneDictionary({ about, onChange }: { about: DictionaryNamed; onChange: () => void }) {
  const asked = useAsk("/dictionaries/{name}", { path: { name: about.name }, query: { limit: 1000 } });
  const [cells, setCells] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<ApiError | null>(null);
  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
      setCells({});
      asked.again();
      onChange();
    } catch (failed) {
      setError(asApiError(failed));
    }
  };
  const filled = Object.fromEntries(Object.entries(cells).filter(([, text]) => text.trim()));
  const add = () =>
    act(() => api.post("/dictionaries/{name}", { path: { name: about.name }, body: { cells: filled } }));
  const remove = (id: string) =>
    void act(() =>
      api.delete("/dictionaries/{name}/{entry_id}", { path: { name: about.name, entry_id: id } }),
    );
  const fields = about.columns.filter((column) => !["id", "verified"].includes(column));
  return (
    <>
      {may("administer") && (
        <details>
          <summary>{w.add}</summary>
          <p class="small t2">{w.addNote}</p>
          <form
            class="admin-fields"
            onSubmit={(event) => {
              event.preventDefault();
              void add();
            }}
          >
            {fields.map((column) => (
              <label key={column}>
                <span class="field-label">
                  {column}
                  {column === "value" && <b class="warn"> *</b>}
                </span>
                <input
                  class="field"
                  type="text"
                  maxLength={500}
                  autocomplete="off"
                  value={cells[column] ?? ""}
                  onInput={(event) => setCells({ ...cells, [column]: event.currentTarget.value })}
                />
              </label>
            ))}
            <button type="submit" class="button primary" disabled={!filled["value"]}>
              {w.save}
            </button>
          </form>
        </details>
      )}
      {error && <Failed error={error} />}
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {asked.answer && (
        <Rows
          name={about.name}
          label={say(NAMES[about.name] ?? [about.name, about.name])}
          rows={asked.answer.entries}
          columns={asked.answer.columns}
          {...(may("administer") ? { onRemove: remove } : {})}
        />
      )}
    </>
  );
}

function Retention() {
  const asked = useAsk("/retention", {});
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={10} />;
  if (!asked.answer.files.length) return <Empty icon="file-import">{w.empty}</Empty>;
  const columns: Column<FileKept>[] = [
    {
      key: "left",
      title: w.left,
      value: (file) => file.days_left,
      cell: (file) =>
        file.days_left === null ? (
          <span class="t3">{w.none}</span>
        ) : file.days_left < 0 ? (
          <b class="bad">{w.over(-file.days_left)}</b>
        ) : (
          file.days_left
        ),
      numeric: true,
    },
    {
      key: "until",
      title: w.until,
      value: (file) => file.use_until,
      cell: (file) => day(file.use_until) || "—",
    },
    { key: "file", title: w.file, value: (file) => file.path },
    { key: "load", title: w.load, value: (file) => file.load, numeric: true },
    { key: "basis", title: w.basis, value: (file) => file.basis },
    { key: "purpose", title: w.purpose, value: (file) => file.purpose },
    {
      key: "out",
      title: "",
      value: () => null,
      cell: (file) =>
        file.days_left !== null && file.days_left < 0 && may("load") ? <a href="/imports">{w.unload}</a> : "",
    },
  ];
  return (
    <>
      <p class="t2">{w.retentionNote}</p>
      <Table
        name="retention"
        label={w.retention}
        columns={columns}
        rows={asked.answer.files}
        rowKey={(file) => file.sha256}
      />
    </>
  );
}
