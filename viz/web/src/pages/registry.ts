/** Every folder of pages/ with a `page.ts` is a page: nothing else has to be edited to add one. */
import type { ComponentType } from "preact";
import type { GetRoutes } from "~/generated/api";
import type { Both } from "~/core/i18n";
import { match } from "~/core/router";
import { may, type Right } from "~/core/session";
import type { IconName } from "~/parts/Icon";

export type Params = Record<string, string>;

/** What the service calls a noun of the district. */
type Noun = NonNullable<GetRoutes["/district"]["query"]["noun"]>;

export interface PageSpec {
  /** Addresses it answers: `/chains/:case/:n`. */
  paths: readonly string[];
  /** The name in the breadcrumb and the window's title. */
  name: Both;
  /** Its place in the rail; absent for pages one comes to from elsewhere. */
  rail?: { icon: IconName; order: number; href: string; foot?: boolean };
  /** A noun of the district: its tile on the page 全区, and what the service calls it. */
  tile?: { noun: Noun; icon: IconName; order: number; about: Both };
  /** The right it needs; by default the right to case data. A page a role may not see is hidden, not
   *  greyed out. */
  needs?: Right;
  /** Path of the page it belongs to in rail and breadcrumb. */
  under?: string;
  load: () => Promise<{ default: ComponentType<{ params: Params }> }>;
}

const found = import.meta.glob<{ page: PageSpec }>("./*/page.ts", { eager: true });
export const PAGES: readonly PageSpec[] = Object.values(found).map((each) => each.page);

export const visible = (page: PageSpec): boolean => may(page.needs ?? "cases");

/** Pages of the rail that one may see, in their order. */
export const placed = (): readonly PageSpec[] =>
  PAGES.filter((page) => page.rail && visible(page)).sort(
    (a, b) => (a.rail?.order ?? 0) - (b.rail?.order ?? 0),
  );

/** The page of an address with the named parts of it. */
export function pageAt(path: string): { page: PageSpec; params: Params } | null {
  for (const page of PAGES)
    for (const pattern of page.paths) {
      const params = match(pattern, path);
      if (params) return { page, params };
    }
  return null;
}
