/** 易制毒化学品和设备 Precursors and equipment. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/chemicals", "/district/chemicals/:id"],
  name: ["易制毒核查", "Precursors"],
  under: "/district",
  tile: {
    noun: "chemicals",
    icon: "flask",
    order: 30,
    about: [
      "库存、证件、拆分购买、转售流向、备案、经营和设备的核查发现；发现只是查看的理由，不是违法认定。",
      "Findings about stock, certificates, split purchases, resale, filing, dealing and equipment: " +
        "reasons to look, no offence.",
    ],
  },
  load: () => import("./Chemicals"),
};
