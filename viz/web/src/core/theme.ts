/** Light and dark: follows the system until the user fixes one. */
import { computed, effect, signal } from "@preact/signals";
import { keep, kept } from "./prefs";

export type Theme = "light" | "dark";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(system.matches);
system.addEventListener("change", (event) => (systemDark.value = event.matches));

const before = kept("theme");
export const fixedTheme = signal<Theme | null>(before === "light" || before === "dark" ? before : null);
export const theme = computed<Theme>(() => fixedTheme.value ?? (systemDark.value ? "dark" : "light"));

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function fixTheme(next: Theme | null): void {
  fixedTheme.value = next;
  keep("theme", next);
}

/** A token as the browser has it now, for canvases: `token("talk")`. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
