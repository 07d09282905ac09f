/** How an object looks: size and fill of its disc, and what is written beside it. */
import { shortCase } from "~/core/format";
import { roleLook } from "~/core/legend";
import type { Palette } from "./colours";
import { ALL_NAMES } from "./detail";
import type { GNode } from "./elements";

export type StyleName = "role" | "gang" | "case";

const THING = 11;
const GANG = 18;
const LEAST = 2.2; // px of a disc among many
const LEAST_OF_FEW = 8; // its glyph can be read
const MOST = 1.35; // of the radius at which a disc stops growing

/** Radius in units of the graph. */
export const sizeOf = (node: GNode): number =>
  node.label === "Person" ? roleLook(node.role).radius : node.label === "Gang" ? GANG : THING;

/** Radius in px among `all` objects, where a unit of the graph takes `unit` px. */
export function radiusOf(node: GNode, unit: number, all: number): number {
  const size = sizeOf(node);
  return Math.min(size * MOST, Math.max(all <= ALL_NAMES ? LEAST_OF_FEW : LEAST, size * unit));
}

export function fillOf(node: GNode, look: StyleName, colours: Palette): string {
  if (node.label !== "Person") return colours.ground;
  if (look === "gang") return node.gang ? colours.group(node.gang) : colours.ground;
  if (look === "case") return node.caseNo ? colours.group(node.caseNo) : colours.ground;
  return colours.role(node.role);
}

export const labelOf = (node: GNode, look: StyleName): string =>
  look === "case" && node.caseNo ? `${node.caption} ${shortCase(node.caseNo)}` : node.caption;
