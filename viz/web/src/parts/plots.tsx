/** Plots in SVG: scales, a time axis, bars, signal weights; every plot has a table beside it or in it. */
import { signed } from "~/core/format";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { language, say, words, type Both } from "~/core/i18n";
import type { Signal } from "~/generated/api";
import { RowRef } from "./marks";

export type Scale = (value: number) => number;

const DAY = 86_400_000;
const BEIJING = 8 * 3_600_000;

/** Straight from `from` to `to`; a span of nothing lands in the middle. */
export function linear(from: readonly [number, number], to: readonly [number, number]): Scale {
  const span = from[1] - from[0];
  return (value) => (span === 0 ? (to[0] + to[1]) / 2 : to[0] + ((value - from[0]) / span) * (to[1] - to[0]));
}

/** Times to mark on an axis of so many pixels: months, or every so many days; labels in Beijing time. */
export function timeTicks(
  first: number,
  last: number,
  pixels: number,
): { at: number; label: string; month: boolean }[] {
  const days = Math.max(1, (last - first) / DAY);
  const every = [1, 2, 7, 14, 31, 92, 366].find((step) => (days / step) * 62 <= pixels) ?? 366;
  const found: { at: number; label: string; month: boolean }[] = [];
  const start = Math.ceil((first + BEIJING) / DAY) * DAY;
  for (let at = start; at <= last + BEIJING; at += DAY) {
    const date = new Date(at);
    const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
    const firstOfMonth = date.getUTCDate() === 1;
    const fits =
      every >= 31
        ? firstOfMonth && months % Math.round(every / 30.5) === 0
        : Math.round((at - start) / DAY) % every === 0;
    if (fits || (firstOfMonth && every < 31))
      found.push({ at: at - BEIJING, label: tickLabel(date, every), month: firstOfMonth });
  }
  // The first of a month is always told; a day too near to one would be written over it.
  const room = (days / pixels) * 46 * DAY;
  const months = found.filter((tick) => tick.month);
  return found.filter((tick) => tick.month || !months.some((month) => Math.abs(month.at - tick.at) < room));
}

