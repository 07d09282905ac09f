/** 线索串并 Online-sale clues joined into sellers' offers. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/clues", "/district/clues/:id"],
  name: ["线索串并", "Online-sale clues"],
  under: "/district",
  tile: {
    noun: "clues",
    icon: "bulb",
    order: 10,
    about: [
      "各警种的网上贩卖线索按卖家串并：理由、物质当日是否列管、立案尚缺什么。",
      "Online-sale clues of all branches joined by seller: why, " +
        "whether the substance was controlled that day, what a case still needs.",
    ],
  },
  load: () => import("./Clues"),
};
