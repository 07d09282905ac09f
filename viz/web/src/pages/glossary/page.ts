/** 术语 Glossary. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/glossary"],
  name: ["术语", "Glossary"],
  needs: "session",
  load: () => import("./Glossary"),
};
