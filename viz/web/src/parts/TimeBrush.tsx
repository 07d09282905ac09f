/**
 * A time brush over two mirrored histograms: drag a window, Shift-drag moves it, double-click takes all,
 * arrows by day.
 */
import { useRef } from "preact/hooks";
import { words, type Both } from "~/core/i18n";
import { day } from "~/core/format";
import { linear, timeTicks, useWidth } from "./plots";

export interface Bin {
  at: number; // ms
  up: number; // money
  down: number; // calls
}
export type Range = readonly [from: number, until: number];

interface BrushProps {
  bins: readonly Bin[];
  extent: Range;
  range: Range;
  onRange: (range: Range) => void;
  height?: number;
}

const DAY = 86_400_000;
const w = words({
  label: (from: string, until: string): Both => [`时段 ${from} 至 ${until}`, `Period ${from} to ${until}`],
});
const text = (at: number): string => day(new Date(at + 8 * 3_600_000).toISOString());

export function TimeBrush({ bins, extent, range, onRange, height = 74 }: BrushProps) {
  const { box, width } = useWidth<HTMLDivElement>(800);
  const svg = useRef<SVGSVGElement>(null);
  const x = linear(extent, [6, width - 6]);
  const back = linear([6, width - 6], extent);
  const middle = (height - 16) / 2;
  const thick = Math.max(1, width / Math.max(1, bins.length) - 2);
  const within = (a: number, b: number): Range => [
    Math.max(extent[0], Math.min(a, b)),
    Math.min(extent[1], Math.max(a, b)),
  ];
  const moved = (by: number): Range => {
    const kept = Math.min(Math.max(by, extent[0] - range[0]), extent[1] - range[1]);
    return [range[0] + kept, range[1] + kept];
  };
  const drag = (event: PointerEvent) => {
    const area = svg.current;
    if (!area) return;
    const at = (moment: PointerEvent) => back(moment.clientX - area.getBoundingClientRect().left);
    const start = at(event);
    const near = (edge: number) => Math.abs(x(edge) - x(start)) < 7;
    const fixed = near(range[0]) ? range[1] : near(range[1]) ? range[0] : start;
    area.setPointerCapture(event.pointerId);
    const move = (next: PointerEvent) =>
      onRange(event.shiftKey ? moved(at(next) - start) : within(fixed, at(next)));
    const end = () => {
      area.removeEventListener("pointermove", move);
      area.removeEventListener("pointerup", end);
    };
    area.addEventListener("pointermove", move);
    area.addEventListener("pointerup", end);
  };
  const keys = (event: KeyboardEvent) => {
    const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!way || event.altKey) return;
    event.preventDefault();
    onRange(moved(way * (event.shiftKey ? 7 : 1) * DAY));
  };
  const label = w.label(text(range[0]), text(range[1]));
  return (
    <div
      ref={box}
      class="brush"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuetext={label}
      aria-valuemin={extent[0]}
      aria-valuemax={extent[1]}
      aria-valuenow={range[0]}
      onKeyDown={keys}
    >
      <svg
        ref={svg}
        class="plot"
        width={width}
        height={height}
        onPointerDown={drag}
        onDblClick={() => onRange(extent)}
        aria-hidden="true"
      >
        <Bars bins={bins} x={x} middle={middle} thick={thick} />
        <rect class="outside" x={0} y={0} width={Math.max(0, x(range[0]))} height={height - 16} />
        <rect
          class="outside"
          x={x(range[1])}
          y={0}
          width={Math.max(0, width - x(range[1]))}
          height={height - 16}
        />
        <rect
          class="window"
          x={x(range[0])}
          y={1}
          width={Math.max(2, x(range[1]) - x(range[0]))}
          height={height - 18}
          rx={3}
        />
        {range.map((edge) => (
          <rect key={edge} class="handle" x={x(edge) - 3} y={middle - 8} width={6} height={16} rx={3} />
        ))}
        {timeTicks(extent[0], extent[1], width).map((tick) => (
          <text key={tick.at} class="axis" x={x(tick.at)} y={height - 3} text-anchor="middle">
            {tick.label}
          </text>
        ))}
      </svg>
    </div>
  );
}

interface BarsProps {
  bins: readonly Bin[];
  x: (at: number) => number;
  middle: number;
  thick: number;
}

/** Money above the middle, calls below it, each against its own highest. */
function Bars({ bins, x, middle, thick }: BarsProps) {
  const most = { up: Math.max(1, ...bins.map((b) => b.up)), down: Math.max(1, ...bins.map((b) => b.down)) };
  return bins.map((bin) => {
    const [up, down] = [(bin.up / most.up) * (middle - 4), (bin.down / most.down) * (middle - 4)];
    const at = { x: x(bin.at), width: thick, fill: "currentColor" };
    return (
      <g key={bin.at}>
        <rect class="hue-money" {...at} y={middle - up} height={up} />
        <rect class="hue-talk" {...at} y={middle + 1} height={down} />
      </g>
    );
  });
}
