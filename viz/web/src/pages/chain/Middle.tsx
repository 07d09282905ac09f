/**
 * The middle of the chain view: persons on the left, their lanes in time, a card for each hop on the right.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { knownBy, nameOf } from "~/core/format";
import { oneOf } from "~/core/i18n";
import { to } from "~/core/router";
import type { LaneEvent, Lanes } from "~/generated/api";
import { restsOn } from "~/parts/hop";
import { Chip, RoleGlyph, StatusChip, Strength } from "~/parts/marks";
import { useWidth } from "~/parts/plots";
import { frameOf, type Span, totals } from "./geometry";
import { LanesView } from "./LanesView";
import { zoomNow } from "./useChainView";
import { w } from "./words";

interface MiddleProps {
  lanes: Lanes;
  span: Span;
  hop: number;
  event: string | null;
  onEvent: (hop: number, event: LaneEvent) => void;
  onHop: (hop: number) => void;
}

export function Middle({ lanes, span, hop, event, onEvent, onHop }: MiddleProps) {
  const { box, width } = useWidth<HTMLDivElement>(560);
  const outer = useRef<HTMLDivElement>(null);
  const [tall, setTall] = useState(420);
  useEffect(() => {
    const element = outer.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setTall(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const frame = frameOf(lanes.persons.length, width, tall, zoomNow() ?? span);
  return (
    <div class="chain fill" ref={outer} tabIndex={0} aria-label={w.chain} role="region">
      <div class="heads" style={{ height: `${frame.height}px` }}>
        {lanes.chain.persons.map((person, at) => (
          <Head key={person.id} lanes={lanes} at={at} top={frame.lane(at)} />
        ))}
      </div>
      <div ref={box} class="ground">
        <LanesView
          lanes={lanes}
          frame={frame}
          width={width}
          hop={hop}
          event={event}
          onEvent={onEvent}
          onHop={onHop}
        />
      </div>
      <div class="cards" style={{ height: `${frame.height}px` }}>
        {lanes.chain.hops.map((_, at) => (
          <HopCard
            key={at}
            lanes={lanes}
            at={at}
            top={frame.lane(at + 1) + frame.gap / 2}
            on={at === hop}
            onHop={onHop}
          />
        ))}
      </div>
    </div>
  );
}

function Head({ lanes, at, top }: { lanes: Lanes; at: number; top: number }) {
  const person = lanes.chain.persons[at];
  const lane = lanes.persons[at];
  if (!person || !lane) return null;
  const note = lane.registered_user
    ? w.registered
    : lane.fugitive
      ? w.fugitive
      : w.numbers(person.phones.length, person.accounts.length);
  return (
    <a class="lane-head" href={to`/persons/${person.id}`} style={{ top: `${top - 21}px` }}>
      <RoleGlyph
        role={lane.role}
        size={28}
        ring={lanes.chain.status === "confirmed" ? "confirmed" : "candidate"}
        holderUnknown={!person.name}
      />
      <span class="grow cut">
        <b class="cut">{nameOf(person)}</b>
        <span class={`cut small t2${person.name ? "" : " mono"}`}>
          {person.name ? note : knownBy(person)}
        </span>
      </span>
    </a>
  );
}

/** Colour of what a hop rests on. */
const HUE = {
  payments: "hue-money",
  calls: "hue-talk",
  parcels: "hue-goods",
  statements: "hue-talk",
  seizures: "hue-goods",
};

function HopCard({
  lanes,
  at,
  top,
  on,
  onHop,
}: {
  lanes: Lanes;
  at: number;
  top: number;
  on: boolean;
  onHop: (hop: number) => void;
}) {
  const hop = lanes.chain.hops[at];
  const lane = lanes.hops[at];
  if (!hop || !lane) return null;
  const { talks, parcels } = totals(lane);
  const ask = lanes.chain.ask_for.find((each) => each.hop === at);
  return (
    <button
      type="button"
      class={`hop-card${on ? " on" : ""}`}
      style={{ top: `${top - 38}px` }}
      aria-pressed={on}
      onClick={() => onHop(at)}
    >
      <span class="row">
        <b>{w.hop(at + 1)}</b>
        <Strength value={hop.score} />
        <span class="grow" />
        {at === lanes.chain.weakest ? (
          <Chip kind="warn">{w.weakest}</Chip>
        ) : (
          <StatusChip status={hop.status} />
        )}
      </span>
      <span class="small cut">
        <span class={HUE[hop.rows ?? "payments"]}>{restsOn(hop)}</span>
        {hop.rows !== "calls" && (
          <>
            {" "}
            · <span class="hue-talk">{w.called(talks)}</span>
          </>
        )}
        {hop.rows !== "parcels" && parcels > 0 && <span class="hue-goods"> · {w.parcels(parcels)}</span>}
      </span>
      <span class={`small cut ${ask ? "warn" : "t3"}`}>
        {ask ? w.lacks(oneOf(ask.content)) : w.nothingMissing}
      </span>
    </button>
  );
}
