/** What the status bar says: run and age of the data, what is shown of how much, notices of this window. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** Run and time of the data shown; null until an answer said so. */
export const dataRun = signal<{ run: string; at: string | null } | null>(null);
/** "显示 9 / 9 起": set by the page that is open. */
export const shownNow = signal("");

export interface Notice {
  id: number;
  text: string;
  at: Date;
  href?: string;
  seen: boolean;
}
export const notices = signal<readonly Notice[]>([]);
let last = 0;

/** Tell something that is no answer to a click; it waits behind the bell. */
export function notify(text: string, href?: string): void {
  notices.value = [
    { id: ++last, text, at: new Date(), seen: false, ...(href ? { href } : {}) },
    ...notices.peek(),
  ].slice(0, 50);
}

/** Say how much is shown, while the page is open. */
export function useShown(text: string): void {
  useEffect(() => {
    shownNow.value = text;
    return () => {
      shownNow.value = "";
    };
  }, [text]);
}
