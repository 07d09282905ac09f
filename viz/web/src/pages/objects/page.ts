/** 对象 Objects. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/objects"],
  name: ["对象", "Objects"],
  rail: { icon: "users", order: 30, href: "/objects" },
  load: () => import("./Objects"),
};
