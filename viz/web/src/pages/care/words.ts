/** Words of care. */
import { words, type Both } from "~/core/i18n";
import type { CareItem } from "~/generated/api";
import type { Verdict } from "~/parts/verdicts";

export const w = words({
  title: ["分级管控", "Care"],
  note: [
    "等级为建议，由人确认。未发现吸毒不等于未吸。本页内容不对办案人员开放。",
    "A class is proposed; a person confirms it. Not found using is not clean. " +
      "Case staff do not see this page.",
  ],
  none: [
    "没有在册人员。导入“涉毒人员”“戒毒措施”“检测”“走访”表后会列在这里。",
    "Nobody is registered. Load the tables of registered users, regimes, tests and visits; " +
      "they are listed here then.",
  ],
  period: ["应检应访日", "Due days"],
  klass: ["等级", "Class"],
  proposed: ["建议", "proposed"],
  confirmed: ["已确认", "confirmed"],
  regime: ["措施", "Regime"],
  regimes: ["戒毒措施", "Regimes"],
  from: ["起", "From"],
  to: ["期满", "Ends on"],
  suspended: ["中止天数", "Days suspended"],
  exit: ["三年期满", "Exit on"],
  counted: ["现有人员", "Counted"],
  yes: ["是", "yes"],
  no: ["否", "no"],
  sealed: ["封存", "sealed"],
  open: ["漏检漏访", "Missed"],
  due: ["应检应访", "Due"],
  what: ["事项", "What"],
  on: ["应完成", "Due on"],
  done: ["完成", "Done on"],
  noRegimes: ["没有戒毒措施。", "No regime."],
  noDue: ["没有应检应访。", "Nothing is due."],
  more: (n: number): Both => [`另有 ${n} 项`, `${n} more`],
  factors: ["评分因素", "Factors"],
  factor: ["因素", "Factor"],
  points: ["分值", "Points"],
  lower: ["如何降低", "What lowers it"],
  since: (day: string): Both => [`${day} 起`, `from ${day}`],
  campaigns: ["专项排查", "Campaigns"],
  campaign: ["专项", "Campaign"],
  post: ["岗位", "Post"],
  listed: ["应检", "Listed"],
  tested: ["已检", "Tested"],
  positive: ["阳性", "Positive"],
  missing: ["未检", "Missing"],
  upper: ["阳性率 95% 上限", "Upper 95 %"],
  measures: ["指标", "Measures"],
  measure: ["指标", "Measure"],
  value: ["数值", "Value"],
  of: ["分子/分母", "Of"],
  window: ["期间", "Window"],
});

export const WHAT: Readonly<Record<CareItem["due"][number]["what"], Both>> = {
  test: ["检测", "test"],
  visit: ["走访", "visit"],
};
export const CLASSES: readonly Verdict[] = [
  { verdict: "A", label: ["确认 A 级", "Class A"] },
  { verdict: "B", label: ["确认 B 级", "Class B"] },
  { verdict: "C", label: ["确认 C 级", "Class C"] },
];

export const REGIMES: Readonly<Record<string, Both>> = {
  社区戒毒: ["社区戒毒", "community treatment"],
  强制隔离戒毒: ["强制隔离戒毒", "compulsory isolation"],
  社区康复: ["社区康复", "community rehabilitation"],
  自愿戒毒: ["自愿戒毒", "voluntary treatment"],
};
