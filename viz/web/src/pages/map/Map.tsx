/** Map over timeline: both show the same persons, period and chosen event; every mark opens its rows. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { moment, nameOf, yuan } from "~/core/format";
import { say } from "~/core/i18n";
import { param, setParams, to } from "~/core/router";
import { select, selection } from "~/core/selection";
import { useKeys } from "~/core/shortcuts";
import { useShown } from "~/core/status";
import type { Happened, PlaceShown, Whereabouts } from "~/generated/api";
import { RowRef } from "~/parts/marks";
import { Page } from "~/parts/Page";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import { Table, type Column } from "~/parts/Table";
import { TimeBrush, type Bin, type Range } from "~/parts/TimeBrush";
import { Lanes } from "./Lanes";
import { spots, timeOf, within } from "./model";
import { Plan } from "./Plan";
import { KINDS, w } from "./words";
import "./map.css";

const DAY = 86_400_000;
const NOTHING: readonly string[] = [];

const PERSON = /^P[-\w]+$/;

export default function MapPage() {
  const about = (param("about") ?? "").split(",").filter(Boolean);
  const asked = useAsk("/whereabouts", about.length ? { query: { about } } : null);
  const [text, setText] = useState("");
  const chosen = selection.value.filter((id) => PERSON.test(id.replace(/^Person:/, "")));
  const set = (ids: readonly string[]) => setParams({ about: [...new Set(ids)].join(",") || null });
  const add = () => {
    const wanted = text.split(/[,，;；\s]+/).filter(Boolean);
    if (wanted.length) set([...about, ...wanted]);
    setText("");
  };
  const head = (
    <form
      class="row map-about"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        class="field"
        type="search"
        placeholder={w.about}
        aria-label={w.about}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button" disabled={!text.trim()}>
        {w.add}
      </button>
      {chosen.length > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => set([...about, ...chosen.map((id) => id.replace(/^Person:/, ""))])}
        >
          {w.selected(chosen.length)}
        </button>
      )}
      {about.map((each) => {
        const person = asked.answer?.persons.find((one) => one.id === each);
        const name = person ? nameOf(person) : each;
        return (
          <button
            key={each}
            type="button"
            class="chip"
            title={w.remove(name)}
            aria-label={w.remove(name)}
            onClick={() => set(about.filter((other) => other !== each))}
          >
            {name} ×
          </button>
        );
      })}
    </form>
  );
  return (
    <Page title={w.title} note={w.note}>
      <div class="fill map-page">
        {head}
        {!about.length && <Empty icon="map-pin">{w.empty}</Empty>}
        {asked.error && <Failed error={asked.error} retry={asked.again} />}
        {about.length > 0 && !asked.answer && !asked.error && <Skeleton lines={10} />}
        {asked.answer && <Shown answer={asked.answer} />}
      </div>
    </Page>
  );
}

/** Days from the first event to the last, with money above and calls below. */
function histogram(events: readonly Happened[], extent: Range): Bin[] {
  const every = Math.max(DAY, Math.ceil((extent[1] - extent[0]) / DAY / 180) * DAY);
  const bins = new Map<number, Bin>();
  for (const event of events) {
    const at = timeOf(event);
    if (Number.isNaN(at)) continue;
    const start = extent[0] + Math.floor((at - extent[0]) / every) * every;
    const bin = bins.get(start) ?? { at: start, up: 0, down: 0 };
    if (event.kind === "PAID") bin.up += 1;
    else bin.down += 1;
    bins.set(start, bin);
  }
  return [...bins.values()];
}

