/** 污水预警 Waste-water early warning. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/water", "/district/water/:id"],
  name: ["污水预警", "Waste water"],
  under: "/district",
  tile: {
    noun: "water",
    icon: "flask",
    order: 60,
    about: [
      "污水中毒品负荷的异常，以及向上游追查的下一个采样点；不指向住户。",
      "Loads of drugs in waste water that stand out, " +
        "and where to sample next up the sewer; never down to a household.",
    ],
  },
  load: () => import("./Water"),
};
