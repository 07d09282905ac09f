/** One flow step by step: its payments with their rows, how the money got there, and how to go on. */
import { moment, money } from "~/core/format";
import type { FlowShown, Ordered, TransferReached } from "~/generated/api";
import { ObjectLink } from "~/parts/objects";
import { Chip, RowRef } from "~/parts/marks";
import { goOn } from "./asking";
import type { Parties } from "./parties";
import { Party } from "./tables";
import { w } from "./words";

const MOST = 60;

interface ChosenProps {
  found: Ordered;
  parties: Parties;
  flows: readonly FlowShown[];
}

export function Chosen({ found, parties, flows }: ChosenProps) {
  if (!flows.length) return <p class="t2 small trace-panel">{w.choose}</p>;
  return (
    <div class="trace-panel">
      {flows.slice(0, MOST).map((each) => (
        <OneFlow
          key={`${each.layer} ${each.from} ${each.to} ${each.currency}`}
          flow={each}
          found={found}
          parties={parties}
        />
      ))}
    </div>
  );
}

function OneFlow({ flow, found, parties }: { flow: FlowShown; found: Ordered; parties: Parties }) {
  const mine = found.events.filter(
    (each) =>
      each.layer === flow.layer &&
      each.from === flow.from &&
      each.to === flow.to &&
      each.currency === flow.currency,
  );
  const next = found.direction === "down" ? flow.to : flow.from;
  const at = found.direction === "down" ? flow.first : flow.last;
  const [first] = mine;
  return (
    <section>
      <h3>
        <Party party={flow.from} parties={parties} /> → <Party party={flow.to} parties={parties} />
      </h3>
      <p class="small t2">
        {w.nthLayer(flow.layer)} · {money(flow.fen, flow.currency)}
        {flow.cash_fen > 0 && ` · ${w.cash} ${money(flow.cash_fen, flow.currency)}`} ·{" "}
        {w.listed(Math.min(MOST, mine.length), flow.payments)}
      </p>
      {first && flow.layer > 1 && <Way event={first} found={found} parties={parties} />}
      <ol class="trace-steps trace-flow">
        {mine.slice(0, MOST).map((each) => (
          <Step key={each.event} event={each} direction={found.direction} />
        ))}
      </ol>
      <p>
        <a class="button" href={goOn(next, found.direction, at)}>
          {w.goOn(parties.text(next))}
        </a>
      </p>
    </section>
  );
}

function Step({ event, direction }: { event: TransferReached; direction: "down" | "up" }) {
  return (
    <li>
      <div class="between">
        <span>{moment(event.at)}</span>
        <b>{money(event.fen, event.currency)}</b>
      </div>
      <div class="small t2">
        <ObjectLink reference={event.from_account} /> → <ObjectLink reference={event.to_account} />
      </div>
      <div class="between small">
        <span class="cut t2">
          {event.cash && <Chip>{w.cashWord}</Chip>} {event.memo}
        </span>
        <span class="row">
          <a href={`/trace?start=${encodeURIComponent(event.event)}&direction=${direction}`}>{w.onlyThis}</a>
          <RowRef refs={event.evidence} label={w.rows(event.evidence.length)} />
        </span>
      </div>
    </li>
  );
}

/** The payments by which the first of them was reached, from the start on. */
function Way({ event, found, parties }: { event: TransferReached; found: Ordered; parties: Parties }) {
  const way: TransferReached[] = [];
  let now: TransferReached | undefined = event;
  while (now?.parent) {
    const parent: TransferReached | undefined = found.events.find(
      (each) => each.event === now?.parent && each.layer === (now?.layer ?? 0) - 1,
    );
    if (!parent) break;
    way.unshift(parent);
    now = parent;
  }
  if (!way.length) return null;
  return (
    <details>
      <summary class="small">{w.way}</summary>
      <ol class="trace-steps small">
        {way.map((each) => (
          <li key={each.event}>
            <div class="between">
              <span class="cut">
                {parties.text(each.from)} → {parties.text(each.to)}
              </span>
              <b>{money(each.fen, each.currency)}</b>
            </div>
            <div class="between">
              <span class="t2">{moment(each.at)}</span>
              <RowRef refs={each.evidence} label={w.rows(each.evidence.length)} />
            </div>
          </li>
        ))}
      </ol>
    </details>
  );
}
