/**
 * The lanes: money climbs, parcels come down, calls are dots, seizures sit on lanes, the weakest gap is
 * hatched.
 */
import { day, shortCase, yuan } from "~/core/format";
import { seizedText } from "~/core/substances";
import type { LaneEvent, Lanes, LaneWeek } from "~/generated/api";
import { setParams } from "~/core/router";
import { Icon } from "~/parts/Icon";
import { timeTicks } from "~/parts/plots";
import { moneyWidth, scatter, TOP, type Frame } from "./geometry";
import { w } from "./words";

const LABELS = 14; // amounts of a hop are written while they are few and do not meet
const LETTER = 7.4;
const WEEK = 7 * 86_400_000;

interface ViewProps {
  lanes: Lanes;
  frame: Frame;
  width: number;
  hop: number;
  event: string | null;
  onEvent: (hop: number, event: LaneEvent) => void;
  onHop: (hop: number) => void;
}

export function LanesView({ lanes, frame, width, hop, event, onEvent, onHop }: ViewProps) {
  const weakest = lanes.chain.weakest ?? 0;
  const confirmed = lanes.chain.status === "confirmed";
  return (
    <svg class="lanes" width={width} height={frame.height} role="img" aria-label={w.chain}>
      <defs>
        <pattern id="weak" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v7" class="weak-hatch" />
        </pattern>
      </defs>
      {lanes.hops.map((_, n) => {
        const y = frame.lane(n + 1);
        return (
          <g key={n} onClick={() => onHop(n)}>
            <rect
              class={`gap${n === hop ? " on" : ""}${n === weakest ? " weak" : ""}`}
              x="0"
              y={y}
              width={width}
              height={frame.gap}
            />
            {n === weakest && (
              <rect fill="url(#weak)" x="0" y={y} width={width} height={frame.gap} pointer-events="none" />
            )}
          </g>
        );
      })}
      {timeTicks(frame.from, frame.until, width).map((tick) => (
        <g key={tick.at}>
          <path
            class={`grid${tick.month ? " month" : ""}`}
            d={`M${frame.x(tick.at)} ${TOP - 12}V${frame.height - 24}`}
          />
          <text class="axis" x={frame.x(tick.at)} y={frame.height - 8} text-anchor="middle">
            {tick.label}
          </text>
        </g>
      ))}
      {lanes.persons.map((_, n) => (
        <path key={n} class={`lane${confirmed ? " sure" : ""}`} d={`M0 ${frame.lane(n)}H${width}`} />
      ))}
      {lanes.hops.map((each, n) =>
        each.weeks.length ? (
          <Weeks key={n} weeks={each.weeks} n={n} frame={frame} />
        ) : (
          <Events key={n} events={each.events} n={n} frame={frame} chosen={event} onEvent={onEvent} />
        ),
      )}
      <Seizures lanes={lanes} frame={frame} width={width} />
    </svg>
  );
}

/**
 * A hop with too many events: money of a week climbs, what goes down hangs from it in outline, calls hang
 * from the upper lane.
 */
function Weeks({ weeks, n, frame }: { weeks: readonly LaneWeek[]; n: number; frame: Frame }) {
  const low = frame.lane(n) - 4;
  const high = frame.lane(n + 1) + 4;
  const most = (of: (week: LaneWeek) => number) => Math.max(1, ...weeks.map(of));
  const [money, talks] = [most((week) => week.fen + week.fen_down), most((week) => week.talks)];
  return (
    <>
      {weeks.map((week) => {
        if (!week.at) return null;
        const from = Date.parse(week.at);
        const [x, right] = [Math.max(0, frame.x(from)), Math.min(frame.width, frame.x(from + WEEK))];
        if (right <= x) return null;
        const wide = Math.max(1.5, right - x - 1.5);
        const tall = (low - high) * 0.6;
        const [up, down] = [(week.fen / money) * tall, (week.fen_down / money) * tall];
        const calls = (week.talks / talks) * (low - high) * 0.3;
        const near = () =>
          setParams({ hop: String(n + 1), event: null, from: String(from), until: String(from + WEEK) });
        return (
          <g key={week.at} class="event week" onClick={near}>
            <title>
              {w.week(day(week.at), week.paid, yuan(week.fen), yuan(week.fen_down), week.talks, week.parcels)}
            </title>
            <rect class="ground" x={x} y={high} width={right - x} height={low - high} />
            <rect class="hue-money" x={x} y={low - up} width={wide} height={up} fill="currentColor" />
            {down > 0 && (
              <rect class="hue-money back" x={x + 0.5} y={low - up - down} width={wide - 1} height={down} />
            )}
            <rect class="hue-talk" x={x} y={high} width={wide} height={calls} fill="currentColor" />
            {week.parcels > 0 && (
              <rect
                class="hue-goods parcel"
                x={x + wide / 2 - 5}
                y={high + calls + 3}
                width="10"
                height="10"
                rx="2"
              />
            )}
          </g>
        );
      })}
    </>
  );
}

