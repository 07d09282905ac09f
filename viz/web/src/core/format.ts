/** Figures as they are written everywhere: yuan from fen, Beijing times, short references, masked numbers. */
import { language } from "./i18n";
import type { Chain, Person } from "~/generated/api";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const withFen = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const count = (n: number): string => grouped.format(n);

/** ¥22,600 or ¥22,600.50, from fen; null is a dash, never a zero. */
export function yuan(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return "—";
  return `¥${(fen % 100 ? withFen : grouped).format(fen / 100)}`;
}

const UNKNOWN_CURRENCY = { zh: "（币种不明）", en: " (currency unknown)" } as const;

/** Yuan as `yuan` has them; another currency is named, and one nobody knows is said to be unknown. */
export function money(fen: number | null | undefined, currency: string | null): string {
  if (fen === null || fen === undefined || currency === "CNY") return yuan(fen);
  const amount = (fen % 100 ? withFen : grouped).format(fen / 100);
  return amount + (currency === null ? UNKNOWN_CURRENCY[language.value] : ` ${currency}`);
}

export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? "—" : value.toFixed(2);

/** +1.2, −0.4, 0.0: a weight with its sign, and no sign where nothing is left of it. */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return text === "0.0" ? text : `${value < 0 ? "−" : "+"}${text}`;
}

const part = (iso: string, from: number, to: number): string => iso.slice(from, to);

/** 11-23 08:00, with the year where it is not this one; times of the service are Beijing time and stay so. */
export function moment(iso: string | null | undefined): string {
  if (!iso) return "—";
  const clock = iso.length > 10 ? ` ${part(iso, 11, 16)}` : "";
  return day(iso) + clock;
}

export function day(iso: string | null | undefined): string {
  if (!iso) return "—";
  const thisYear = String(new Date().getFullYear());
  return part(iso, 0, 4) === thisYear ? part(iso, 5, 10) : part(iso, 0, 10);
}

export function period(from: string | null | undefined, till: string | null | undefined): string {
  return from || till ? `${day(from)} – ${day(till)}` : "—";
}

/** `9f3a…/1/1208`: a row reference short enough for a line. */
export function shortRow(reference: string): string {
  const [file = "", ...rest] = reference.split("/");
  return `${file.slice(0, 4)}…/${rest.join("/")}`;
}

type Known = {
  readonly phones: readonly string[];
  readonly accounts: readonly string[];
  readonly resident_id: string | null;
};

/** The name of a person, or what he is known by; never invented. */
export function nameOf(person: Pick<Person, "name">): string {
  return person.name ?? (language.value === "zh" ? "持有人未知" : "Holder unknown");
}

/** Somebody of whom nothing is known here. */
export const NOBODY = { name: null, phones: [], accounts: [], resident_id: null } as const;

/** One word for a person in a sentence: his name, else what he is known by; never an id of ours. */
export const knownAs = (person: Known & Pick<Person, "name">): string =>
  person.name ?? (knownBy(person) || nameOf(person));

/** What an unnamed holder is known by. */
export function knownBy(person: Known): string {
  return person.accounts[0] ?? person.phones[0] ?? person.resident_id ?? "";
}

/**
 * The number by which an address names a chain of a case: its rank, which no judgement changes; a kept one
 * has its place.
 */
export const chainNo = (chain: Pick<Chain, "rank" | "kept"> | null | undefined, at = 0): number =>
  chain?.kept ? at + 1 : (chain?.rank ?? at + 1);

/** Case numbers are long: the last four digits say which one, the whole stands in the title. */
export const shortCase = (caseNo: string): string => caseNo.slice(-4);

/** The id of a run as it is shown. */
export const shortRun = (id: string): string => (id.length > 14 ? id.slice(-8) : id);
