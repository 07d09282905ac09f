/** 我的账号 My account. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/account"],
  name: ["我的账号", "My account"],
  needs: "session",
  load: () => import("./Account"),
};
