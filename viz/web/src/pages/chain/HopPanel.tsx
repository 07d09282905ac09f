/**
 * The panel of a hop: signals for and against, the chosen event with its rows side by side, what is missing,
 * the decision.
 */
import { figure, knownAs, moment, period, day, yuan } from "~/core/format";
import { oneOf, say } from "~/core/i18n";
import { ObjectLink } from "~/parts/objects";
import { useAsk } from "~/core/ask";
import type { Hop, LaneEvent, Lanes } from "~/generated/api";
import { Beside } from "~/parts/Beside";
import { DecideAmong } from "~/parts/DecideAmong";
import { Notes } from "~/parts/Notes";
import { Explained } from "~/parts/Explained";
import { Panel } from "~/parts/Page";
import { PersonLink, RoleGlyph, StatusChip } from "~/parts/marks";
import { Weights } from "~/parts/Weights";
import { SourceRows } from "~/parts/rows";
import { CHAIN, HOP } from "~/parts/verdicts";
import { w } from "./words";

interface HopPanelProps {
  lanes: Lanes;
  n: number;
  event: LaneEvent | null;
  onStep: (by: number) => void;
}

/** What a hop infers, by its kind: who is paid, who acts for whom, or who supplies whom. */
function inferred(hop: Hop, low: string, high: string): string {
  if (hop.kind === "payment") return w.pays(low, high);
  if (hop.kind === "payee" || hop.kind === "identifier") return w.collects(low, high);
  return w.infers(high, low, day(hop.first), day(hop.last));
}

export function HopPanel({ lanes, n, event, onStep }: HopPanelProps) {
  const words = useAsk("/signals", {});
  const hop = lanes.chain.hops[n];
  const lane = lanes.hops[n];
  const low = lanes.chain.persons[n];
  const high = lanes.chain.persons[n + 1];
  if (!hop || !lane) return null;
  const named = (name: string) => {
    const found = words.answer?.signals.find((each) => each.name === name);
    return found ? say([found.zh, found.en]) : name;
  };
  const who = (person: typeof low) => (person ? knownAs(person) : "");
  const against = lane.signals.filter((each) => each.weight < 0).length;
  const at = event ? lane.events.findIndex((each) => each.id === event.id) : -1;
  const missing = lanes.chain.ask_for.filter((each) => each.hop === n);
  return (
    <Panel
      name="chain"
      width={366}
      head={
        <>
          <div class="row">
            <span class="t2">{w.hop(n + 1)}</span>
            <RoleGlyph role={lanes.persons[n]?.role ?? "unknown"} size={20} holderUnknown={!low?.name} />
            {low && (
              <b class="cut">
                <PersonLink person={low} />
              </b>
            )}
            <span aria-hidden="true">→</span>
            <RoleGlyph role={lanes.persons[n + 1]?.role ?? "unknown"} size={20} holderUnknown={!high?.name} />
            {high && (
              <b class="grow cut">
                <PersonLink person={high} />
              </b>
            )}
            <StatusChip status={hop.status} />
          </div>
          <p class="small">{inferred(hop, who(low), who(high))}</p>
          <p class="small t2">{`${w.score(figure(hop.score))} · ${lanes.run ?? ""}`}</p>
        </>
      }
      decide={
        <DecideAmong
          choices={[
            {
              id: "hop",
              label: w.hop(n + 1),
              kind: "hop",
              subjects: [lanes.chain.id, hop.from, hop.to],
              about: `Chain:${lanes.chain.id}`,
              verdicts: HOP,
            },
            {
              id: "chain",
              label: w.wholeOf,
              kind: "chain",
              subjects: [lanes.chain.id],
              about: `Chain:${lanes.chain.id}`,
              verdicts: CHAIN,
            },
          ]}
        />
      }
    >
      <section>
        <div class="between">
          <h3>
            <Explained term="logodds">{w.why}</Explained>
          </h3>
          {lane.signals.length > 0 && (
            <span class="t3 small">{w.forAgainst(lane.signals.length - against, against)}</span>
          )}
        </div>
        {lane.signals.length ? (
          <Weights signals={lane.signals} nameOf={named} />
        ) : (
          <p class="small t2">{w.noSignals}</p>
        )}
      </section>
      <section>
        <div class="between">
          <h3>{w.event}</h3>
          {event && (
            <span class="row small t2">
              {w.nth2(at + 1, lane.events.length)}
              <button type="button" class="button" aria-label={w.previous} onClick={() => onStep(-1)}>
                <kbd>[</kbd>
              </button>
              <button type="button" class="button" aria-label={w.next} onClick={() => onStep(1)}>
                <kbd>]</kbd>
              </button>
            </span>
          )}
        </div>
        {event ? (
          <>
            <p class="row" style={{ margin: "4px 0" }}>
              <b
                class={event.kind === "PAID" ? "hue-money" : event.kind === "SENT" ? "hue-goods" : "hue-talk"}
              >
                {event.fen ? yuan(event.fen) : w[event.kind]}
              </b>
              <span>{moment(event.at)}</span>
              <span class="t2 small">
                {event.seconds === null ? (event.up ? w.upwards : w.downwards) : w.seconds(event.seconds)}
              </span>
            </p>
            <SourceRows refs={event.evidence} most={4} />
          </>
        ) : (
          <SourceRows refs={hop.evidence} most={3} />
        )}
      </section>
      <section>
        <h3>{w.missing}</h3>
        {missing.length === 0 && <p class="small t2">{w.nothingMissing}</p>}
        <ul class="small">
          {missing.map((each) => (
            <li key={each.identifier} class="warn">
              {oneOf(each.content)} <ObjectLink reference={each.identifier} /> {period(each.from, each.to)}
            </li>
          ))}
        </ul>
      </section>
      <Notes about={`Chain:${lanes.chain.id}`} />
      <Beside caseNo={lanes.case_no} cases={lanes.beside} />
    </Panel>
  );
}
