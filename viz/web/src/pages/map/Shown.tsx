/** Map, timeline and table of one answer. */
import { useMemo, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { nameOf } from "~/core/format";
import { say } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { select } from "~/core/selection";
import { useKeys } from "~/core/shortcuts";
import { useShown } from "~/core/status";
import type { Happened, Whereabouts } from "~/generated/api";
import { Band, Failed } from "~/parts/states";
import { TimeBrush } from "~/parts/TimeBrush";
import { Lanes } from "./Lanes";
import { List } from "./List";
import { histogram, spots, within } from "./model";
import { Plan } from "./Plan";
import { Side } from "./Side";
import { type Period, usePeriod } from "./usePeriod";
import { KINDS, w } from "./words";

type Kind = Happened["kind"];

function useChosen(events: readonly Happened[]) {
  const [chosen, setChosen] = useState<Happened | null>(null);
  const choose = (event: Happened | null) => {
    setChosen(event);
    if (event) select([event.person]);
  };
  const step = (by: number) => {
    const order = [...events].reverse();
    const at = order.findIndex((event) => event.id === chosen?.id && event.person === chosen.person);
    choose(order[Math.max(0, Math.min(order.length - 1, at + by))] ?? null);
  };
  return { chosen, choose, step };
}

const turnTable = (table: boolean) => setParams({ view: table ? null : "table" });

export function Shown({ answer }: { answer: Whereabouts }) {
  const site = useAsk("/map/site", {});
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const table = param("view") === "table";
  const names = useMemo(() => new Map(answer.persons.map((person) => [person.id, nameOf(person)])), [answer]);
  const places = useMemo(() => new Map(answer.places.map((place) => [place.id, place])), [answer]);
  const period = usePeriod(answer.events);
  const { extent, range, all, playing, setPlaying } = period;
  const events = useMemo(() => within(answer.events, off, range, all), [answer, off, range, all]);
  const placed = useMemo(() => spots(answer, events), [answer, events]);
  const { chosen, choose, step } = useChosen(events);
  useShown(w.shown(events.length, answer.events.length));
  useKeys({
    " ": { label: playing ? w.pause : w.play, run: () => setPlaying(!playing) },
    "[": { label: w.events, run: () => step(-1) },
    "]": { label: w.events, run: () => step(1) },
    "Alt+t": { label: table ? w.drawing : w.table, run: () => turnTable(table) },
  });
  const told = site.answer?.coordinates ? w.system(site.answer.coordinates) : w.noSystem;
  const on = { names, chosen: chosen?.id ?? null, onChoose: choose };
  return (
    <>
      {answer.truncated.length > 0 && <Band kind="warn">{w.cut(answer.truncated.length)}</Band>}
      {site.error && <Failed error={site.error} />}
      <Bar
        kinds={[...new Set(answer.events.map((event) => event.kind))]}
        off={off}
        setOff={setOff}
        told={told}
        period={period}
        table={table}
      />
      {table ? (
        <List events={events} names={names} places={places} />
      ) : (
        <div class="map-two">
          <div class="map-top">
            <Plan spots={placed} site={site.answer} {...on} />
            <Side
              events={events}
              placed={placed.length > 0}
              names={names}
              places={places}
              chosen={chosen}
              onChoose={choose}
            />
          </div>
          <div class="map-below" tabIndex={0} role="group" aria-label={w.timeline}>
            <TimeBrush
              bins={histogram(answer.events, extent)}
              extent={extent}
              range={range}
              onRange={period.setRange}
              height={58}
            />
            <Lanes answer={answer} events={events} range={range} {...on} />
          </div>
        </div>
      )}
    </>
  );
}

interface BarProps {
  kinds: readonly Kind[];
  off: ReadonlySet<string>;
  setOff: (off: ReadonlySet<string>) => void;
  told: string;
  period: Period;
  table: boolean;
}

/** Which kinds of events are shown, in which system of coordinates, and the ways of looking at them. */
function Bar({ kinds, off, setOff, told, period, table }: BarProps) {
  const flip = (kind: string) => {
    const next = new Set(off);
    if (!next.delete(kind)) next.add(kind);
    setOff(next);
  };
  return (
    <div class="row map-kinds" role="group" aria-label={w.kinds}>
      {kinds.map((kind) => (
        <label key={kind} class="row keep">
          <input type="checkbox" checked={!off.has(kind)} onChange={() => flip(kind)} />
          {say(KINDS[kind])}
        </label>
      ))}
      <span class="grow" />
      <span class="small t3" title={w.setSystem}>
        {told}
      </span>
      <button type="button" class="button" onClick={() => period.setPlaying(!period.playing)}>
        {period.playing ? w.pause : w.play}
      </button>
      <button type="button" class="button" onClick={() => turnTable(table)}>
        {table ? w.drawing : w.table}
      </button>
    </div>
  );
}
