/** 管理 Administration. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/admin"],
  name: ["管理", "Admin"],
  rail: { icon: "settings", order: 90, href: "/admin", foot: true },
  needs: "rules",
  load: () => import("./Admin"),
};
