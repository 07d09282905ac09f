/** Something was judged or computed, here or in another window: answers that say so are asked again. */
import { signal } from "@preact/signals";

/** Counts up with every change. */
export const changed = signal(0);
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("upline.changed") : null;
channel?.addEventListener("message", () => changed.value++);

export function tellChanged(): void {
  changed.value++;
  channel?.postMessage(null);
}

/** Work after which answers are others. */
export const CHANGES: ReadonlySet<string> = new Set(["load", "unload", "entry", "corrections", "analyse"]);

const STATED = new RegExp(
  "^/(board|news|chains|gangs|cases|persons|supplies|reviews|leads|search|runs|loads|explain|" +
    "district|clues|risk|chemicals|drivers|care|water|figures|tasks|imports/\\{)",
);

/** Whether an answer of a route can be other after a judgement or a run: what files say stays as it is. */
export const statesChange = (route: string): boolean => STATED.test(route);
