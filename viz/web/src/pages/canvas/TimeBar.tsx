/**
 * Time under the canvas: money up, calls down on one axis, a window that everything follows, replay, night
 * only.
 */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "~/parts/Icon";
import { TimeBrush, type Bin, type Range } from "~/parts/TimeBrush";
import { hueOf, isDerived } from "./relations";
import type { Model } from "./model";
import { w } from "./words";

const BINS = 120;
const DAY = 86_400_000;
const TICK = 200;

export function TimeBar({ model }: { model: Model }) {
  void model.version.value;
  const [playing, setPlaying] = useState(false);
  const extent = model.extent();
  const filter = model.filter.value;
  useEffect(() => {
    if (!playing || !extent) return;
    const timer = setInterval(() => {
      const now = model.filter.peek().range ?? extent;
      const until = now[1] + DAY;
      if (until >= extent[1]) setPlaying(false);
      model.filter.value = { ...model.filter.peek(), range: [now[0], Math.min(until, extent[1])] };
    }, TICK);
    return () => clearInterval(timer);
  }, [playing]);
  if (!extent) return null;
  const play = () => {
    if (!playing && (!filter.range || filter.range[1] >= extent[1]))
      model.filter.value = { ...filter, range: [extent[0], extent[0] + DAY] };
    setPlaying(!playing);
  };
  return (
    <div class="timebar">
      <div class="controls">
        <button
          type="button"
          class="button icon"
          aria-label={playing ? w.stop : w.play}
          title={playing ? w.stop : w.play}
          onClick={play}
        >
          <Icon name={playing ? "player-pause" : "player-play"} />
        </button>
        <button
          type="button"
          class="button"
          onClick={() => (model.filter.value = { ...filter, range: null })}
        >
          {w.whole}
        </button>
        <button
          type="button"
          class="button"
          aria-pressed={filter.night}
          title={w.nightNote}
          onClick={() => model.sieve(w.night, { night: !filter.night })}
        >
          <Icon name="moon" size={14} /> {w.night}
        </button>
        <span class="small">
          <span class="hue-money">{w.money}</span> <span class="hue-talk">{w.calls}</span>
        </span>
      </div>
      <div class="grow">
        <TimeBrush
          bins={bins(model, extent)}
          extent={extent}
          range={filter.range ?? extent}
          onRange={(range) => (model.filter.value = { ...model.filter.peek(), range })}
          height={70}
        />
      </div>
    </div>
  );
}

function bins(model: Model, [first, last]: Range): Bin[] {
  const width = Math.max(1, (last - first) / BINS);
  const found: Bin[] = Array.from({ length: BINS }, (_, n) => ({ at: first + n * width, up: 0, down: 0 }));
  for (const event of model.events.values()) {
    if (event.at === null || isDerived(event.type)) continue;
    const bin = found[Math.min(BINS - 1, Math.floor((event.at - first) / width))];
    if (!bin) continue;
    if (hueOf(event.type) === "money") bin.up += (event.amount ?? 0) / 100;
    else if (hueOf(event.type) === "talk") bin.down++;
  }
  return found;
}
