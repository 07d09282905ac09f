/** 画布 Canvas: explore without getting lost. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/canvas", "/canvas/:view"],
  name: ["画布", "Canvas"],
  rail: { icon: "chart-dots-3", order: 20, href: "/canvas" },
  load: () => import("./Canvas"),
};
