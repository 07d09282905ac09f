/**
 * Canvases one has worked on since the page was loaded: who comes back finds his own, with every step to take
 * back.
 */
import { Model } from "./model";

const MOST = 5;
const working = new Map<string, Model>();

/** The canvas of an address, or a new one; the one left longest gives way. */
export function workAt(address: string): Model {
  const model = working.get(address) ?? new Model();
  working.delete(address);
  working.set(address, model);
  for (const old of [...working.keys()].slice(0, -MOST)) working.delete(old);
  return model;
}
