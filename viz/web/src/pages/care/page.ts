/** 分级管控 Care of registered users. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/care", "/district/care/:id"],
  name: ["分级管控", "Care"],
  needs: "care",
  under: "/district",
  tile: {
    noun: "care",
    icon: "shield-check",
    order: 50,
    about: [
      "在册人员的戒毒措施、应检应访、管控等级和专项排查；只供管控专员查阅。",
      "Regimes, tests and visits due, classes and campaigns of registered persons; for care staff alone.",
    ],
  },
  load: () => import("./Care"),
};
