/** What the relations on the canvas are: hue, name, fact or conclusion. */
import { say } from "~/core/i18n";
import { RELATIONSHIPS } from "~/generated/schema";

/**
 * A hop a run inferred that is no relationship of the graph: who collects for whom, whose number is
 * another's.
 */
const INFERRED = "INFERRED";

const DERIVED = new Set([
  INFERRED,
  "SUPPLIES",
  "MEMBER_OF",
  "SAME_BATCH_AS",
  "SAME_OFFER",
  "FLAGS",
  "LEADS_TO",
  "PASSES",
  "STARTS_AT",
]);

export const hueOf = (type: string): string =>
  type === INFERRED
    ? "ink"
    : type in RELATIONSHIPS
      ? RELATIONSHIPS[type as keyof typeof RELATIONSHIPS].hue
      : "text";

export const isDerived = (type: string): boolean => DERIVED.has(type);

const KINDS: Readonly<Record<string, string>> = {
  payment: "PAID",
  call: "CALLED",
  message: "MESSAGED",
  supply: "SUPPLIES",
  parcel: "SENT",
  statement: "SAYS_SUPPLIER",
};

/** The relationship type behind the kind of a hop, as chains and paths name it. */
export const typeOf = (kind: string): string => KINDS[kind] ?? (kind in RELATIONSHIPS ? kind : INFERRED);

/** What a relation is called. */
export function relationName(type: string): string {
  const spec = type in RELATIONSHIPS ? RELATIONSHIPS[type as keyof typeof RELATIONSHIPS] : null;
  return say(spec ? [spec.zh, spec.en] : ["推断相关", "inferred tie"]);
}
