/** How the ends of payments are called, and what marks they bear in the picture. */
import { nameOf } from "~/core/format";
import { numberOf } from "~/core/numbers";
import type { Ordered, Person } from "~/generated/api";
import type { Box } from "./layout";
import { w } from "./words";

export interface Parties {
  /** Himself, or who holds the account. */
  person: (party: string) => Person | null;
  text: (party: string) => string;
  box: (box: Box) => string;
  marks: (box: Box) => string[];
}

export function partiesOf(found: Ordered): Parties {
  const people = new Map(found.persons.map((each) => [each.id, each]));
  const splits = new Set(found.splits.map((each) => each.whole.to));
  const merges = new Set(found.merges.map((each) => each.whole.from));
  const person = (party: string) => people.get(found.holders[party] ?? party) ?? null;
  const text = (party: string): string => {
    const known = person(party);
    if (found.by === "account" || party.includes(":"))
      return known?.name ? `${known.name} ${numberOf(party)}` : numberOf(party);
    return known
      ? (known.name ?? known.accounts[0] ?? known.phones[0] ?? nameOf(known))
      : nameOf({ name: null });
  };
  const last = (box: Box) => box.column > 0 && box.party === found.origin && found.direction === "down";
  return {
    person,
    text,
    box: (box) => (box.party === null ? w.rest(box.rest) : text(box.party)),
    marks: (box) => {
      if (box.party === null) return [];
      const told: string[] = [];
      if (splits.has(box.party)) told.push(w.split);
      if (merges.has(box.party)) told.push(w.merged);
      if (last(box)) told.push(w.returned);
      if (box.cash) told.push(w.cashWord);
      return told;
    },
  };
}
