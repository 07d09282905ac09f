/** Words of waste-water early warning. */
import { words, type Both } from "~/core/i18n";
import type { WaterItem } from "~/generated/api";

export const w = words({
  aboutLead: ["核查污水预警", "Check the waste water"],
  title: ["污水预警", "Waste-water early warning"],
  note: [
    "污水厂不是地点，上游样品才是；不足 300 人的节点须有案件并经审批。",
    "A plant is not a place, a sample further up is; below 300 persons a case with approval is needed.",
  ],
  none: [
    "没有需要查看的采样点。导入“污水监测”“管网”表后，异常会列在这里。",
    "No site needs a look. Load the tables of waste water and sewers; what stands out is listed here then.",
  ],
  period: ["首个异常样品", "First sample"],
  all: ["也列无预警的", "Also without alarm"],
  site: ["采样点", "Site"],
  target: ["目标物", "Target"],
  since: ["起始样品", "Since"],
  load: ["负荷（毫克/千人/日）", "Load (mg/1000/d)"],
  use: ["消费量（毫克/千人/日）", "Use (mg/1000/d)"],
  factor: ["系数", "Factor"],
  deviation: ["偏离", "Deviation"],
  origin: ["来源", "Origin"],
  next: ["下一采样节点", "Sample next"],
  chance: (tests: number, wrong: number): Both => [
    `一年约判断 ${Math.round(tests)} 个样品，其中约 ${Number(wrong.toPrecision(2))} 次预警纯属偶然。`,
    `About ${Math.round(tests)} samples are judged a year; ` +
      `about ${Number(wrong.toPrecision(2))} alarms of them are chance.`,
  ],
  arl: (n: number): Both => [
    `无变化时平均每 ${Math.round(n)} 个样品误报一次。`,
    `Where nothing happens, one sample in ${Math.round(n)} raises an alarm.`,
  ],
  chart: ["对数负荷图", "Load, logarithmic"],
  legend: [
    "点为样品，竖线为 P5–P95；空心为低于限值，其值在 0 与限值之间；虚线为平常水平；红色为预警。",
    "Dots are samples with P5–P95; hollow ones lie between 0 and the limit; " +
      "the dashed line is the usual; red is the alarm.",
  ],
  upstream: ["上游", "Up the sewer"],
  noUpstream: ["没有可追查的上游节点。", "No node further up to search."],
  node: ["节点", "Node"],
  prior: ["先验", "Prior"],
  firms: ["范围内的企业", "Firms in what is left"],
  firmsNote: ["仅表示排水到此范围，不表示有问题。", "They drain here; that says nothing against them."],
  persons: ["人口", "Population"],
  advice: ["建议", "Advice"],
  samples: ["样品", "Samples"],
  day: ["日期", "Day"],
  below: ["低于限值", "Below the limit"],
  weeks: ["整周均值", "Weekly means"],
  year: ["年份", "Year"],
  weekday: ["工作日", "Weekday"],
  weekend: ["周末", "Weekend"],
  daily: ["日均", "Daily"],
  change: ["变化", "Change"],
  more: (n: number): Both => [`另有 ${n} 项未列。`, `${n} more not listed.`],
});

export const ORIGINS: Readonly<Record<WaterItem["origin"], Both>> = {
  use: ["使用", "use"],
  disposal: ["疑似倾倒", "disposal hinted"],
  manufacture: ["疑似制造", "manufacture hinted"],
  undecided: ["无法判断", "cannot be told"],
};

export const MARKERS: Readonly<Record<string, Both>> = {
  pipe: ["服务人口", "by pipe"],
  cotinine: ["按可替宁", "by cotinine"],
  ammonium: ["按氨氮", "by ammonium"],
};
