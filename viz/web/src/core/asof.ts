/** The earlier load everything is shown as of, kept for this window; null for now. */
import { signal } from "@preact/signals";

const PLACE = "upline.as_of";
const kept = Number(sessionStorage.getItem(PLACE));

export const asOf = signal<number | null>(Number.isInteger(kept) && kept > 0 ? kept : null);

/**
 * Show everything as of a load (null: now); the page starts anew, so that nothing of the other time stays on
 * it.
 */
export function showAsOf(load: number | null): void {
  if (load === null) sessionStorage.removeItem(PLACE);
  else sessionStorage.setItem(PLACE, String(load));
  location.reload();
}

const ALWAYS_NOW = /^\/(session|health|jobs|views|audit|runs\/pending)/;

/**
 * Whether a question is asked as of the chosen load; who is signed in and what jobs run is always told of
 * now.
 */
export const inThePast = (route: string): boolean => asOf.peek() !== null && !ALWAYS_NOW.test(route);