function Events({
  events,
  n,
  frame,
  chosen,
  onEvent,
}: {
  events: readonly LaneEvent[];
  n: number;
  frame: Frame;
  chosen: string | null;
  onEvent: ViewProps["onEvent"];
}) {
  const low = frame.lane(n);
  const high = frame.lane(n + 1);
  const labelled = labels(events, frame);
  return (
    <>
      {events.map((each) => {
        if (!each.at) return null;
        const x = frame.x(Date.parse(each.at));
        if (!Number.isFinite(x) || x < 0 || x > frame.width) return null;
        const on = each.id === chosen;
        const choose = () => onEvent(n, each);
        const title = <title>{`${w[each.kind]} ${day(each.at)} ${each.fen ? yuan(each.fen) : ""}`}</title>;
        if (each.kind === "PAID" || each.kind === "SENT") {
          const money = each.kind === "PAID";
          const [start, end] = each.up ? [low - 4, high + 4] : [high + 4, low - 4];
          const head = each.up ? 7 : -7;
          return (
            <g key={each.id} class={`event hue-${money ? "money" : "goods"}`} onClick={choose}>
              {title}
              {on && <rect class="chosen" x={x - 8} y={high + 2} width="16" height={low - high - 4} rx="8" />}
              <path class="catch" d={`M${x} ${start}V${end}`} />
              <path
                d={`M${x} ${start}V${end + head}`}
                stroke="currentColor"
                stroke-width={money ? moneyWidth(each.fen) : 1.8}
              />
              <path d={`M${x} ${end}l-4.5 ${head * 1.2}h9z`} fill="currentColor" />
              {!money && (
                <rect x={x - 5} y={(low + high) / 2 - 5} width="10" height="10" rx="2" class="parcel" />
              )}
              {labelled.has(each.id) && (
                <text x={x + 7} y={(low + high) / 2 + 4}>
                  {yuan(each.fen).slice(1)}
                </text>
              )}
            </g>
          );
        }
        return (
          <g key={each.id} class="event hue-talk" onClick={choose}>
            {title}
            {on && <circle class="chosen" cx={x} cy={high + scatter(each) * (low - high)} r="7" />}
            <circle cx={x} cy={high + scatter(each) * (low - high)} r="2.6" fill="currentColor" />
          </g>
        );
      })}
    </>
  );
}

/** Payments whose amount is written: few enough, each clear of the next arrow and of the edge. */
function labels(events: readonly LaneEvent[], frame: Frame): ReadonlySet<string> {
  const payments = events.filter((each) => each.kind === "PAID" && each.at);
  if (payments.length > LABELS) return new Set();
  const places = payments.map((each) => ({
    id: each.id,
    x: frame.x(Date.parse(each.at ?? "")),
    wide: 9 + LETTER * yuan(each.fen).length,
  }));
  return new Set(
    places
      .filter(
        (each) =>
          each.x + each.wide <= frame.width &&
          !places.some((other) => other !== each && other.x >= each.x && other.x < each.x + each.wide),
      )
      .map((each) => each.id),
  );
}

function Seizures({ lanes, frame, width }: { lanes: Lanes; frame: Frame; width: number }) {
  const places = lanes.persons.map((each) => each.id);
  return (
    <>
      {lanes.seizures.map((each) => {
        const n = each.person
          ? places.indexOf(each.person)
          : each.case_no === lanes.case_no
            ? 0
            : places.length - 1;
        if (!each.at || n < 0 || Date.parse(each.at) < frame.from || Date.parse(each.at) > frame.until)
          return null;
        const x = Math.min(width - 14, Math.max(14, frame.x(Date.parse(each.at))));
        const y = frame.lane(n);
        const { substance, net_g, packets } = each;
        const text = `${shortCase(each.case_no)} ${seizedText([{ substance, net_g, packets }])}`;
        const left = x > width / 2;
        return (
          <g key={each.id} class="seizure hue-goods">
            <title>{`${each.case_no} ${text} ${day(each.at)}`}</title>
            <rect x={x - 9} y={y - 9} width="18" height="18" rx="3" fill="currentColor" />
            <svg x={x - 7} y={y - 7} width="14" height="14" class="in-square" aria-hidden="true">
              <Icon name="pills" size={14} />
            </svg>
            <text
              class="halo"
              x={left ? x - 14 : x + 14}
              y={n === 0 ? y + 18 : y - 8}
              text-anchor={left ? "end" : "start"}
            >
              {text}
            </text>
          </g>
        );
      })}
    </>
  );
}
