/** A force layout under way: how far it is, and an end to it. */
import { signal } from "@preact/signals";
import { forceInput } from "./force";
import type { GEdge, GNode } from "./elements";
import { type Places, spread } from "./spread";

export const MANY = 1_000;
const ITERATIONS = 60;

/** Share done of the layout under way; null where there is none. */
export const forcing = signal<number | null>(null);
let running: Worker | null = null;

export function stopForcing(): void {
  running?.terminate();
  running = null;
  forcing.value = null;
}

/** Places by force, worked out in a worker; a later call or `stopForcing` ends it without an answer. */
export function forcedPlaces(nodes: readonly GNode[], edges: readonly GEdge[]): Promise<Places> {
  stopForcing();
  const worker = new Worker(new URL("./force.worker.ts", import.meta.url), { type: "module" });
  running = worker;
  forcing.value = 0;
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", (event: MessageEvent<{ done?: number; places?: Places }>) => {
      if (running !== worker) return;
      if (event.data.done !== undefined) forcing.value = event.data.done / ITERATIONS;
      if (!event.data.places) return;
      stopForcing();
      resolve(spread(event.data.places, nodes));
    });
    worker.addEventListener("error", (event) => {
      stopForcing();
      reject(new Error(event.message));
    });
    worker.postMessage({ input: forceInput(nodes, edges), iterations: ITERATIONS });
  });
}
