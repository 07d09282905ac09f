/** 导入 Import: files in, every row accounted for; what is loaded, what was rejected, and taking out again. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/imports", "/imports/:load"],
  name: ["导入", "Import"],
  rail: { icon: "file-import", order: 60, href: "/imports" },
  needs: "loads",
  load: () => import("./Imports"),
};
