/** 对比 Compare. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/compare"],
  name: ["人员对比", "Compare persons"],
  under: "/objects",
  load: () => import("./Compare"),
};
