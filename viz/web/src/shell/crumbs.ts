/** The breadcrumb: pages may add what they show; the rest follows from the page's place. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export interface Crumb {
  text: string;
  href?: string;
}
export const trail = signal<readonly Crumb[]>([]);

/** Show these crumbs after the page's place, while the page is open. */
export function useCrumbs(crumbs: readonly Crumb[]): void {
  const key = JSON.stringify(crumbs);
  useEffect(() => {
    trail.value = crumbs;
    return () => {
      trail.value = [];
    };
  }, [key]);
}
