/** Words of the case page. */
import { words, type Both } from "~/core/i18n";

const TIERS: Readonly<Record<string, Both>> = {
  packet: ["零包案", "packet case"],
  small: ["小案", "small case"],
  major: ["大案", "major case"],
};

export const w = words({
  map: ["时空", "Map"],
  hand: ["手工录入", "Enter by hand"],
  facts: ["案情", "Facts"],
  people: ["涉案人员", "Persons"],
  seizures: ["缴获", "Seizures"],
  from: ["由本案上溯的链", "Chains from this case"],
  reached: ["到达本案的链", "Chains that reach this case"],
  no: ["案号", "Case number"],
  class: ["类别", "Class"],
  state: ["办理状态", "State"],
  opened: ["立案", "Opened"],
  closed: ["结案", "Closed"],
  deadline: ["期限", "Deadline"],
  unit: ["单位", "Unit"],
  officer: ["承办人", "Officer"],
  place: ["地点", "Place"],
  name: ["姓名", "Name"],
  role: ["登记身份", "Recorded role"],
  arrested: ["到案", "Arrested"],
  measure: ["措施", "Measure"],
  at: ["时间", "Time"],
  substance: ["毒品", "Substance"],
  net: ["净重 g", "Net g"],
  packets: ["包数", "Packets"],
  purity: ["含量 %", "Purity %"],
  exhibit: ["检材", "Exhibit"],
  rows: ["来源", "Source"],
  rowsOf: (n: number): Both => [`${n} 行`, `${n} rows`],
  hops: (n: number): Both => [`${n} 跳`, `${n} hops`],
  chain: (n: number): Both => [`第 ${n} 条链`, `Chain ${n}`],
  noPeople: ["没有登记涉案人员。", "No persons on record."],
  noSeizures: ["没有登记缴获。", "No seizures on record."],
  noChains: [
    "没有由本案上溯的链。补充调证后重新研判。",
    "No chain leads up from this case. Ask for more records, then run again.",
  ],
  noReached: ["没有到达本案的链。", "No chain reaches this case."],
  provisional: (tier: string): Both => {
    const [zh, en] = TIERS[tier] ?? [tier, tier];
    return [`排序按${zh}（示例）`, `ranked as ${en} (example)`];
  },
  tiers: (tier: string): Both => TIERS[tier] ?? ["层级未知", "tier unknown"],
});