function Shown({ answer }: { answer: Whereabouts }) {
  const site = useAsk("/map/site", {});
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<Happened | null>(null);
  const [playing, setPlaying] = useState(false);
  const table = param("view") === "table";
  const names = useMemo(() => new Map(answer.persons.map((person) => [person.id, nameOf(person)])), [answer]);
  const extent = useMemo<Range>(() => {
    const times = answer.events.map(timeOf).filter((at) => !Number.isNaN(at));
    return times.length ? [Math.min(...times) - DAY / 2, Math.max(...times) + DAY / 2] : [0, DAY];
  }, [answer]);
  const [range, setRange] = useState<Range>(extent);
  useEffect(() => setRange(extent), [extent]);
  useEffect(() => {
    if (!playing) return;
    const span = range[1] - range[0] >= extent[1] - extent[0] ? 7 * DAY : range[1] - range[0];
    let at = range[1] >= extent[1] ? extent[0] : range[0];
    const timer = setInterval(() => {
      at += DAY;
      if (at + span > extent[1]) setPlaying(false);
      setRange([at, Math.min(extent[1], at + span)]);
    }, 250);
    return () => clearInterval(timer);
  }, [playing]);
  const all = range[0] <= extent[0] && range[1] >= extent[1];
  const events = useMemo(() => within(answer.events, off, range, all), [answer, off, range, all]);
  const placed = useMemo(() => spots(answer, events), [answer, events]);
  const byId = useMemo(() => new Map(answer.places.map((place) => [place.id, place])), [answer]);
  const unplaced = events.filter(
    (event) => event.address !== null || (event.place !== null && byId.get(event.place)?.lon === null),
  );
  const kinds = [...new Set(answer.events.map((event) => event.kind))];
  useShown(w.shown(events.length, answer.events.length));
  const choose = (event: Happened | null) => {
    setChosen(event);
    if (event) select([event.person]);
  };
  const step = (by: number) => {
    const order = [...events].reverse();
    const at = order.findIndex((event) => event.id === chosen?.id && event.person === chosen.person);
    choose(order[Math.max(0, Math.min(order.length - 1, at + by))] ?? null);
  };
  useKeys({
    " ": { label: playing ? w.pause : w.play, run: () => setPlaying(!playing) },
    "[": { label: w.events, run: () => step(-1) },
    "]": { label: w.events, run: () => step(1) },
    "Alt+t": { label: table ? w.drawing : w.table, run: () => setParams({ view: table ? null : "table" }) },
  });
  const flip = (kind: string) =>
    setOff((now) => {
      const next = new Set(now);
      if (!next.delete(kind)) next.add(kind);
      return next;
    });
  const told = site.answer?.coordinates ? w.system(site.answer.coordinates) : w.noSystem;
  return (
    <>
      {answer.truncated.length > 0 && <Band kind="warn">{w.cut(answer.truncated.length)}</Band>}
      {site.error && <Failed error={site.error} />}
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
        <button type="button" class="button" onClick={() => setPlaying(!playing)}>
          {playing ? w.pause : w.play}
        </button>
        <button type="button" class="button" onClick={() => setParams({ view: table ? null : "table" })}>
          {table ? w.drawing : w.table}
        </button>
      </div>
      {table ? (
        <List events={events} names={names} places={byId} />
      ) : (
        <div class="map-two">
          <div class="map-top">
            <Plan
              spots={placed}
              site={site.answer}
              names={names}
              chosen={chosen?.id ?? null}
              onChoose={choose}
            />
            <aside class="map-side" aria-label={w.events}>
              {chosen && (
                <Chosen
                  event={chosen}
                  name={names.get(chosen.person) ?? chosen.person}
                  place={chosen.place ? byId.get(chosen.place) : undefined}
                />
              )}
              {unplaced.length > 0 && (
                <details open={!placed.length}>
                  <summary class="t2">{w.unplaced(unplaced.length)}</summary>
                  <ul class="small">
                    {unplaced.slice(0, 100).map((event) => (
                      <li key={`${event.kind} ${event.id}`}>
                        <button type="button" class="link" onClick={() => choose(event)}>
                          {moment(event.at)} {say(KINDS[event.kind])}
                        </button>{" "}
                        {event.address ?? (event.place && byId.get(event.place)?.caption)}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
              {!events.length && <p class="t2">{w.nothing}</p>}
            </aside>
          </div>
          <div class="map-below" tabIndex={0} role="group" aria-label={w.timeline}>
            <TimeBrush
              bins={histogram(answer.events, extent)}
              extent={extent}
              range={range}
              onRange={setRange}
              height={58}
            />
            <Lanes
              answer={answer}
              events={events}
              range={range}
              names={names}
              chosen={chosen?.id ?? null}
              onChoose={choose}
            />
          </div>
        </div>
      )}
    </>
  );
}

function Chosen({ event, name, place }: { event: Happened; name: string; place: PlaceShown | undefined }) {
  return (
    <section class="stack map-chosen" aria-live="polite">
      <h3>
        {say(KINDS[event.kind])} · {moment(event.at)}
        {event.until ? ` – ${moment(event.until)}` : ""}
      </h3>
      <p>
        <a href={to`/persons/${event.person}`}>{name}</a>
        {event.by ? <span class="mono t2"> {event.by}</span> : null}
      </p>
      {place && (
        <p>
          {place.caption}
          {place.address && place.address !== place.caption ? (
            <span class="t2"> · {place.address}</span>
          ) : null}
          {place.label === "Cell" && <span class="t3"> · {w.radius}</span>}
        </p>
      )}
      {event.address && <p>{event.address}</p>}
      {event.other && (
        <p>
          {event.out ? "→" : "←"}{" "}
          {event.other.id ? (
            <a href={to`/persons/${event.other.id}`}>{event.other.name ?? event.other.number}</a>
          ) : (
            event.other.number
          )}
          {event.fen !== null && <b> {yuan(event.fen)}</b>}
        </p>
      )}
      <p>
        <RowRef refs={event.evidence.length ? event.evidence : NOTHING} />
      </p>
    </section>
  );
}

function List({
  events,
  names,
  places,
}: {
  events: readonly Happened[];
  names: ReadonlyMap<string, string>;
  places: ReadonlyMap<string, PlaceShown>;
}) {
  const where = (event: Happened): string =>
    (event.place ? places.get(event.place)?.caption : null) ??
    event.address ??
    event.other?.name ??
    event.other?.number ??
    "";
  const columns: Column<Happened>[] = [
    {
      key: "at",
      title: w.at,
      value: (event) => event.at,
      cell: (event) => <span class="keep">{moment(event.at)}</span>,
    },
    { key: "who", title: w.who, value: (event) => names.get(event.person) ?? event.person },
    { key: "what", title: w.what, value: (event) => say(KINDS[event.kind]) },
    { key: "where", title: w.where, value: where },
    {
      key: "amount",
      title: w.amount,
      value: (event) => (event.fen === null ? null : event.fen / 100),
      cell: (event) => (event.fen === null ? "—" : yuan(event.fen)),
      numeric: true,
    },
    {
      key: "rows",
      title: w.rows,
      value: (event) => event.evidence.join(" "),
      cell: (event) => <RowRef refs={event.evidence} />,
    },
  ];
  return (
    <Table
      name="whereabouts"
      label={w.events}
      columns={columns}
      rows={events}
      rowKey={(event) => `${event.kind} ${event.id} ${event.person}`}
    />
  );
}
