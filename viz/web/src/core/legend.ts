/** Roles, states and strengths as the declaration has them: words, glyphs, tones, radii. */
import type { Chain, Member } from "~/generated/api";
import { LEGEND } from "~/generated/schema";
import { type Both, say } from "./i18n";

export type Status = Chain["status"];
export type Role = Member["role"];

export interface Named {
  zh: string;
  en: string;
}
interface RoleLook extends Named {
  glyph_zh: string;
  glyph_en: string;
  /** Tones of the disc, of the glyph on it, and of its outline. */
  fill: string;
  on: string;
  line?: string;
  radius: number;
}
interface StateWords extends Named {
  chip: Named;
  act?: Named;
}

const ROLES: Readonly<Record<Role, RoleLook>> = LEGEND.roles;
const STATES: Readonly<Record<Status, StateWords>> = LEGEND.states;
const STRENGTHS: readonly (Named & { below?: number })[] = LEGEND.strengths;

export const roleLook = (role: Role): RoleLook => ROLES[role];
export const roleGlyph = (role: Role): string => say([ROLES[role].glyph_zh, ROLES[role].glyph_en]);

/** A role within a sentence or a chip. */
export const roleWord = (role: Role): string => say([ROLES[role].zh, ROLES[role].en.toLowerCase()]);
/** A role before a state; one that is not known says nothing there. */
export const roleBefore = (role: Role): string => (role === "unknown" ? "" : `${roleWord(role)} `);

/** What stands on the chip of a state. */
export const chip = (status: Status): Both => [STATES[status].chip.zh, STATES[status].chip.en];
export const statusWord = (status: Status | null): string => say(chip(status ?? "candidate"));

/** The state a verdict leads to; undefined for a verdict that leads to none of a result's states. */
export const stateOf = (verdict: string): Both | undefined =>
  verdict in STATES ? chip(verdict as Status) : undefined;

/** What stands on the button that leads to a state. */
export function actTo(status: Status): Both {
  const words = STATES[status].act ?? STATES[status];
  return [words.zh, words.en];
}

/** How many of four bars a strength fills. */
export const bars = (value: number): number =>
  1 + STRENGTHS.filter(({ below }) => below !== undefined && value >= below).length;

export function strengthWord(value: number): string {
  const words = STRENGTHS[bars(value) - 1];
  return words ? say([words.zh, words.en]) : "";
}
