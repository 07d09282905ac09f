/** The axis of the time layout: x is a moment, the same for every object. */
export interface TimeAxis {
  from: number;
  until: number;
  /** Units of the graph from the first moment to the last. */
  width: number;
}

const BEIJING = 8 * 3_600_000;
const DAY = 86_400_000;
const APART = 74; // px between two dates

export const atOf = (axis: TimeAxis, x: number): number =>
  axis.from + (x / axis.width) * (axis.until - axis.from);
export const xOf = (axis: TimeAxis, at: number): number =>
  axis.until > axis.from ? ((at - axis.from) / (axis.until - axis.from)) * axis.width : 0;

export interface Tick {
  at: number;
  text: string;
}

/** Moments to write on an axis on which a day takes `px`: hours, days, weeks, months or years of Beijing. */
export function ticks(from: number, until: number, px: number): Tick[] {
  const day = px * DAY;
  const months = [1, 3, 6, 12, 60, 120].find((n) => day * 30 * n >= APART) ?? 120;
  const days = [1, 2, 7, 14].find((n) => day * n >= APART);
  return days ? dayTicks(from, until, days * DAY) : monthTicks(from, until, months);
}

const written = (at: number): string => new Date(at + BEIJING).toISOString();

function dayTicks(from: number, until: number, step: number): Tick[] {
  const found: Tick[] = [];
  const first = Math.ceil((from + BEIJING) / step) * step - BEIJING;
  for (let at = first; at <= until; at += step) found.push({ at, text: written(at).slice(5, 10) });
  return found;
}

function monthTicks(from: number, until: number, months: number): Tick[] {
  const found: Tick[] = [];
  const begin = new Date(from + BEIJING);
  let month = Math.ceil((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / months) * months;
  for (;;) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1) - BEIJING;
    if (at > until) return found;
    if (at >= from) found.push({ at, text: written(at).slice(0, months < 12 ? 7 : 4) });
    month += months;
  }
}
