/** Counts in the rail, by the address of the place: what waits there for this user. */
import { signal } from "@preact/signals";

export const counts = signal<Readonly<Record<string, number>>>({});

export function setCount(href: string, n: number): void {
  counts.value = { ...counts.peek(), [href]: n };
}
