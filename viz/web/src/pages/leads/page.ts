/** 线索 Leads. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/leads", "/leads/:id"],
  name: ["线索", "Leads"],
  rail: { icon: "flag", order: 45, href: "/leads" },
  load: () => import("./Leads"),
};
