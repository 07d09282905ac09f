/** Beside the map: the chosen event with its rows, and what has no place to be drawn at. */
import { moment, yuan } from "~/core/format";
import { say } from "~/core/i18n";
import { to } from "~/core/router";
import type { Happened, PlaceShown } from "~/generated/api";
import { RowRef } from "~/parts/marks";
import { KINDS, w } from "./words";

const MOST_UNPLACED = 100;

interface SideProps {
  events: readonly Happened[];
  /** Whether anything is drawn on the map. */
  placed: boolean;
  names: ReadonlyMap<string, string>;
  places: ReadonlyMap<string, PlaceShown>;
  chosen: Happened | null;
  onChoose: (event: Happened) => void;
}

export function Side({ events, placed, names, places, chosen, onChoose }: SideProps) {
  const unplaced = events.filter(
    (event) => event.address !== null || (event.place !== null && places.get(event.place)?.lon === null),
  );
  return (
    <aside class="map-side" aria-label={w.events}>
      {chosen && (
        <Chosen
          event={chosen}
          name={names.get(chosen.person) ?? chosen.person}
          place={chosen.place ? places.get(chosen.place) : undefined}
        />
      )}
      {unplaced.length > 0 && (
        <details open={!placed}>
          <summary class="t2">{w.unplaced(unplaced.length)}</summary>
          <ul class="small">
            {unplaced.slice(0, MOST_UNPLACED).map((event) => (
              <li key={`${event.kind} ${event.id}`}>
                <button type="button" class="link" onClick={() => onChoose(event)}>
                  {moment(event.at)} {say(KINDS[event.kind])}
                </button>{" "}
                {event.address ?? (event.place && places.get(event.place)?.caption)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {!events.length && <p class="t2">{w.nothing}</p>}
    </aside>
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
        <RowRef refs={event.evidence} />
      </p>
    </section>
  );
}
