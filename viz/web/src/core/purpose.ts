/** 用途: the case or task every read, query and export is logged under. */
import { signal } from "@preact/signals";
import { keep, kept } from "./prefs";

export const purpose = signal(kept("purpose") ?? "");
const LONGEST = 100;
const REMEMBERED = 8;

export const recentPurposes = signal<readonly string[]>(list(kept("purposes")));

function list(text: string | null): string[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter((each): each is string => typeof each === "string") : [];
  } catch {
    return [];
  }
}

export function setPurpose(text: string): void {
  const next = text.trim().slice(0, LONGEST);
  purpose.value = next;
  keep("purpose", next || null);
  if (!next) return;
  recentPurposes.value = [next, ...recentPurposes.value.filter((each) => each !== next)].slice(0, REMEMBERED);
  keep("purposes", JSON.stringify(recentPurposes.value));
}

export function clearPurposes(): void {
  purpose.value = "";
  recentPurposes.value = [];
}
