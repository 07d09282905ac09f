/** 督办任务 Tasks under supervision. */
import type { PageSpec } from "../registry";

export const page: PageSpec = {
  paths: ["/district/tasks", "/district/tasks/:id"],
  name: ["督办任务", "Tasks"],
  under: "/district",
  tile: {
    noun: "tasks",
    icon: "checklist",
    order: 80,
    about: [
      "任务、问题整改和联合检查，逾期从首次期限算起。",
      "Tasks, problems and joint inspections; overdue from the first deadline.",
    ],
  },
  load: () => import("./Tasks"),
};