function tickLabel(date: Date, every: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  if (every < 31) return `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return every < 366
    ? `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}`
    : String(date.getUTCFullYear());
}

/** The width a plot has, kept up to date. */
export function useWidth<T extends HTMLElement>(fallback = 600) {
  const box = useRef<T>(null);
  const [width, setWidth] = useState(fallback);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || fallback));
    observer.observe(element);
    setWidth(element.clientWidth || fallback);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}

export function Plot({
  height,
  label,
  children,
}: {
  height: number;
  label: string;
  children: (width: number) => ComponentChildren;
}) {
  const { box, width } = useWidth<HTMLDivElement>();
  return (
    <div ref={box}>
      <svg
        class="plot"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
      >
        {children(width)}
      </svg>
    </div>
  );
}

export interface Bar {
  label: string;
  value: number;
  title?: string;
}

/** Upright bars on one baseline; a click opens the rows behind. */
export function Bars({
  bars,
  label,
  hue = "money",
  height = 120,
  onBar,
}: {
  bars: readonly Bar[];
  label: string;
  hue?: string;
  height?: number;
  onBar?: (at: number) => void;
}) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <Plot height={height} label={label}>
      {(width) => {
        const step = width / Math.max(1, bars.length);
        const every = Math.ceil(44 / step);
        const y = linear([0, most], [height - 18, 14]);
        return bars.map((bar, at) => (
          <g key={bar.label} class={`hue-${hue}`} onClick={() => onBar?.(at)}>
            <title>{bar.title ?? `${bar.label}: ${bar.value}`}</title>
            <rect
              x={at * step + 1}
              y={y(bar.value)}
              width={Math.max(1, step - 2)}
              height={height - 18 - y(bar.value)}
              rx={Math.min(2, step / 4)}
              fill="currentColor"
            />
            {at % every === 0 && (
              <text class="axis" x={at * step + step / 2} y={height - 4} text-anchor="middle">
                {bar.label}
              </text>
            )}
          </g>
        ));
      }}
    </Plot>
  );
}

export interface Cell {
  weekday: number; // 1 Monday to 7 Sunday
  hour: number; // 0 to 23, Beijing
  n: number;
}

/** Hours by weekdays: the more, the denser; the night (22 to 04) is framed, a click opens the rows behind. */
export function HeatMap({
  cells,
  label,
  hue = "talk",
  onCell,
}: {
  cells: readonly Cell[];
  label: string;
  hue?: string;
  onCell?: (at: number) => void;
}) {
  const most = Math.max(1, ...cells.map((cell) => cell.n));
  const [left, row] = [34, 20];
  const height = 7 * row + 20;
  return (
    <Plot height={height} label={label}>
      {(width) => {
        const step = (width - left) / 24;
        return (
          <>
            {WEEKDAYS.map((day, at) => (
              <text key={say(day)} class="axis" x={left - 6} y={at * row + 14} text-anchor="end">
                {say(day)}
              </text>
            ))}
            {Array.from({ length: 24 }, (_, hour) => (
              <text
                key={hour}
                class="axis"
                x={left + hour * step + step / 2}
                y={height - 5}
                text-anchor="middle"
              >
                {hour}
              </text>
            ))}
            {Array.from({ length: 7 * 24 }, (_, at) => (
              <rect
                key={at}
                class="empty-cell"
                x={left + (at % 24) * step + 1}
                y={Math.floor(at / 24) * row + 1}
                width={step - 2}
                height={row - 2}
                rx="2"
              />
            ))}
            {cells.map((cell, at) => (
              <g key={`${cell.weekday} ${cell.hour}`} class={`hue-${hue} heat`} onClick={() => onCell?.(at)}>
                <title>{`${say(WEEKDAYS[cell.weekday - 1] ?? ["", ""])} ${cell.hour}:00 · ${cell.n}`}</title>
                <rect
                  x={left + cell.hour * step + 1}
                  y={(cell.weekday - 1) * row + 1}
                  width={step - 2}
                  height={row - 2}
                  rx="2"
                  fill="currentColor"
                  fill-opacity={0.15 + (0.85 * cell.n) / most}
                />
              </g>
            ))}
            {[
              [0, 4],
              [22, 2],
            ].map(([from, hours]) => (
              <rect
                key={from}
                class="night"
                x={left + (from ?? 0) * step}
                y="0.5"
                width={(hours ?? 0) * step}
                height={7 * row - 1}
                rx="3"
              />
            ))}
          </>
        );
      }}
    </Plot>
  );
}

const WEEKDAYS: readonly Both[] = [
  ["周一", "Mon"],
  ["周二", "Tue"],
  ["周三", "Wed"],
  ["周四", "Thu"],
  ["周五", "Fri"],
  ["周六", "Sat"],
  ["周日", "Sun"],
];

const w = words({
  for: (n: number): Both => [`${n} 条`, `${n}`],
});

/** Signals as signed bars around zero, for before against; the rows of each one click away. */
export function Weights({
  signals,
  nameOf,
}: {
  signals: readonly Signal[];
  nameOf: (name: string) => string;
}) {
  void language.value;
  const most = Math.max(0.5, ...signals.map((each) => Math.abs(each.weight)));
  const sorted = [...signals].sort((a, b) => b.weight - a.weight);
  return (
    <div class="weighed">
      {sorted.map((each) => {
        const share = (Math.abs(each.weight) / most) * (each.weight < 0 ? 33 : 67);
        return [
          <span key={`${each.name}n`} class="cut" title={nameOf(each.name)}>
            {nameOf(each.name)}
          </span>,
          <span key={`${each.name}b`} class="bar" aria-hidden="true">
            <i
              class={each.weight < 0 ? "against" : ""}
              style={{ left: each.weight < 0 ? `${33 - share}%` : "33%", width: `${share}%` }}
            />
          </span>,
          <span key={`${each.name}w`} class="num">
            {signed(each.weight)}
          </span>,
          <span key={`${each.name}r`} class="num">
            <RowRef refs={each.evidence} label={w.for(each.n)} />
          </span>,
        ];
      })}
    </div>
  );
}
