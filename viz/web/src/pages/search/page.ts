/** Results of a search. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/search"],
  name: ["查找结果", "Search"],
  under: "/",
  load: () => import("./Search"),
};
