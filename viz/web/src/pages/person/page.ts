/** 人员 Person. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/persons/:id"],
  name: ["人员", "Person"],
  under: "/objects",
  load: () => import("./Person"),
};
