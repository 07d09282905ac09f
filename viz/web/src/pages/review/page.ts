/** 复核 Review: what waits for a judgement, one after the other. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/reviews", "/reviews/:id"],
  name: ["复核", "Review"],
  rail: { icon: "list-check", order: 50, href: "/reviews" },
  load: () => import("./Review"),
};
