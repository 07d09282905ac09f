/** The chart of a series: samples with intervals on a logarithmic axis, the usual level, the alarm in red. */
import { linear, Plot, timeTicks } from "~/parts/plots";
import type { WaterItem } from "~/generated/api";
import { heights, type Sample } from "./model";
import { w } from "./words";
import "./water.css";

const HEIGHT = 180;
const LEFT = 44;
const BOTTOM = 20;

export function Chart({ item }: { item: WaterItem }) {
  const samples = item.samples ?? [];
  const scale = heights(samples);
  if (!scale) return null;
  const at = (sample: Sample) => Date.parse(`${sample.at}T00:00:00+08:00`);
  const first = at(samples[0] as Sample);
  const last = at(samples[samples.length - 1] as Sample);
  const y = linear([Math.log(scale.least), Math.log(scale.most)], [HEIGHT - BOTTOM, 8]);
  const up = (value: number) => y(Math.log(Math.max(value, scale.least)));
  return (
    <section aria-label={w.chart}>
      <h3>{w.chart}</h3>
      <Plot height={HEIGHT} label={`${w.chart} ${item.id}`}>
        {(width) => {
          const x = linear([first, last], [LEFT, width - 8]);
          const usual = samples.flatMap((each) =>
            each.centre === null ? [] : [`${x(at(each)).toFixed(1)},${up(each.centre).toFixed(1)}`],
          );
          return (
            <>
              {scale.marks.map((mark) => (
                <g key={mark}>
                  <line class="water-grid" x1={LEFT} x2={width - 8} y1={up(mark)} y2={up(mark)} />
                  <text class="axis" x={LEFT - 4} y={up(mark) + 4} text-anchor="end">
                    {mark}
                  </text>
                </g>
              ))}
              {timeTicks(first, last, width - LEFT).map((tick) => (
                <text key={tick.at} class="axis" x={x(tick.at)} y={HEIGHT - 4} text-anchor="middle">
                  {tick.label}
                </text>
              ))}
              <polyline class="water-usual" points={usual.join(" ")} />
              {samples.map((each, place) => (
                <Dot
                  key={`${each.at}${place}`}
                  sample={each}
                  x={x(at(each))}
                  up={up}
                  floor={HEIGHT - BOTTOM}
                />
              ))}
            </>
          );
        }}
      </Plot>
      <p class="small t3">{w.legend}</p>
    </section>
  );
}

function Dot({
  sample,
  x,
  up,
  floor,
}: {
  sample: Sample;
  x: number;
  up: (value: number) => number;
  floor: number;
}) {
  const value = sample.value ?? sample.limit;
  if (value === null) return null;
  const spread = sample.value !== null && sample.load ? sample.load.p95 / sample.load.p50 : 1;
  const low = sample.below ? floor : up(value / spread);
  return (
    <g class={sample.alarm ? "water-alarm" : "water-sample"}>
      <title>{`${sample.at}: ${sample.below ? "< " : ""}${value}`}</title>
      <line x1={x} x2={x} y1={low} y2={up(value * spread)} />
      <circle class={sample.below ? "water-below" : ""} cx={x} cy={up(value)} r={3} />
    </g>
  );
}
