/** One ordered set of object ids for the whole window, shared with other windows of the same user. */
import { signal } from "@preact/signals";

export const selection = signal<readonly string[]>([]);
export const hovered = signal<string | null>(null);

const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("upline.selection") : null;
channel?.addEventListener("message", (event: MessageEvent<unknown>) => {
  const ids = event.data;
  if (Array.isArray(ids)) selection.value = ids.filter((each): each is string => typeof each === "string");
});

function set(ids: readonly string[]): void {
  selection.value = ids;
  channel?.postMessage(ids);
}

/** Click replaces, `add` (Shift) adds or takes away again. */
export function select(ids: string | readonly string[], add = false): void {
  const wanted = typeof ids === "string" ? [ids] : ids;
  const now = add ? selection.peek() : [];
  const [only] = wanted;
  if (wanted.length === 1 && only !== undefined && now.includes(only))
    set(now.filter((each) => each !== only));
  else set([...new Set([...now, ...wanted])]);
}

export function clearSelection(): void {
  if (selection.peek().length) set([]);
}
