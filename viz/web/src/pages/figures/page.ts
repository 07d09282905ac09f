/** 指标 Figures. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/figures", "/district/figures/:id"],
  name: ["指标", "Figures"],
  under: "/district",
  needs: "ledger",
  tile: {
    noun: "figures",
    icon: "table",
    order: 70,
    about: [
      "各单位各月的数，每个数都能打开其清单；与统计月报核对。",
      "Figures by unit and month, each with its list; compared with monthly reports.",
    ],
  },
  load: () => import("./Figures"),
};
