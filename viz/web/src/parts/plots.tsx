/** Plots in SVG: scales, a time axis, bars, signal weights; every plot has a table beside it or in it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

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

/** Upright bars on one baseline, zero as a thin line; a click opens the rows behind. */
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
        const top = (value: number) => Math.min(y(value), height - 19);
        return bars.map((bar, at) => (
          <g key={bar.label} class={`hue-${hue}`} onClick={() => onBar?.(at)}>
            <title>{bar.title ?? `${bar.label}: ${bar.value}`}</title>
            <rect
              x={at * step + 1}
              y={top(bar.value)}
              width={Math.max(1, step - 2)}
              height={height - 18 - top(bar.value)}
              rx={Math.min(2, step / 4)}
              fill="currentColor"
              opacity={bar.value > 0 ? 1 : 0.4}
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
