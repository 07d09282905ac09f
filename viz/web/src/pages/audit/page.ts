/** 审计 Audit. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/audit"],
  name: ["审计", "Audit"],
  rail: { icon: "shield-check", order: 95, href: "/audit", foot: true },
  needs: "audit",
  load: () => import("./Audit"),
};
