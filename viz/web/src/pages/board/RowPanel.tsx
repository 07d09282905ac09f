/**
 * The panel of a row: what a decision needs (people, hops, for and against, what is missing, tier) before raw
 * rows.
 */
import { useAsk } from "~/core/ask";
import { chainNo, figure, knownAs, NOBODY, shortCase, period } from "~/core/format";
import { oneOf, say } from "~/core/i18n";
import { ObjectLink } from "~/parts/objects";
import { to } from "~/core/router";
import type { BoardRow, Chain, Hop } from "~/generated/api";
import { Beside } from "~/parts/Beside";
import { Decide } from "~/parts/Decide";
import { Icon } from "~/parts/Icon";
import { Notes } from "~/parts/Notes";
import { Panel } from "~/parts/Page";
import { restsOn } from "~/parts/hop";
import { Chip, PersonLink, RowRef, StatusChip, Strength } from "~/parts/marks";
import { Quantities } from "~/parts/Quantities";
import { SourceRows } from "~/parts/rows";
import { CHAIN } from "~/parts/verdicts";
import { w } from "./words";

export function RowPanel({ row }: { row: BoardRow }) {
  const chain = row.chain;
  const target = row.major ? shortCase(row.major) : (row.gang ?? "—");
  return (
    <Panel
      name="board"
      width={380}
      head={
        <>
          <div class="between">
            <h2 class="cut" title={row.case_no}>
              <a href={to`/cases/${row.case_no}`} style={{ textDecoration: "underline" }}>
                {shortCase(row.case_no)}
              </a>{" "}
              → {target}
            </h2>
            {chain && <StatusChip status={chain.status} />}
          </div>
          <p class="t2 small">{chain ? w.route(chain.hops.length, chain.persons.length) : w.noChain}</p>
        </>
      }
      decide={
        chain && (
          <Decide
            key={chain.id}
            kind="chain"
            subjects={[chain.id]}
            about={`Chain:${chain.id}`}
            verdicts={CHAIN}
          />
        )
      }
    >
      {chain ? <ChainParts row={row} chain={chain} /> : <NoChain row={row} />}
      <Notes about={`Case:${row.case_no}`} />
    </Panel>
  );
}

/** Nothing leads up from here yet: what is known stands on the page of the case. */
function NoChain({ row }: { row: BoardRow }) {
  const quantities = useAsk("/cases/{case_no}/quantities", { path: { case_no: row.case_no } });
  return (
    <>
      <section class="stack">
        <p class="t2">{w.noChainYet}</p>
        <a class="button" href={to`/cases/${row.case_no}`}>
          <Icon name="folder" /> {w.openCase}
        </a>
      </section>
      <Quantities found={quantities.answer} />
    </>
  );
}

function ChainParts({ row, chain }: { row: BoardRow; chain: Chain }) {
  const weakest = chain.hops[chain.weakest ?? 0];
  const quantities = useAsk("/cases/{case_no}/quantities", { path: { case_no: row.case_no } });
  return (
    <>
      <section>
        <p class="board-facts small">
          <Chip kind="info">{w.tiers(row.tier)}</Chip>
          {chain.persons.map((each, at) => (
            <span key={each.id} class="keep">
              {at > 0 && <span class="t3">→ </span>}
              <PersonLink person={each} />
            </span>
          ))}
        </p>
      </section>
      <section>
        <div class="between">
          <h3>{w.hops}</h3>
          <span class="t3 small">{w.takesWeakest(figure(chain.strength))}</span>
        </div>
        <ol class="hops">
          {chain.hops.map((hop, n) => <HopLine key={n} chain={chain} hop={hop} n={n} />).reverse()}
        </ol>
      </section>
      <Sides row={row} />
      <Requests row={row} chain={chain} />
      <Quantities found={quantities.answer} />
      <section>
        <div class="between" style={{ marginBottom: "6px" }}>
          <h3>{w.evidence((chain.weakest ?? 0) + 1)}</h3>
          <a href={to`/chains/${row.case_no}/${chainNo(chain)}`} class="small">
            {w.openChain}
          </a>
        </div>
        <SourceRows refs={weakest?.evidence ?? []} most={3} />
      </section>
      <Beside caseNo={row.case_no} cases={row.beside} />
    </>
  );
}

/** What speaks for the chain and what against it, side by side and in the same size. */
function Sides({ row }: { row: BoardRow }) {
  const { speaks_for, speaks_against } = row.readiness;
  const side = (title: string, none: string, reasons: typeof speaks_for, colour: string) => (
    <div>
      <h3>
        {title} <span class="t3">{reasons.length}</span>
      </h3>
      <ul class="small">
        {reasons.length ? (
          reasons.map((each) => (
            <li key={each.en} class={colour}>
              {say([each.zh, each.en])}
            </li>
          ))
        ) : (
          <li class="t3">{none}</li>
        )}
      </ul>
    </div>
  );
  return (
    <section class="sides" aria-label={w.decision}>
      {side(w.speaksFor, w.noneFor, speaks_for, "")}
      {side(w.speaksAgainst, w.noneAgainst, speaks_against, "warn")}
    </section>
  );
}

const MOST = 4;

/** What is missing, each with where the chain would likely stand then. */
function Requests({ row, chain }: { row: BoardRow; chain: Chain }) {
  const gains = new Map(row.readiness.gains.map((each) => [each.ask, each]));
  const asks = chain.ask_for.map((ask, at) => ({ ask, gain: gains.get(at) }));
  asks.sort((a, b) => (b.gain?.then ?? 0) - (a.gain?.then ?? 0));
  return (
    <section>
      <h3>{w.completed}</h3>
      {!asks.length && <p class="small t2">{w.nothingToAsk}</p>}
      {asks.length > 0 && !gains.size && <p class="small t3">{w.noGain}</p>}
      <ul class="small">
        {asks.slice(0, MOST).map(({ ask, gain }) => (
          <li key={`${ask.identifier}${ask.hop}`} class="between">
            <span class="cut" title={`${ask.identifier} ${period(ask.from, ask.to)}`}>
              {oneOf(ask.content)} <ObjectLink reference={ask.identifier} />
            </span>
            <span class={`keep ${gain ? "" : "t3"}`} title={gain && w.gainWhy(gain.alike)}>
              {gain ? w.gain(figure(gain.now), figure(gain.then)) : w.hop(ask.hop + 1)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function HopLine({ chain, hop, n }: { chain: Chain; hop: Hop; n: number }) {
  const name = (id: string) => {
    return knownAs(chain.persons.find((each) => each.id === id) ?? NOBODY);
  };
  return (
    <li class="row">
      <span class="t3">{n + 1}</span>
      <span class="grow cut">
        {name(hop.from)} → {name(hop.to)} <span class="t2 small">{restsOn(hop)}</span>
      </span>
      {n === chain.weakest && <Chip kind="warn">{w.weakestChip}</Chip>}
      <Strength value={hop.score} />
      <RowRef refs={hop.evidence} label={w.hopRows(hop.evidence.length)} />
    </li>
  );
}
