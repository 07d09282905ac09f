/** What the marks are drawn from. */
import type { Line } from "./bundles";
import type { Palette } from "./colours";
import type { Detail } from "./detail";
import type { GNode } from "./elements";
import type { TimeAxis } from "./axis";

export interface Point {
  x: number;
  y: number;
}

export interface Scene {
  /** In the order names are placed in, but for what is chosen. */
  nodes: readonly GNode[];
  node: (id: string) => GNode | undefined;
  /** Where the discs stand in px. */
  places: ReadonlyMap<string, Point>;
  /** Objects within the frame. */
  within: ReadonlySet<string>;
  lines: readonly Line[];
  colours: Palette;
  chosen: ReadonlySet<string>;
  /** What the pointer is on: an object or a line. */
  hover: string | null;
  /** The line whose events stand in the panel. */
  line: string | null;
  detail: Detail;
  axis: TimeAxis | null;
  /** Where names stood, from the middles of their discs: kept while the picture is being moved. */
  names: Map<string, Point>;
  moving: boolean;
  width: number;
  height: number;
  onScreen: (x: number, y: number) => Point;
  radius: (node: GNode) => number;
  fill: (node: GNode) => string;
  label: (node: GNode) => string;
}

export const FONT = '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

export const onScreen = ({ x, y }: Point, { width, height }: { width: number; height: number }): boolean =>
  x > -40 && y > -40 && x < width + 40 && y < height + 40;
