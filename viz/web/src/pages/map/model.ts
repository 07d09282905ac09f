/** What map and timeline share: events in the period, places with how often, the projection. */
import type { Happened, PlaceShown, Whereabouts } from "~/generated/api";
import type { Bin, Range } from "~/parts/TimeBrush";

export const DAY = 86_400_000;

export interface Spot {
  place: PlaceShown;
  lon: number;
  lat: number;
  events: Happened[];
}

export const timeOf = (event: Happened): number => (event.at ? Date.parse(event.at) : NaN);

/** Events of chosen kinds within a period; undated ones stay only where the whole period is shown. */
export function within(
  events: readonly Happened[],
  off: ReadonlySet<string>,
  range: readonly [number, number],
  all: boolean,
): Happened[] {
  return events.filter((event) => {
    if (off.has(event.kind)) return false;
    const at = timeOf(event);
    if (Number.isNaN(at)) return all;
    const until = event.until ? Date.parse(event.until) : at;
    return until >= range[0] && at <= range[1];
  });
}

/** Places with coordinates that events point at; places within 30 m of each other are one spot. */
export function spots(answer: Whereabouts, events: readonly Happened[]): Spot[] {
  const byId = new Map(answer.places.map((place) => [place.id, place]));
  const found = new Map<string, Spot>();
  for (const event of events) {
    const place = event.place ? byId.get(event.place) : undefined;
    if (!place || place.lon === null || place.lat === null) continue;
    const cell = `${place.label === "Cell"} ${Math.round(place.lon * 3000)} ${Math.round(place.lat * 3700)}`;
    const spot = found.get(cell) ?? { place, lon: place.lon, lat: place.lat, events: [] };
    spot.events.push(event);
    found.set(cell, spot);
  }
  return [...found.values()];
}

export interface Frame {
  lon: number;
  lat: number;
  /** Pixels per degree of latitude. */
  scale: number;
}

/** The frame in which all positions stand, with a margin; a single one is shown 4 km wide. */
export function frame(points: readonly { lon: number; lat: number }[], width: number, height: number): Frame {
  if (!points.length) return { lon: 0, lat: 0, scale: 1000 };
  const lons = points.map((each) => each.lon);
  const lats = points.map((each) => each.lat);
  const [west, east, south, north] = [
    Math.min(...lons),
    Math.max(...lons),
    Math.min(...lats),
    Math.max(...lats),
  ];
  const lat = (south + north) / 2;
  const narrow = Math.cos((lat * Math.PI) / 180);
  const scale = Math.min(
    (width - 90) / Math.max((east - west) * narrow, 0.036),
    (height - 90) / Math.max(north - south, 0.036),
  );
  return { lon: (west + east) / 2, lat, scale };
}

/**
 * Local projection: degrees of longitude narrowed by the cosine of the middle latitude. Right to 0.1 % within
 * 50 km.
 */
export function project(at: Frame, width: number, height: number) {
  const narrow = Math.cos((at.lat * Math.PI) / 180);
  return (lon: number, lat: number): [number, number] => [
    width / 2 + (lon - at.lon) * narrow * at.scale,
    height / 2 - (lat - at.lat) * at.scale,
  ];
}

export const METRES = 111_320; // of one degree of latitude

/** A round length near a hundred pixels: metres and pixels. */
export function ruler(at: Frame): { metres: number; pixels: number } {
  const wanted = (100 / at.scale) * METRES;
  const step = 10 ** Math.floor(Math.log10(wanted));
  const metres =
    [1, 2, 5, 10]
      .map((n) => n * step)
      .filter((n) => n <= wanted * 1.2)
      .at(-1) ?? step;
  return { metres, pixels: (metres / METRES) * at.scale };
}

/** Degrees between grid lines so that they stand about 80 pixels apart. */
export function gridStep(at: Frame): number {
  const wanted = 80 / at.scale;
  const step = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5, 10].map((n) => n * step).find((n) => n >= wanted) ?? 10 * step;
}

/** From half a day before the first event to half a day after the last. */
export function extentOf(events: readonly Happened[]): Range {
  const times = events.map(timeOf).filter((at) => !Number.isNaN(at));
  return times.length ? [Math.min(...times) - DAY / 2, Math.max(...times) + DAY / 2] : [0, DAY];
}

/** Days from the first event to the last, with money above and calls below. */
export function histogram(events: readonly Happened[], extent: Range): Bin[] {
  const every = Math.max(DAY, Math.ceil((extent[1] - extent[0]) / DAY / 180) * DAY);
  const bins = new Map<number, Bin>();
  for (const event of events) {
    const at = timeOf(event);
    if (Number.isNaN(at)) continue;
    const start = extent[0] + Math.floor((at - extent[0]) / every) * every;
    const bin = bins.get(start) ?? { at: start, up: 0, down: 0 };
    if (event.kind === "PAID") bin.up += 1;
    else bin.down += 1;
    bins.set(start, bin);
  }
  return [...bins.values()];
}
