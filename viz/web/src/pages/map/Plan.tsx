/**
 * The map: a plain grid, the site's own boundaries, places as marks, cells as areas; drag pans, the wheel
 * zooms.
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { say } from "~/core/i18n";
import type { Happened, Site } from "~/generated/api";
import { frame, METRES, project, ruler, type Frame, type Spot } from "./model";
import { HUES, KINDS, w } from "./words";
import { Grid, Ground } from "./Ground";

interface PlanProps {
  spots: readonly Spot[];
  site: Site | null;
  names: ReadonlyMap<string, string>;
  chosen: string | null;
  onChoose: (event: Happened) => void;
}

const CELL_METRES = 500;
const ZOOM = 1.5;

export function Plan({ spots, site, names, chosen, onChoose }: PlanProps) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 800, height: 400 });
  const [moved, setMoved] = useState<Frame | null>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setSize({ width: element.clientWidth || 800, height: element.clientHeight || 400 });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    look();
    return () => observer.disconnect();
  }, []);
  const whole = useMemo(() => frame(spots, size.width, size.height), [spots.length, size]);
  const at = moved ?? whole;
  const place = project(at, size.width, size.height);
  const zoom = (by: number) => setMoved({ ...at, scale: Math.min(5e6, Math.max(20, at.scale * by)) });
  const wheel = useRef(zoom);
  wheel.current = zoom;
  useEffect(() => {
    const element = box.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      wheel.current(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    };
    element?.addEventListener("wheel", turn, { passive: false });
    return () => element?.removeEventListener("wheel", turn);
  }, []);
  const drag = (event: PointerEvent) => {
    const area = event.currentTarget as SVGSVGElement;
    const narrow = Math.cos((at.lat * Math.PI) / 180);
    const move = (next: PointerEvent) =>
      setMoved({
        ...at,
        lon: at.lon - (next.clientX - event.clientX) / at.scale / narrow,
        lat: at.lat + (next.clientY - event.clientY) / at.scale,
      });
    const end = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
    };
    if (event.target !== area && !(event.target as Element).classList.contains("map-ground")) return;
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
  };
  const keys = (event: KeyboardEvent) => {
    const by = event.key === "+" || event.key === "=" ? ZOOM : event.key === "-" ? 1 / ZOOM : 0;
    if (by) zoom(by);
    else if (event.key === "0") setMoved(null);
    else return;
    event.preventDefault();
  };
  const length = ruler(at);
  const label = length.metres >= 1000 ? w.km(String(length.metres / 1000)) : w.m(String(length.metres));
  return (
    <div ref={box} class="map-plan" tabIndex={0} role="group" aria-label={w.map} onKeyDown={keys}>
      <svg width={size.width} height={size.height} onPointerDown={drag} role="img" aria-label={w.map}>
        <rect class="map-ground" width={size.width} height={size.height} />
        {site?.tiles && <Ground at={at} width={size.width} height={size.height} />}
        <Grid at={at} width={size.width} height={size.height} />
        {site?.boundaries?.map((line, n) => (
          <polyline
            key={n}
            class="map-boundary"
            points={line.map(([lon = 0, lat = 0]) => place(lon, lat).join(",")).join(" ")}
          />
        ))}
        {spots.map((spot) => (
          <Mark
            key={`${spot.place.id} ${spot.lon}`}
            spot={spot}
            xy={place(spot.lon, spot.lat)}
            scale={at.scale}
            names={names}
            chosen={chosen}
            onChoose={onChoose}
          />
        ))}
        <g transform={`translate(14 ${size.height - 14})`} class="map-ruler">
          <path d={`M0 -5V0H${length.pixels}V-5`} />
          <text x={length.pixels / 2} y={-7} text-anchor="middle">
            {label}
          </text>
        </g>
      </svg>
      {site?.credit && <p class="map-credit small">{site.credit}</p>}
      <div class="map-tools">
        <button
          type="button"
          class="button"
          title={w.zoomIn}
          aria-label={w.zoomIn}
          onClick={() => zoom(ZOOM)}
        >
          +
        </button>
        <button
          type="button"
          class="button"
          title={w.zoomOut}
          aria-label={w.zoomOut}
          onClick={() => zoom(1 / ZOOM)}
        >
          −
        </button>
        <button type="button" class="button" onClick={() => setMoved(null)}>
          {w.fit}
        </button>
      </div>
    </div>
  );
}

interface MarkProps {
  spot: Spot;
  xy: [number, number];
  scale: number;
  names: ReadonlyMap<string, string>;
  chosen: string | null;
  onChoose: (event: Happened) => void;
}

function Mark({ spot, xy, scale, names, chosen, onChoose }: MarkProps) {
  const first = spot.events[0];
  if (!first) return null;
  const who = [...new Set(spot.events.map((event) => names.get(event.person) ?? event.person))];
  const kinds = [...new Set(spot.events.map((event) => say(KINDS[event.kind])))];
  const shown = who.slice(0, 6).join("、");
  const title = [spot.place.caption, kinds.join("、"), w.several(spot.events.length), shown].join(" · ");
  const on = spot.events.some((event) => event.id === chosen);
  const area = spot.place.label === "Cell" ? Math.max(9, (CELL_METRES / METRES) * scale) : 0;
  const big = Math.min(15, 6 + Math.log2(spot.events.length + 1) * 1.6);
  const choose = () => onChoose(first);
  return (
    <g
      class={`map-mark hue-${HUES[first.kind] ?? "text"}${on ? " on" : ""}`}
      transform={`translate(${xy[0]} ${xy[1]})`}
      tabIndex={0}
      role="button"
      aria-label={title}
      onClick={choose}
      onKeyDown={(event) => event.key === "Enter" && choose()}
    >
      <title>{title}</title>
      {area > 0 && <circle class="area" r={area} />}
      {first.kind === "SEIZED" ? (
        <rect class="dot" x={-big} y={-big} width={2 * big} height={2 * big} />
      ) : (
        <circle class="dot" r={big} />
      )}
      {spot.events.length > 1 && (
        <text y={4} text-anchor="middle">
          {spot.events.length > 99 ? "99+" : spot.events.length}
        </text>
      )}
    </g>
  );
}
