/** What lies below the marks: tiles, boundaries, or a grid where a site has no map. */
import { useEffect, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { gridStep, project, type Frame } from "./model";
import { w } from "./words";

const REST = 150; // ms the map stands still before its tiles are asked for

/**
 * The site's own base map. Tiles stay where they belong while the map moves, until those of the new view are
 * there.
 */
export function Ground({ at, width, height }: { at: Frame; width: number; height: number }) {
  const across = width / at.scale / Math.cos((at.lat * Math.PI) / 180) / 2;
  const up = height / at.scale / 2;
  const view = {
    west: Math.max(-180, at.lon - across),
    south: Math.max(-90, at.lat - up),
    east: Math.min(180, at.lon + across),
    north: Math.min(90, at.lat + up),
    width,
  };
  const [wanted, setWanted] = useState(view);
  const key = Object.values(view).join();
  useEffect(() => {
    const timer = setTimeout(() => setWanted(view), REST);
    return () => clearTimeout(timer);
  }, [key]);
  const asked = useAsk("/map/tiles", { query: wanted });
  const place = project(at, width, height);
  const zoom = asked.answer?.zoom;
  if (asked.error)
    return (
      <text class="map-told" x={12} y={24}>
        {asked.error.title}：{asked.error.detail}
      </text>
    );
  return (
    <g class="map-tiles" aria-hidden="true">
      {zoom === null && (
        <text class="map-told" x={12} y={24}>
          {w.tooWide}
        </text>
      )}
      {asked.answer?.tiles.map(({ column, row, bounds: [west = 0, south = 0, east = 0, north = 0] }) => {
        const [x, y] = place(west, north);
        const [right, bottom] = place(east, south);
        // Half a pixel over, so that no seam shows between neighbours.
        return (
          <image
            key={`${zoom} ${column} ${row}`}
            href={`/api/v1/map/tiles/${zoom}/${column}/${row}`}
            x={x}
            y={y}
            width={right - x + 0.5}
            height={bottom - y + 0.5}
            preserveAspectRatio="none"
          />
        );
      })}
    </g>
  );
}

export function Grid({ at, width, height }: { at: Frame; width: number; height: number }) {
  const step = gridStep(at);
  const place = project(at, width, height);
  const narrow = Math.cos((at.lat * Math.PI) / 180);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const across = width / at.scale / narrow / 2;
  const up = height / at.scale / 2;
  const range = (from: number, until: number) => {
    const found: number[] = [];
    for (let n = Math.ceil(from / step); n * step <= until; n++) found.push(n * step);
    return found;
  };
  return (
    <g class="map-grid" aria-hidden="true">
      {range(at.lon - across, at.lon + across).map((lon) => {
        const [x] = place(lon, at.lat);
        return (
          <g key={lon}>
            <path d={`M${x} 0V${height}`} />
            <text x={x + 3} y={11}>
              {lon.toFixed(digits)}°E
            </text>
          </g>
        );
      })}
      {range(at.lat - up, at.lat + up).map((lat) => {
        const [, y] = place(at.lon, lat);
        return (
          <g key={lat}>
            <path d={`M0 ${y}H${width}`} />
            <text x={width - 3} y={y - 3} text-anchor="end">
              {lat.toFixed(digits)}°N
            </text>
          </g>
        );
      })}
    </g>
  );
}
