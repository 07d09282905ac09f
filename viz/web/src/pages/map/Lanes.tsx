/** The timeline: one lane a person, one hue a channel; a click chooses the event. */
import { say } from "~/core/i18n";
import { moment } from "~/core/format";
import type { Happened, Whereabouts } from "~/generated/api";
import { linear, Plot, timeTicks } from "~/parts/plots";
import type { Range } from "~/parts/TimeBrush";
import { timeOf } from "./model";
import { HUES, KINDS, w } from "./words";

interface LanesProps {
  answer: Whereabouts;
  events: readonly Happened[];
  range: Range;
  names: ReadonlyMap<string, string>;
  chosen: string | null;
  onChoose: (event: Happened) => void;
}

const LANE = 34;
const HEAD = 96;
const ROWS: Readonly<Record<string, number>> = { money: -9, talk: 0, goods: 9, move: 9, text: 0 };

export function Lanes({ answer, events, range, names, chosen, onChoose }: LanesProps) {
  const tall = answer.persons.length * LANE + 22;
  const at = new Map(answer.persons.map((person, n) => [person.id, n * LANE + LANE / 2]));
  return (
    <Plot height={tall} label={w.timeline}>
      {(width) => {
        const x = linear(range, [HEAD + 8, width - 8]);
        return (
          <>
            {answer.persons.map((person) => (
              <g key={person.id}>
                <path class="map-lane" d={`M${HEAD} ${at.get(person.id) ?? 0}H${width}`} />
                <text class="map-name" x={HEAD - 6} y={(at.get(person.id) ?? 0) + 4} text-anchor="end">
                  {(names.get(person.id) ?? "").slice(0, 7)}
                </text>
              </g>
            ))}
            {events.map((event) => {
              const when = timeOf(event);
              const y = at.get(event.person);
              if (Number.isNaN(when) || y === undefined) return null;
              const hue = HUES[event.kind] ?? "text";
              const until = event.until ? Math.min(Date.parse(event.until), range[1]) : when;
              const wide = Math.max(3, x(until) - x(Math.max(when, range[0])));
              return (
                <rect
                  key={`${event.kind} ${event.id} ${event.person}`}
                  class={`map-tick hue-${hue}${event.id === chosen ? " on" : ""}`}
                  fill="currentColor"
                  x={x(Math.max(when, range[0])) - 1}
                  y={y + (ROWS[hue] ?? 0) - 4}
                  width={wide}
                  height={8}
                  onClick={() => onChoose(event)}
                >
                  <title>{`${moment(event.at ?? "")} ${say(KINDS[event.kind])}`}</title>
                </rect>
              );
            })}
            {timeTicks(range[0], range[1], width - HEAD).map((tick) => (
              <text key={tick.at} class="axis" x={x(tick.at)} y={tall - 4} text-anchor="middle">
                {tick.label}
              </text>
            ))}
          </>
        );
      }}
    </Plot>
  );
}
