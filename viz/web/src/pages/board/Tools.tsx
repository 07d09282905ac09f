/** The filters of the board. */
import { knownAs } from "~/core/format";
import { setParams } from "~/core/router";
import { seizedText } from "~/core/substances";
import type { BoardRow } from "~/generated/api";
import { Export } from "~/parts/Export";
import { statusWord } from "~/core/legend";
import { Menu, MenuItem } from "~/parts/Menu";
import { say } from "~/core/i18n";
import { bestGain, READINESS, readiness, type Filters, type Readiness } from "./model";
import { w } from "./words";

const both = (each: { zh: string; en: string }): string => say([each.zh, each.en]);
const LEAST = [0, 0.3, 0.5, 0.7];

export function Tools({
  filters,
  substances,
  rows,
}: {
  filters: Filters;
  substances: readonly string[];
  rows: readonly BoardRow[];
}) {
  const head = [
    ...[w.cases, w.drug, w.supplier, w.strength, w.state, w.gangs, w.majors, w.readiness],
    ...[w.speaksFor, w.speaksAgainst, w.likelyThen, w.due],
  ];
  const lines = () =>
    rows.map((row) => [
      row.case_no,
      seizedText(row.seized),
      row.supplier ? knownAs(row.supplier) : "",
      row.chain?.strength ?? null,
      row.chain ? statusWord(row.chain.status) : w.noChain,
      row.gang,
      row.major,
      w[readiness(row)],
      row.readiness.speaks_for.map(both).join("；"),
      row.readiness.speaks_against.map(both).join("；"),
      bestGain(row)?.then ?? null,
      row.deadline?.slice(0, 10) ?? null,
    ]);
  const sorts: [string, string][] = [
    ["", w.byReach],
    ["strength", w.byStrength],
    ["deadline", w.byDeadline],
    ["ready", w.byReadiness],
    ["gain", w.byGain],
    ["new", w.byNew],
  ];
  return (
    <>
      <Menu label={filters.drug || w.drug} on={!!filters.drug}>
        {["", ...substances].map((each) => (
          <MenuItem key={each} onClick={() => setParams({ drug: each })}>
            {each || w.all}
          </MenuItem>
        ))}
      </Menu>
      <Menu
        label={filters.least ? w.minimum(filters.least.toFixed(2)) : w.anyStrength}
        on={filters.least > 0}
      >
        {LEAST.map((each) => (
          <MenuItem key={each} onClick={() => setParams({ least: each ? String(each) : null })}>
            {w.minimum(each.toFixed(2))}
          </MenuItem>
        ))}
      </Menu>
      <Menu label={w.due} on={!!filters.due}>
        <MenuItem onClick={() => setParams({ due: null })}>{w.all}</MenuItem>
        <MenuItem onClick={() => setParams({ due: "soon" })}>{w.dueSoon}</MenuItem>
        <MenuItem onClick={() => setParams({ due: "over" })}>{w.dueOver}</MenuItem>
      </Menu>
      <Menu label={filters.ready ? w[filters.ready as Readiness] : w.readiness} on={!!filters.ready}>
        <MenuItem onClick={() => setParams({ ready: null })}>{w.all}</MenuItem>
        {READINESS.map((each) => (
          <MenuItem key={each} onClick={() => setParams({ ready: each })}>
            {w[each]}
          </MenuItem>
        ))}
      </Menu>
      <Menu label={sorts.find(([id]) => id === filters.sort)?.[1] ?? w.sort} icon="sort-descending">
        {sorts.map(([id, label]) => (
          <MenuItem key={id} onClick={() => setParams({ sort: id })}>
            {label}
          </MenuItem>
        ))}
      </Menu>
      <Export name="board" title={w.title} columns={head} rows={lines} />
    </>
  );
}
