/** The address is the state: path, and a query that holds everything that changes what one sees. */
import { computed, signal } from "@preact/signals";

interface Place {
  path: string;
  query: string;
}

function here(): Place {
  return { path: location.pathname, query: location.search };
}

export const place = signal<Place>(here());
export const path = computed(() => place.value.path);
const query = computed(() => new URLSearchParams(place.value.query));

addEventListener("popstate", () => (place.value = here()));

/** Go to an address of the workbench; `replace` leaves no step for the back button. */
export function go(to: string, replace = false): void {
  const url = new URL(to, location.href);
  if (url.pathname + url.search === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", url.pathname + url.search);
  place.value = here();
}

/** One parameter of the query; reading it in a component makes that follow it. */
export function param(name: string): string | null {
  return query.value.get(name);
}

/** Change parameters (null removes); filters and sorts replace, what one may want to go back to is pushed. */
export function setParams(changed: Record<string, string | null>, push = false): void {
  const next = new URLSearchParams(query.peek());
  for (const [name, value] of Object.entries(changed)) {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  go(place.peek().path + (text ? `?${text}` : ""), !push);
}

/** The named parts of a path that fits `/chains/:case/:n`; null where it does not. */
export function match(pattern: string, where: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const found = where.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== found.length) return null;
  const parts: Record<string, string> = {};
  for (const [at, piece] of wanted.entries()) {
    const given = found[at] ?? "";
    if (piece.startsWith(":")) {
      try {
        parts[piece.slice(1)] = decodeURIComponent(given);
      } catch {
        return null;
      }
    } else if (piece !== given) return null;
  }
  return parts;
}

/** An address with its parts encoded: to`/chains/${caseNo}/1`. */
export function to(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  return strings.reduce((text, piece, at) => text + encodeURIComponent(String(values[at - 1] ?? "")) + piece);
}

/** Links of the workbench need no handler of their own: plain clicks on `<a href="/…">` stay in the page. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element | null)?.closest("a");
    const href = link?.getAttribute("href") ?? "";
    if (
      !link ||
      link.target ||
      link.hasAttribute("download") ||
      !href.startsWith("/") ||
      href.startsWith("/api/")
    )
      return;
    event.preventDefault();
    go(href);
  });
}
