/**
 * The panel of a row: hops from the top down, evidence of the weakest, what would complete it, the decision.
 */
import { useAsk } from "~/core/ask";
import { chainNo, figure, knownAs, NOBODY, shortCase, period } from "~/core/format";
import { oneOf } from "~/core/i18n";
import { numberOf } from "~/core/numbers";
import { to } from "~/core/router";
import type { BoardRow, Chain, Hop } from "~/generated/api";
import { Beside } from "~/parts/Beside";
import { Decide } from "~/parts/Decide";
import { Icon } from "~/parts/Icon";
import { Panel } from "~/parts/Page";
import { restsOn } from "~/parts/hop";
import { Chip, RowRef, StatusChip, Strength } from "~/parts/marks";
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
  const rows = weakest?.evidence ?? [];
  const quantities = useAsk("/cases/{case_no}/quantities", { path: { case_no: row.case_no } });
  return (
    <>
      <section>
        <div class="between">
          <h3>{w.hops}</h3>
          <span class="t3 small">{w.takesWeakest(figure(chain.strength))}</span>
        </div>
        <ol class="hops">
          {chain.hops.map((hop, n) => <HopLine key={n} chain={chain} hop={hop} n={n} />).reverse()}
        </ol>
      </section>
      <section>
        <div class="between" style={{ marginBottom: "6px" }}>
          <h3>{w.evidence((chain.weakest ?? 0) + 1)}</h3>
          <a href={to`/chains/${row.case_no}/${chainNo(chain)}`} class="small">
            {w.openChain}
          </a>
        </div>
        <SourceRows refs={rows} most={3} />
      </section>
      <Beside caseNo={row.case_no} cases={row.beside} />
      <Quantities found={quantities.answer} />
      {chain.ask_for.length > 0 && (
        <section>
          <h3>{w.completed}</h3>
          <ul class="small">
            {chain.ask_for.slice(0, 4).map((ask) => (
              <li key={`${ask.identifier}${ask.hop}`} class="between">
                <span class="cut" title={ask.identifier}>
                  {oneOf(ask.content)} <span class="mono">{numberOf(ask.identifier)}</span>
                </span>
                <span class="t3 keep">{period(ask.from, ask.to)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
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
