/**
 * Reports and exports: chains and gangs as reports, the whole of what one may see in formats other programs
 * read.
 */
import { useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { chainNo, nameOf, shortCase } from "~/core/format";
import { say, words } from "~/core/i18n";
import { to } from "~/core/router";
import type { BoardRow, Gang } from "~/generated/api";
import { statusWord } from "~/core/legend";
import { StatusChip, Strength } from "~/parts/marks";
import { Page } from "~/parts/Page";
import { Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import { statusColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { TakeAway } from "~/parts/TakeAway";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { type Format, Scope } from "./Scope";
import "./reports.css";

const w = words({
  title: ["报告与导出", "Reports and exports"],
  note: [
    "每次导出都留痕。报告逐句注明依据所在的文件和行。",
    "Every export is recorded; a report numbers each fact to its file and row.",
  ],
  chains: ["链条报告", "Chain reports"],
  gangs: ["团伙报告", "Gang reports"],
  data: ["数据导出", "Data"],
  case: ["案件", "Case"],
  reaches: ["通向", "Leads to"],
  status: ["状态", "Status"],
  strength: ["强度", "Strength"],
  id: ["编号", "Id"],
  size: ["人数", "Members"],
  first: ["居首", "First in rank"],
  take: ["导出", "Export"],
  dataNote: [
    "导出有权查看的全部对象。GraphML、GEXF、FollowTheMoney、ANX、JSON 可再导入，内容不变。",
    "Everything you may see. GraphML, GEXF, FollowTheMoney, ANX and JSON load again without loss.",
  ],
  download: ["下载", "Download"],
  program: ["用于", "For"],
});

const FORMATS: readonly Format[] = [
  { format: "xlsx", name: "XLSX", use: ["表格，每类一个工作表", "tables, a sheet for each kind"] },
  { format: "csv", name: "CSV (zip)", use: ["表格，每类一个文件", "tables, a file for each kind"] },
  {
    format: "neo4j",
    name: "neo4j-admin (zip)",
    use: ["导入 Neo4j；不宜用电子表格打开", "Neo4j; not for spreadsheets"],
  },
  { format: "parquet", name: "Parquet (zip)", use: ["数据分析", "data analysis"] },
  { format: "json", name: "JSON", use: ["其他程序；不含查询语句", "other programs; no queries inside"] },
  { format: "graphml", name: "GraphML", use: ["yEd、Gephi、Cytoscape", "yEd, Gephi, Cytoscape"] },
  { format: "gexf", name: "GEXF", use: ["Gephi", "Gephi"] },
  { format: "ftm", name: "FollowTheMoney", use: ["Aleph、OpenSanctions", "Aleph, OpenSanctions"] },
  { format: "anx", name: "ANX", use: ["i2 Analyst's Notebook", "i2 Analyst's Notebook"] },
];

export default function Reports() {
  const tabs = [
    { id: "chains", label: w.chains },
    { id: "gangs", label: w.gangs },
    { id: "data", label: w.data },
  ];
  const tab = chosenTab(tabs);
  return (
    <Page title={w.title} note={w.note}>
      <Tabs tabs={tabs} label={w.title} />
      <div class="fill">
        {tab === "chains" ? <ChainReports /> : tab === "gangs" ? <GangReports /> : <Data />}
      </div>
    </Page>
  );
}

function ChainReports() {
  const asked = useAsk("/board", { query: { limit: 2000 } });
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={10} />;
  const columns: Column<BoardRow>[] = [
    {
      key: "case",
      title: w.case,
      value: (row) => row.case_no,
      cell: (row) => (
        <a href={to`/chains/${row.case_no}/${chainNo(row.chain)}`} title={row.name ?? row.case_no}>
          {shortCase(row.case_no)} {row.name}
        </a>
      ),
    },
    {
      key: "reaches",
      title: w.reaches,
      value: (row) => row.major,
      cell: (row) => (row.major ? shortCase(row.major) : "—"),
    },
    {
      key: "status",
      title: w.status,
      value: (row) => row.chain && statusWord(row.chain.status),
      cell: (row) => row.chain && <StatusChip status={row.chain.status} />,
    },
    {
      key: "strength",
      title: w.strength,
      value: (row) => row.chain?.strength ?? null,
      cell: (row) => <Strength value={row.chain?.strength ?? null} />,
    },
    {
      key: "take",
      title: w.take,
      value: () => null,
      cell: (row) => <TakeAway about={`chains/${encodeURIComponent(row.case_no)}/${chainNo(row.chain)}`} />,
    },
  ];
  const rows = asked.answer.rows.filter((row) => row.chain);
  return (
    <Table
      name="chain-reports"
      label={w.chains}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.case_no}
      rowHeight={36}
    />
  );
}

function GangReports() {
  const asked = useAsk("/gangs", { query: { limit: 500 } });
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={10} />;
  const first = (gang: Gang) => (gang.members[0] ? nameOf(gang.members[0].person) : null);
  const columns: Column<Gang>[] = [
    {
      key: "id",
      title: w.id,
      value: (gang) => gang.id,
      cell: (gang) => <a href={to`/gangs/${gang.id}`}>{gang.id}</a>,
    },
    statusColumn(w.status),
    { key: "size", title: w.size, value: (gang) => gang.size, numeric: true },
    { key: "first", title: w.first, value: first },
    {
      key: "take",
      title: w.take,
      value: () => null,
      cell: (gang) => <TakeAway about={`gangs/${encodeURIComponent(gang.id)}`} />,
    },
  ];
  return (
    <Table
      name="gang-reports"
      label={w.gangs}
      columns={columns}
      rows={asked.answer.gangs}
      rowKey={(gang) => gang.id}
      rowHeight={36}
    />
  );
}

function Data() {
  const [asked, setAsked] = useState<Format | null>(null);
  return (
    <section class="reports-data">
      <p class="t2">{w.dataNote}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.data}</th>
            <th scope="col">{w.program}</th>
            <th scope="col">{w.take}</th>
          </tr>
        </thead>
        <tbody>
          {FORMATS.map((each) => (
            <tr key={each.format}>
              <td>{each.name}</td>
              <td class="t2">{say(each.use)}</td>
              <td>
                <button
                  type="button"
                  class="button"
                  aria-label={`${w.download} ${each.name}`}
                  onClick={() => setAsked(each)}
                >
                  {w.download}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked && <Scope format={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}
