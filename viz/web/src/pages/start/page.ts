/** 首页 Start. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/"],
  name: ["首页", "Start"],
  rail: { icon: "home", order: 0, href: "/" },
  load: () => import("./Start"),
};
