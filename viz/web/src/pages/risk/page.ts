/** 风险企业 The risk net for large-scale manufacture. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/risk", "/district/risk/:id"],
  name: ["风险企业", "Firms at risk"],
  under: "/district",
  tile: {
    noun: "risk",
    icon: "building-factory-2",
    order: 20,
    about: [
      "企业异常与人员事实兼有的企业，须先问常见原因。",
      "Firms with an anomaly and a tie to a listed person; ask for ordinary causes first.",
    ],
  },
  load: () => import("./Risk"),
};
