/** 时空 Map and timeline. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/map"],
  name: ["时空", "Map"],
  rail: { icon: "map-pin", order: 40, href: "/map" },
  load: () => import("./Map"),
};
