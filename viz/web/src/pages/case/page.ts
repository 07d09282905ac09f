/** 案件 Case. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/cases/:no"],
  name: ["案件", "Case"],
  under: "/board",
  load: () => import("./Case"),
};
