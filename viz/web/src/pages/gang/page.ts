/** 团伙 Gang. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/gangs/:id"],
  name: ["团伙", "Gang"],
  under: "/objects",
  load: () => import("./Gang"),
};
