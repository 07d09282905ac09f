/** 账户、号码、车辆、地点 An account, number, vehicle or place. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/objects/:ref"],
  name: ["对象", "Object"],
  under: "/objects",
  load: () => import("./OneObject"),
};
