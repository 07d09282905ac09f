/** 案件板 Case board. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/board"],
  name: ["案件板", "Board"],
  rail: { icon: "layout-kanban", order: 10, href: "/board" },
  load: () => import("./Board"),
};
