/** 全区 District: the way to the nouns. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district"],
  name: ["全区", "District"],
  rail: { icon: "building-bank", order: 47, href: "/district" },
  needs: "ledger",
  load: () => import("./District"),
};
