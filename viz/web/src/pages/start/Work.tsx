/** What waits for me: tasks, leads, chains to verify. */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { chainNo, shortCase } from "~/core/format";
import { say } from "~/core/i18n";
import { mine } from "~/core/mine";
import { to } from "~/core/router";
import { seizedText } from "~/core/substances";
import type { BoardRow } from "~/generated/api";
import { Icon } from "~/parts/Icon";
import { Strength } from "~/parts/marks";
import { Due, Finish } from "~/parts/Notes";
import { Failed, Skeleton } from "~/parts/states";
import { setCount } from "~/shell/counts";
import { Column, MOST } from "./Column";
import { w } from "./words";

/** Packet cases with a chain to a major case that nobody has judged yet, strongest first. */
export function Work() {
  const board = useAsk("/board", { query: { limit: 500 } });
  const rows = [...(board.answer?.rows ?? [])];
  const leads = rows.filter((row) => row.major && row.chain?.status === "candidate");
  leads.sort((a, b) => (b.chain?.strength ?? 0) - (a.chain?.strength ?? 0));
  return (
    <Column title={w.work} icon="flag">
      {board.error && <Failed error={board.error} retry={board.again} />}
      {!board.answer && !board.error && <Skeleton />}
      <Tasks />
      <Leads />
      {board.answer && <p class="t2 small">{leads.length ? w.leads(leads.length) : w.noLeads}</p>}
      {leads.slice(0, MOST).map((row) => (
        <CaseLine key={row.case_no} row={row} />
      ))}
      {board.answer && (
        <a class="button" href="/board">
          {w.board}
        </a>
      )}
    </Column>
  );
}

/** Comments that name me or that I gave myself, open ones by deadline. */
function Tasks() {
  const open = (mine.value?.tasks ?? []).filter((each) => !each.done);
  if (!open.length) return null;
  return (
    <>
      <p class="t2 small">{w.tasks(open.length)}</p>
      {open.slice(0, MOST).map((each) => (
        <div key={each.id} class="item">
          <Icon name="checklist" />
          <a class="grow cut" href={each.href} title={each.text}>
            <b>{say([each.label.zh, each.label.en])}</b> {each.text}
          </a>
          <Due note={each} />
          <Finish note={each} />
        </div>
      ))}
    </>
  );
}

/** What watches found and nobody has judged, and what is overdue at a unit. */
function Leads() {
  const asked = useAsk("/leads", { query: { limit: 200 } });
  const open = asked.answer?.leads ?? [];
  const fresh = open.filter((each) => each.status === "new").length;
  const late = open.filter((each) => each.overdue_days).length;
  useEffect(() => {
    if (asked.answer) setCount("/leads", fresh);
  }, [asked.answer]);
  if (!open.length) return null;
  return (
    <>
      <p class="t2 small">{w.watched(fresh, late)}</p>
      {open.slice(0, 4).map((each) => (
        <a key={each.id} class="item" href={to`/leads/${each.id}`}>
          <Icon name="eye" />
          <span class="grow cut">{say([each.title.zh, each.title.en])}</span>
        </a>
      ))}
    </>
  );
}

function CaseLine({ row }: { row: BoardRow }) {
  return (
    <a class="item" href={to`/chains/${row.case_no}/${chainNo(row.chain)}`} title={row.name ?? row.case_no}>
      <Icon name="route" />
      <span class="grow cut">
        <b>{shortCase(row.case_no)}</b> → {row.major && shortCase(row.major)}{" "}
        <span class="t2 small">{seizedText(row.seized)}</span>
      </span>
      {row.chain && <Strength value={row.chain.strength} />}
    </a>
  );
}
