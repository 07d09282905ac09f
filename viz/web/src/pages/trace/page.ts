/** 资金追踪 Money trace. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/trace"],
  name: ["资金追踪", "Money trace"],
  under: "/objects",
  load: () => import("./Trace"),
};
