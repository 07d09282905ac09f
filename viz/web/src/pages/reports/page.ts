/** 报告与导出 Reports and exports. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/reports"],
  name: ["报告", "Reports"],
  rail: { icon: "report", order: 70, href: "/reports" },
  load: () => import("./Reports"),
};
