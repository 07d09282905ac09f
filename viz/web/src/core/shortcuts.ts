/**
 * Keyboard first: pages say which keys they take; letters and digits rest while somebody types or composes.
 */
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { keep, kept } from "./prefs";

export interface Shortcut {
  label: string;
  run: () => void;
  /** Works in fields too (Ctrl keys, Escape). */
  always?: boolean;
}
/** Keys as `"1"`, `"ArrowDown"`, `"Ctrl+k"`, `"Shift+h"`, `"Alt+t"`. */
export type Keys = Record<string, Shortcut>;

/** Single keys can be switched off (WCAG 2.1.4). */
export const lettersOn = signal(kept("letters") !== "off");
const scopes = signal<readonly { keys: () => Keys; modal: boolean }[]>([]);

export function switchLetters(on: boolean): void {
  lettersOn.value = on;
  keep("letters", on ? null : "off");
}

/** All keys that work now, for the help. */
export function keysNow(): [string, Shortcut][] {
  const found = new Map<string, Shortcut>();
  for (const scope of scopes.value)
    for (const [key, each] of Object.entries(scope.keys())) found.set(key, each);
  return [...found];
}

/**
 * Take keys while the component is there; a `modal` scope lets nothing through to those below. With the
 * layout, not after the next paint: a dialog that is gone would swallow the keys pressed in between.
 */
export function useKeys(keys: Keys, modal = false): void {
  const latest = useRef(keys);
  latest.current = keys;
  useLayoutEffect(() => {
    const scope = { keys: () => latest.current, modal };
    scopes.value = [...scopes.peek(), scope];
    return () => {
      scopes.value = scopes.peek().filter((each) => each !== scope);
    };
  }, [modal]);
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const named = event.shiftKey && (key.length > 1 || /[a-z]/.test(key)) ? "Shift+" : "";
  return `${ctrl}${event.altKey ? "Alt+" : ""}${named}${key}`;
}

function typing(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest?.("input, textarea, select, [contenteditable]");
}

/** True where the key already does something to what has the focus: Enter on a button, arrows in a list. */
function taken(name: string, target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  if (name === "Enter" || name === " ")
    return !!element?.closest?.("a, button, summary, [role=tab], [role=option]");
  return (
    name.startsWith("Arrow") &&
    !!element?.closest?.("[role=tablist], [role=menu], [role=listbox], [role=slider]")
  );
}

export function listen(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    const name = nameOf(event);
    const single = [...name].length === 1;
    for (const scope of [...scopes.peek()].reverse()) {
      const found = scope.keys()[name];
      if (found) {
        if (!found.always && (typing(event.target) || taken(name, event.target))) return;
        if (single && !lettersOn.peek()) return;
        event.preventDefault();
        found.run();
        return;
      }
      if (scope.modal) return;
    }
  });
}
