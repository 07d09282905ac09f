/** Shapes of payments, in words. */
import type { Both } from "~/core/i18n";
import type { Named } from "~/core/legend";
import type { PatternsFound } from "~/generated/api";
import { LEGEND } from "~/generated/schema";

export type PatternKind = PatternsFound["kind"];

const DECLARED: Readonly<Record<PatternKind, Named & { about: Named }>> = LEGEND.patterns;

function named({ zh, en, about }: Named & { about: Named }): Both {
  return [`${zh}：${about.zh}`, `${en.charAt(0).toUpperCase()}${en.slice(1)}: ${about.en}`];
}

/** The name of each shape and what is paid to whom. */
export const PATTERNS = Object.fromEntries(
  Object.entries(DECLARED).map(([kind, words]) => [kind, named(words)]),
) as Record<PatternKind, Both>;
