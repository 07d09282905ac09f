/** One group of the board: its rows, the tracks that merge, gang and major case drawn once. */
import { figure, nameOf, knownBy, shortCase, day } from "~/core/format";
import { oneOf, say } from "~/core/i18n";
import { meaningOf } from "~/core/glossary";
import { to } from "~/core/router";
import { seizedText } from "~/core/substances";
import type { BoardRow } from "~/generated/api";
import { Icon } from "~/parts/Icon";
import { Chip, type ChipKind, RoleGlyph, StatusChip, Strength } from "~/parts/marks";
import type { Role } from "~/core/legend";
import { bestGain, daysLeft, type Group, type Readiness } from "./model";
import { w } from "./words";

const ROW = 58;
const ORDER: readonly Role[] = ["organiser", "wholesaler", "retailer", "runner", "payee"];

interface BlockProps {
  group: Group;
  chosen: BoardRow | null;
  onChoose: (row: BoardRow) => void;
  marked: ReadonlySet<string>;
  onMark: (row: BoardRow) => void;
}

export function GroupBlock({ group, chosen, onChoose, marked, onMark }: BlockProps) {
  const tall = group.rows.length * ROW;
  const height = Math.max(tall, group.key === "" ? 96 : 156);
  const middle = height / 2;
  const target = group.gang ? "gang" : "case";
  return (
    <div class="board-group" style={{ height: `${height}px` }}>
      <div class="board-rows">
        {group.rows.map((row) => (
          <div key={row.case_no} class="board-line">
            {row.chain && (
              <input
                type="checkbox"
                class="board-mark"
                checked={marked.has(row.case_no)}
                aria-label={w.mark(shortCase(row.case_no))}
                title={`${w.mark(shortCase(row.case_no))} M`}
                onChange={() => onMark(row)}
              />
            )}
            <a class="board-link" href={to`/cases/${row.case_no}`} title={w.page(row.case_no)}>
              <b>{w.caseNo(shortCase(row.case_no))}</b>
            </a>
            <Row row={row} chosen={row === chosen} onChoose={onChoose} />
          </div>
        ))}
      </div>
      <svg class="board-tracks" width="40" height={height} aria-hidden="true">
        {group.rows.map((row, at) => {
          const y = at * ROW + 32;
          if (!group.key) return <path key={row.case_no} class="stop" d={`M0 ${y}H30M30 ${y - 6}v12`} />;
          const line = row.chain?.status === "confirmed" ? "solid" : "dashed";
          const mark = row === chosen ? `${line} on` : line;
          return <path key={row.case_no} class={mark} d={`M0 ${y}C24 ${y} 14 ${middle} 40 ${middle}`} />;
        })}
      </svg>
      {group.key === "" ? (
        <div class="board-dead">
          <b>{w.dead}</b>
          <p class="t2">
            {w.deadWhy(group.rows.reduce((n, row) => n + (row.chain?.ask_for.length ?? 0), 0))}
          </p>
        </div>
      ) : (
        <>
          <div class="board-target">{target === "gang" && <GangCard group={group} />}</div>
          <svg class="board-tracks short" width="30" height={height} aria-hidden="true">
            {group.gang && group.major && <path class="dashed on" d={`M0 ${middle}H30`} />}
            {group.gang && !group.major && <path class="stop" d={`M0 ${middle}H20M20 ${middle - 6}v12`} />}
          </svg>
          <div class="board-target">
            {group.major ? <MajorCard group={group} /> : <span class="t3 small">{w.noMajor}</span>}
          </div>
        </>
      )}
    </div>
  );
}

function Row({
  row,
  chosen,
  onChoose,
}: {
  row: BoardRow;
  chosen: boolean;
  onChoose: (row: BoardRow) => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the focus chooses, the page has the keys
    <div
      id={`row-${row.case_no}`}
      class="board-row"
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      onClick={() => onChoose(row)}
      onFocus={() => !chosen && onChoose(row)}
      title={row.name ?? row.case_no}
    >
      <div class="case">
        <div class="between">
          <span class="row cut">
            {row.chain ? <span class="board-mark-room" /> : <Icon name="folder" />}
            <b class="board-link-room" aria-hidden="true">
              {w.caseNo(shortCase(row.case_no))}
            </b>
          </span>
          <Deadline row={row} />
        </div>
        <div class="between t2 small under">
          <span class="cut seized">{seizedText(row.seized) || row.name}</span>
          {row.taken_from && <span class="cut from">{w.seizedFrom(nameOf(row.taken_from))}</span>}
        </div>
      </div>
      <i class={`line ${row.chain?.status === "confirmed" ? "solid" : "dashed"}`} aria-hidden="true" />
      <div class="supplier">
        <div class="row">
          <RoleGlyph role={row.supplier_role} holderUnknown={!row.supplier?.name} />
          <b class="grow cut">{row.supplier ? (row.supplier.name ?? knownBy(row.supplier)) : w.noChain}</b>
          {row.chain && <Strength value={row.chain.strength} />}
        </div>
        <div class="small under cut">
          <Missing row={row} />
        </div>
      </div>
      <Ready row={row} />
    </div>
  );
}

