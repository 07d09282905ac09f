/** The force layout of many nodes, beside the page, which stays usable meanwhile. */
import { forceGraph, forcePlaces, pull, type ForceInput } from "./force";

const BATCH = 10;

addEventListener("message", (event: MessageEvent<{ input: ForceInput; iterations: number }>) => {
  const { input, iterations } = event.data;
  const graph = forceGraph(input);
  for (let done = 0; done < iterations; done += BATCH) {
    pull(graph, Math.min(BATCH, iterations - done));
    postMessage({ done: Math.min(iterations, done + BATCH) });
  }
  postMessage({ places: forcePlaces(graph) });
});
