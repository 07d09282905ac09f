/** Words of the risk net. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["规模性制毒风险企业", "Firms at risk of large-scale manufacture"],
  note: [
    "企业异常与人员事实兼有才列出；只是须核查的线索，不作认定依据。",
    "Listed only with an anomaly of the firm and a tie to a listed person. A lead to check, not a finding.",
  ],
  none: [
    "没有两方面兼有的企业。导入企业、企业用量、重点人员、企业关系和住宿表后在此列出。",
    "No firm has both. Load the tables of firms, usage, persons of concern, ties and stays; " +
      "they are listed here then.",
  ],
  period: ["异常期间", "Anomaly"],
  all: ["含只有一方面的", "Also one-sided"],
  plan: ["加随机抽查", "Add a random share"],
  groups: ["规则组", "Groups"],
  weight: ["权重", "Weight"],
  firm: ["企业事实", "Firm facts"],
  person: ["人员事实", "Person facts"],
  against: ["反面", "Against"],
  checked: (answered: number, confirmed: number, nothing: number): Both => [
    `已核查线索 ${answered} 条：查实 ${confirmed}，未发现问题 ${nothing}`,
    `${answered} leads checked: ${confirmed} confirmed, nothing found in ${nothing}`,
  ],
  about: (firms: number, persons: number): Both => [
    `涉及企业 ${firms} 家、人员 ${persons} 名`,
    `about ${firms} firms and ${persons} persons`,
  ],
  random: ["随机抽查", "random"],
  aboutLead: ["核查企业", "Check the firm"],
});

export const GROUPS: Readonly<Record<string, Both>> = {
  use: ["用量", "use"],
  site: ["场所", "site"],
  trade: ["购销", "trade"],
  discharge: ["排污", "discharge"],
  presence: ["到场", "presence"],
  vehicle: ["车辆", "vehicle"],
  work: ["任职", "work"],
  lease: ["租赁", "lease"],
  trade_link: ["购销关系", "trade link"],
  founding: ["共同设立", "founding"],
};
