/** Words of the figures. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["指标", "Figures"],
  note: ["每个数都是其清单的长度。", "Each figure is the length of its list."],
  none: [
    "还没有可计数的数据。导入案件、涉案人员、任务等表后会列在这里。",
    "Nothing to count yet. Load the tables of cases, persons, tasks; figures are listed here then.",
  ],
  period: ["期间", "Period"],
  figure: ["指标", "Figure"],
  drug: ["毒品", "Drug"],
  kind: ["案件类别", "Kind of case"],
  unit: ["单位", "Unit"],
  value: ["数值", "Value"],
  rank: ["排名", "Rank"],
  change: ["比上期", "Change"],
  completion: ["完成率", "Completion"],
  first: ["首次统计", "First reported"],
  reported: ["统计月报", "Monthly report"],
  series: (figure: string, unit: string): Both => [
    `${figure} · ${unit}，按月`,
    `${figure} · ${unit}, by month`,
  ],
  members: (n: number): Both => [`清单（${n}）`, `List (${n})`],
  below: (n: number): Both => [`分母清单（${n}）`, `List of the base (${n})`],
  more: (n: number, all: number): Both => [`只显示前 ${n} 项，共 ${all} 项。`, `First ${n} of ${all}.`],
  day: ["日期", "Day"],
  name: ["名称", "Name"],
  count: ["计", "Counts"],
  target: ["目标", "Target"],
  before: ["上期", "Period before"],
  facts: ["比较", "Beside it"],
  bulletin: ["通报", "Bulletin"],
});
