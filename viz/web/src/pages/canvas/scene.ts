/** What the marks are drawn from. */
import type { GEdge, GNode } from "./elements";
import type { Palette } from "./colours";

export interface Point {
  x: number;
  y: number;
}

export interface Scene {
  nodes: ReadonlyMap<string, GNode>;
  edges: readonly GEdge[];
  colours: Palette;
  chosen: ReadonlySet<string>;
  width: number;
  height: number;
  place: (node: GNode) => Point;
  radius: (node: GNode) => number;
  fill: (node: GNode) => string;
  label: (node: GNode) => string;
}

export const FONT = '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

export const onScreen = ({ x, y }: Point, { width, height }: Scene): boolean =>
  x > -40 && y > -40 && x < width + 40 && y < height + 40;
