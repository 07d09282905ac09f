/** 链 Chain view. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/chains/:case/:n", "/chains/:case"],
  name: ["链", "Chain"],
  under: "/board",
  load: () => import("./Chain"),
};
