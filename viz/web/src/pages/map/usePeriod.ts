/**
 * The period the map and its timeline show, and its walk through the whole, a day every quarter of a second.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Happened } from "~/generated/api";
import type { Range } from "~/parts/TimeBrush";
import { DAY, extentOf } from "./model";

const BEAT = 250;

export interface Period {
  extent: Range;
  range: Range;
  setRange: (range: Range) => void;
  /** Whether all of it is shown. */
  all: boolean;
  playing: boolean;
  setPlaying: (on: boolean) => void;
}

export function usePeriod(events: readonly Happened[]): Period {
  const extent = useMemo(() => extentOf(events), [events]);
  const [range, setRange] = useState<Range>(extent);
  const [playing, setPlaying] = useState(false);
  useEffect(() => setRange(extent), [extent]);
  useEffect(() => {
    if (!playing) return;
    const span = range[1] - range[0] >= extent[1] - extent[0] ? 7 * DAY : range[1] - range[0];
    let at = range[1] >= extent[1] ? extent[0] : range[0];
    const timer = setInterval(() => {
      at += DAY;
      if (at + span > extent[1]) setPlaying(false);
      setRange([at, Math.min(extent[1], at + span)]);
    }, BEAT);
    return () => clearInterval(timer);
  }, [playing]);
  const all = range[0] <= extent[0] && range[1] >= extent[1];
  return { extent, range, setRange, all, playing, setPlaying };
}
