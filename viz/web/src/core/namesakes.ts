/** People of one name: as soon as two were met in this window, each is shown with what tells them apart. */
import { signal } from "@preact/signals";
import type { Person } from "~/generated/api";
import { type Both, words } from "./i18n";

type Told = Pick<Person, "id" | "name" | "phones" | "accounts" | "resident_id">;

const w = words({
  born: (date: string): Both => [`${date} 生`, `born ${date}`],
  idEnds: (end: string): Both => [`证件尾号 ${end}`, `id ends ${end}`],
  numberEnds: (end: string): Both => [`号码尾号 ${end}`, `number ends ${end}`],
});

const met = new Map<string, Set<string>>();
const several = signal<ReadonlySet<string>>(new Set());

/** Remember a person who is shown, and say whether another of his name was. */
export function hasNamesake(person: Told): boolean {
  if (!person.name) return false;
  const ids = met.get(person.name) ?? new Set();
  met.set(person.name, ids.add(person.id));
  if (ids.size > 1 && !several.peek().has(person.name)) {
    const name = person.name;
    // After this drawing: what is drawn already is drawn once more.
    queueMicrotask(() => (several.value = new Set([...several.peek(), name])));
  }
  return several.value.has(person.name);
}

/** The birth date in a resident id, as 1990-03-07; blank without one. */
export function bornOn(person: Pick<Person, "resident_id">): string {
  const found = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dXx]$/.exec(person.resident_id ?? "");
  return found ? `${found[1]}-${found[2]}-${found[3]}` : "";
}

/** Birth date and the end of his id; blank for somebody of whom neither is known. */
export function papers(person: Pick<Person, "resident_id">): string {
  const born = bornOn(person);
  const ends = person.resident_id && w.idEnds(person.resident_id.slice(-4));
  return [born && w.born(born), ends].filter(Boolean).join(" ");
}

/** What tells a person from others of his name: his papers, else the end of a number. */
export function apart(person: Told): string {
  const number = (person.phones[0] ?? person.accounts[0] ?? "").replace(/@.*$/, "");
  return papers(person) || (number && w.numberEnds(number.slice(-4)));
}
