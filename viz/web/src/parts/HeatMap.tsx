/** Events by weekday and hour. */
import { say } from "~/core/i18n";
import { WEEKDAYS } from "~/core/weekdays";
import { Plot } from "./plots";

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
