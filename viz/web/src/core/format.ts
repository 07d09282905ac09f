/** Figures as they are written everywhere: yuan from fen, Beijing times, short references, masked numbers. */
import { language } from "./i18n";
import type { Person } from "~/generated/api";

const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

export const count = (n: number): string => grouped.format(n);

/** ¥22,600, from fen; null is a dash, never a zero. */
export function yuan(fen: number | null | undefined): string {
  return fen === null || fen === undefined ? "—" : `¥${grouped.format(fen / 100)}`;
}

export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? "—" : value.toFixed(2);

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

/** The name of a person, or what he is known by; never invented. */
export function nameOf(person: Pick<Person, "name" | "phones" | "accounts" | "resident_id">): string {
  return person.name ?? (language.value === "zh" ? "持有人未知" : "Holder unknown");
}

/** What an unnamed holder is known by. */
export function knownBy(person: Pick<Person, "phones" | "accounts" | "resident_id">): string {
  return person.accounts[0] ?? person.phones[0] ?? person.resident_id ?? "";
}

/** Case numbers are long: the last four digits say which one, the whole stands in the title. */
export const shortCase = (caseNo: string): string => caseNo.slice(-4);

export function escapeCsv(text: string): string {
  // A cell that begins like a formula would run in a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d[\d,.]*$/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Hand a text to the user as a file. */
export function download(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  const link = document.createElement("a");
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type }));
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
