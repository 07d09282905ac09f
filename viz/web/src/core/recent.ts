/** What was opened last on this machine: addresses only, never names; gone at sign-out (see `forget`). */
import { signal } from "@preact/signals";
import { keep, kept } from "./prefs";

const MOST = 8;
const PLACES = /^\/(cases|chains|gangs|canvas)\/[^/]+(\/\d+)?$/;

function read(): string[] {
  try {
    return (JSON.parse(kept("recent") ?? "[]") as string[]).filter((each) => PLACES.test(each));
  } catch {
    return [];
  }
}

/** Addresses, the last first. */
export const recent = signal<readonly string[]>(read());

/** Remember that an address was opened, where it is one to come back to. */
export function opened(path: string): void {
  if (!PLACES.test(path)) return;
  recent.value = [path, ...recent.peek().filter((each) => each !== path)].slice(0, MOST);
  keep("recent", JSON.stringify(recent.peek()));
}
