/** What kinds of files are called: asked once per window; a kind of one's own keeps its name. */
import { signal } from "@preact/signals";
import { api } from "./api";
import { say, type Both } from "./i18n";

const names = signal<Readonly<Record<string, Both>> | null>(null);
let asking = false;

/**
 * The name of a kind in the language of the page; dots until the names are there. A kind of one's own is its
 * own name.
 */
export function kindName(kind: string | null): string {
  if (names.value === null && !asking) {
    asking = true;
    api.get("/imports/kinds", {}).then(
      (found) =>
        (names.value = Object.fromEntries(
          found.kinds.map((each) => [each.kind, [each.zh, each.en] as const]),
        )),
      () => (asking = false),
    );
  }
  if (names.value === null) return kind ? "…" : "";
  const name = kind === null ? undefined : names.value?.[kind];
  return name ? say(name) : (kind ?? "");
}
