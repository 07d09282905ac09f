/** Words of the tasks under supervision. */
import { words, type Both } from "~/core/i18n";
import type { TaskItem } from "~/generated/api";

export const w = words({
  title: ["督办任务", "Tasks under supervision"],
  note: [
    "逾期自首次期限起算，延期不改变。",
    "Overdue counts from the first deadline; putting it off changes nothing.",
  ],
  none: [
    "还没有任务。导入“任务”“问题整改”表后会列在这里。",
    "No tasks yet. Load the tables of tasks and problems; they are listed here then.",
  ],
  firstDue: ["首次期限", "First deadline"],
  due: ["截止日期", "Deadline"],
  id: ["编号", "Id"],
  section: ["板块", "Part"],
  unit: ["责任单位", "Unit"],
  state: ["状态", "State"],
  overdue: ["逾期（天）", "Days overdue"],
  open: ["未销号问题", "Open problems"],
  problems: ["问题", "Problems"],
  closedOn: ["销号日期", "Closed on"],
  noProblems: ["没有问题。", "No problems."],
});

export const STATES: Readonly<Record<TaskItem["state"], Both>> = {
  not_started: ["未开始", "not started"],
  in_progress: ["进行中", "in progress"],
  done: ["已完成", "done"],
  closed: ["已办结", "closed"],
};

export const PROBLEM_STATES: Readonly<Record<TaskItem["problems"][number]["state"], Both>> = {
  open: ["未整改", "open"],
  rectified: ["已整改", "rectified"],
  checked: ["已复查", "checked again"],
  closed: ["已销号", "closed"],
};