const READY: Readonly<Record<Readiness, ChipKind>> = {
  ready: "ok",
  lacking: "warn",
  decided: "plain",
  without: "plain",
};

/** Whether the case can be decided, how many reasons stand on each side, and what one request would gain. */
function Ready({ row }: { row: BoardRow }) {
  const { state, speaks_for, speaks_against } = row.readiness;
  const gain = bestGain(row);
  const list = (title: string, reasons: readonly { zh: string; en: string }[]) =>
    reasons.length ? `${title}\n${reasons.map((each) => `· ${say([each.zh, each.en])}`).join("\n")}` : "";
  const why = [list(w.speaksFor, speaks_for), list(w.speaksAgainst, speaks_against)];
  return (
    <div class="ready" title={why.filter(Boolean).join("\n")}>
      <Chip kind={READY[state]}>{w[state]}</Chip>
      <div class="small cut t2">
        {gain ? (
          <span class="keep" title={w.gainWhy(gain.alike)}>
            {w.gain(figure(gain.now), figure(gain.then))}
          </span>
        ) : (
          row.chain && w.sides(speaks_for.length, speaks_against.length)
        )}
      </div>
    </div>
  );
}

function Deadline({ row }: { row: BoardRow }) {
  const left = daysLeft(row.deadline);
  if (left === null) return <span class="t3 small keep">{day(row.opened_at)}</span>;
  if (left < 0) return <Chip kind="bad">{w.over(-left)}</Chip>;
  return <Chip kind={left <= 7 ? "warn" : "plain"}>{w.left(left)}</Chip>;
}

function Missing({ row }: { row: BoardRow }) {
  if (!row.chain) return <span class="warn">{w.noChain}</span>;
  const ask = row.chain.ask_for[0];
  if (!ask) return <span class="t2">{w.complete}</span>;
  return <span class="warn">{w.needs(ask.hop + 1, oneOf(ask.content))}</span>;
}

function GangCard({ group }: { group: Group }) {
  const gang = group.gang;
  if (!gang) return null;
  return (
    <a class={`board-card ${gang.status === "confirmed" ? "" : "candidate"}`} href={to`/gangs/${gang.id}`}>
      <span class="between wrap">
        <span class="row">
          <Icon name="topology-star-3" />
          <b>{gang.id}</b>
        </span>
        <StatusChip status={gang.status} />
      </span>
      <span>{w.people(gang.size ?? 0, gang.rows)}</span>
      <span class="row" style={{ gap: "3px 4px", flexWrap: "wrap" }}>
        {ORDER.filter((role) => gang.roles[role]).map((role) => (
          <span key={role} class="row" style={{ gap: "3px", marginRight: "3px" }}>
            <RoleGlyph role={role} size={20} /> {gang.roles[role]}
          </span>
        ))}
      </span>
      <span class="t2 small cut" title={`${meaningOf("cohesion")}\n${meaningOf("stability")}`}>
        {w.stable(figure(gang.cohesion), figure(gang.stability))}
      </span>
    </a>
  );
}

function MajorCard({ group }: { group: Group }) {
  const major = group.major;
  const chain = group.best?.chain;
  if (!major) return null;
  const weakest = chain?.weakest ?? 0;
  return (
    <div>
      <a class="board-card" href={to`/cases/${major.case_no}`} title={major.case_no}>
        <span class="between">
          <span class="row cut">
            <Icon name="folder" />
            <b class="cut">{major.name ?? shortCase(major.case_no)}</b>
          </span>
          {major.status && <Chip>{major.status}</Chip>}
          {major.provisional && <Chip kind="warn">{w.example}</Chip>}
        </span>
        <span class="cut">{w.seized(seizedText(major.seized) || "—")}</span>
        <span class="t2 small">{w.reachedBy(major.rows)}</span>
      </a>
      {chain && <p class="warn small weak">{w.weakHop(weakest + 1, figure(chain.hops[weakest]?.score))}</p>}
    </div>
  );
}
