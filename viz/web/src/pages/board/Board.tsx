/** Case board: one glance tells which packet cases lead where; decide in place. */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { chainNo } from "~/core/format";
import { go, param, setParams, to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import { dataRun, useShown } from "~/core/status";
import type { BoardRow } from "~/generated/api";
import { Icon } from "~/parts/Icon";
import { Explained } from "~/parts/Explained";
import { Page } from "~/parts/Page";
import { Band, Empty, Skeleton } from "~/parts/states";
import { Waiting } from "~/parts/Waiting";
import { drugs, grouped, type Filters, type Group } from "./model";
import { GroupBlock } from "./Tracks";
import { JoinPanel } from "./JoinPanel";
import { RowPanel } from "./RowPanel";
import { w } from "./words";
import { Tools } from "./Tools";
import "./board.css";

function filtersNow(): Filters {
  return {
    least: Number(param("least") ?? 0),
    drug: param("drug") ?? "",
    due: param("due") ?? "",
    ready: param("ready") ?? "",
    sort: param("sort") ?? "",
  };
}

export default function Board() {
  const asked = useAsk("/board", { query: { limit: 500 } });
  const filters = filtersNow();
  const board = asked.answer;
  const groups = board ? grouped(board, filters) : [];
  const rows = groups.flatMap((group) => group.rows);
  const chosen = rows.find((row) => row.case_no === param("case")) ?? rows[0] ?? null;
  const marked = new Set(
    (param("marked") ?? "").split(",").filter((no) => rows.some((row) => row.case_no === no)),
  );
  const mark = (row: BoardRow | null) => {
    if (!row?.chain) return;
    if (!marked.delete(row.case_no)) marked.add(row.case_no);
    setParams({ marked: marked.size ? [...marked].join(",") : null });
  };
  const choose = (row: BoardRow | undefined) => row && setParams({ case: row.case_no });
  const step = (by: number) => choose(rows[(chosen ? rows.indexOf(chosen) : -1) + by]);
  useEffect(() => {
    if (board?.run) dataRun.value = { run: board.run, at: dataRun.peek()?.at ?? null };
  }, [board?.run]);
  useEffect(() => {
    document.querySelector(".board-row[aria-pressed=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen?.case_no]);
  useKeys({
    ArrowDown: { label: w.next, run: () => step(1) },
    ArrowUp: { label: w.previous, run: () => step(-1) },
    Enter: {
      label: w.open,
      run: () =>
        chosen &&
        go(
          chosen.chain
            ? to`/chains/${chosen.case_no}/${chainNo(chosen.chain)}`
            : to`/cases/${chosen.case_no}`,
        ),
    },
    m: { label: w.markKey, run: () => mark(chosen) },
    ArrowRight: { label: w.toGang, run: () => chosen?.gang && go(to`/gangs/${chosen.gang}`) },
  });
  useShown(board ? w.shown(rows.length, board.total) : "");
  if (asked.error) return <Waiting title={w.title} asked={asked} />;
  return (
    <Page
      title={w.title}
      note={board && w.flow(board.rows.length, board.gangs.length, board.majors.length)}
      tools={board && <Tools filters={filters} substances={drugs(board)} rows={rows} />}
      panel={
        marked.size > 1 ? (
          <JoinPanel
            rows={rows.filter((row) => marked.has(row.case_no))}
            onClear={() => setParams({ marked: null })}
          />
        ) : (
          chosen && <RowPanel key={chosen.case_no} row={chosen} />
        )
      }
    >
      {board?.truncated && <Band kind="warn">{w.cut(board.rows.length, board.total)}</Band>}
      {!board ? (
        <Skeleton lines={10} height={58} />
      ) : (
        <Lanes
          groups={groups}
          total={board.rows.length}
          chosen={chosen}
          onChoose={choose}
          marked={marked}
          onMark={mark}
        />
      )}
    </Page>
  );
}

interface LanesProps {
  groups: readonly Group[];
  total: number;
  chosen: BoardRow | null;
  onChoose: (row: BoardRow) => void;
  marked: ReadonlySet<string>;
  onMark: (row: BoardRow) => void;
}

function Lanes({ groups, total, chosen, onChoose, marked, onMark }: LanesProps) {
  if (!groups.length)
    return (
      <Empty icon="layout-kanban">
        <p>{total ? w.filtered : w.empty}</p>
        {total ? (
          <button
            type="button"
            class="button"
            onClick={() => setParams({ least: null, drug: null, due: null, ready: null })}
          >
            {w.lift}
          </button>
        ) : (
          <a class="button" href="/imports">
            <Icon name="file-import" />
          </a>
        )}
      </Empty>
    );
  const rows = groups.reduce((n, group) => n + group.rows.length, 0);
  return (
    <>
      <div class="board-head small">
        <span>
          <b>{w.cases}</b> <span class="t3">{rows}</span>
        </span>
        <span>
          <b>{w.supplier}</b> <span class="t3">{w.strength}</span>
        </span>
        <span class="ready">
          <b>
            <Explained term="readiness" />
          </b>
        </span>
        <span>
          <b>{w.gangs}</b> <span class="t3">{groups.filter((group) => group.gang).length}</span>
        </span>
        <span>
          <b>{w.majors}</b> <span class="t3">{w.weakest}</span>
        </span>
      </div>
      <div class="fill board" role="region" aria-label={w.cases} tabIndex={0}>
        {groups.map((group) => (
          <GroupBlock
            key={`${group.key} ${group.rows[0]?.case_no}`}
            group={group}
            chosen={chosen}
            onChoose={onChoose}
            marked={marked}
            onMark={onMark}
          />
        ))}
      </div>
      <div class="board-legend small t2">
        <span>
          <i class="line solid" />
          {w.confirmed}
        </span>
        <span>
          <i class="line dashed" />
          {w.candidate}
        </span>
        <span>
          <i class="line stop" />
          {w.stops}
        </span>
      </div>
    </>
  );
}
