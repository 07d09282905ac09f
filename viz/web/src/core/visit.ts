/** When this user was last here, as the service knows it; what is new since then can be asked for. */
import { signal } from "@preact/signals";
import { api } from "./api";

/** ms since 1970; null at the first visit, undefined until the service said so. */
export const lastVisit = signal<number | null | undefined>(undefined);

const EVERY = 10 * 60_000;

async function say(): Promise<void> {
  try {
    lastVisit.value = (await api.post("/session/here", {})).before;
  } catch {
    lastVisit.value ??= null; // whether one is told what is new must not keep anybody from working
  }
}

/** Say that one is here, now and while the window is looked at; returns how to stop. */
export function beHere(): () => void {
  void say();
  const timer = setInterval(() => !document.hidden && void say(), EVERY);
  return () => clearInterval(timer);
}
