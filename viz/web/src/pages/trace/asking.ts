/** What a trace is asked for, as it stands in the address. */
import { param } from "~/core/router";

export const WINDOWS = [6, 24, 72, 168, 720] as const;
export const RATIOS: readonly (readonly [string, string])[] = [
  ["0.9", "1.0"],
  ["0.8", "1.0"],
  ["0.5", "1.1"],
];
const LISTED = 2_000;
const DAY_MS = 86_400_000;
export const FAN = 200;
export const MOST_FAN = 5_000;
export const MOST_LAYERS = 12;

const dayAt = (day: string | null): number | null =>
  day && /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : null;

const number = (name: string): number | null => {
  const value = Number(param(name) ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
};

export function queryOf(start: string) {
  const [least, most] = (param("ratio") ?? "").split("-").map(Number);
  const until = dayAt(param("until"));
  return {
    start,
    direction: param("direction") === "up" ? ("up" as const) : ("down" as const),
    layers: Math.min(MOST_LAYERS, Math.max(1, number("layers") ?? 4)),
    window_hours: number("window"),
    ratio_least: least && most ? least : null,
    ratio_most: least && most ? most : null,
    first: dayAt(param("from")),
    last: until === null ? null : until + DAY_MS - 1,
    fan: Math.min(MOST_FAN, number("fan") ?? FAN),
    exchange: param("exchange") === "1",
    limit: LISTED,
  };
}

/** An address that goes on from a party, from (or until) a time. */
export function goOn(party: string, direction: "down" | "up", at: string | null): string {
  const next = new URLSearchParams({ start: party, direction });
  if (at) next.set(direction === "down" ? "from" : "until", at.slice(0, 10));
  return `/trace?${next.toString()}`;
}
