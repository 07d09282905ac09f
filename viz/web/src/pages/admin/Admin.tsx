/**
 * Administration: the rules in force, dictionaries with the site's own rows, how long files may be used,
 * users.
 */
import { useAsk } from "~/core/ask";
import { day } from "~/core/format";
import { say } from "~/core/i18n";
import { may } from "~/core/session";
import type { FileKept, Parameter, SignalWord } from "~/generated/api";
import { Page } from "~/parts/Page";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { Users } from "./Users";
import { w } from "./words";
import { Dictionaries } from "./Dictionaries";
import { Rows } from "./Rows";
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
    { key: "source", title: w.source, value: (each) => say([each.source.zh, each.source.en]) },
  ];
  const parameters: Column<Parameter>[] = [
    { key: "parameter", title: w.parameter, value: (each) => each.name },
    {
      key: "number",
      title: w.number,
      value: (each) => (Array.isArray(each.value) ? each.value.join(" · ") : each.value),
      numeric: true,
    },
    { key: "unit", title: w.unit, value: (each) => say([each.unit.zh, each.unit.en]) },
    { key: "why", title: w.reason, value: (each) => say([each.reason.zh, each.reason.en]) },
    { key: "whence", title: w.source, value: (each) => say([each.source.zh, each.source.en]) },
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
      <h2>{w.parameters(asked.answer.parameters_version)}</h2>
      <Table
        name="parameters"
        label={w.parameters(asked.answer.parameters_version)}
        columns={parameters}
        rows={asked.answer.parameters}
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
