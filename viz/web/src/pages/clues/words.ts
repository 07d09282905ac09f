/** Words of the online-sale clues. */
import { words, type Both } from "~/core/i18n";
import type { OfferItem } from "~/generated/api";

export const w = words({
  aboutLead: ["核查线索", "Check the clues"],
  title: ["线索串并", "Online-sale clues"],
  note: [
    "同一卖家的线索归为一组。串并可由人更正并撤销；物质以检验为准，列管以行为当日为准。",
    "Clues of one seller form a group. A person can correct a join and undo that; " +
      "tests decide about substances, the day of the act about control.",
  ],
  none: [
    "还没有线索。导入“线索”表后会列在这里。",
    "No clues yet. Load the table of clues; they are listed here then.",
  ],
  period: ["发布日", "Day of posting"],
  clues: ["线索数", "Clues"],
  accounts: ["账号", "Accounts"],
  persons: ["账号持有人", "Holders"],
  comma: ["、", ", "],
  unnamed: (n: number): Both => [`${n} 人姓名不明`, `${n} unnamed`],
  substances: ["物质", "Substances"],
  last: ["最近发布", "Last posted"],
  needs: ["立案尚缺", "Needs missing"],
  joins: ["串并依据", "Joins"],
  noJoins: ["只有这一条线索。", "This clue stands alone."],
  more: (n: number): Both => [`另有 ${n} 条`, `${n} more`],
  decide: ["判断", "Judge"],
  judge: (a: string, b: string): Both => [
    `判断 ${a} 与 ${b} 是否同一卖家`,
    `judge whether ${a} and ${b} are one seller's`,
  ],
  other: ["与另一条线索是否同一卖家", "One seller with another clue?"],
  otherNo: ["线索编号", "Clue id"],
  clue: ["线索", "Clue"],
  day: ["行为日", "Day of the act"],
  word: ["用语", "Word"],
  means: ["所指", "Means"],
  tested: ["检出", "Tested"],
  status: ["当日列管", "Status that day"],
  since: (day: string): Both => [`自 ${day}`, `since ${day}`],
  caseNeeds: ["立案条件", "Needs of a case"],
  chains: ["所在链条", "Chains"],
  gangs: ["所在团伙候选", "Gang candidates"],
});

export const KEYS: Readonly<Record<OfferItem["joined_by"][number]["key"], Both>> = {
  account: ["账号", "account"],
  phone: ["电话", "phone"],
  payee: ["收款账号", "payee"],
  waybill: ["运单号", "waybill"],
  text: ["文字", "text"],
  picture: ["图片", "picture"],
  file: ["文件", "file"],
  judged: ["人工认定", "judged"],
};
export const STATUS: Readonly<Record<OfferItem["substances"][number]["status"], Both>> = {
  controlled: ["已列管", "controlled"],
  not_controlled: ["未列管", "not controlled"],
  unknown: ["未定", "unknown"],
};
export const NEEDS: Readonly<Record<OfferItem["case_needs"][number]["need"], Both>> = {
  account_holder: ["账号实名", "real name behind the account"],
  deal: ["约定的数量和价格", "quantity and price"],
  delivery: ["交付", "delivery"],
  payment: ["付款", "payment"],
  substance_tested: ["检验鉴定，且当日已列管", "substance tested, and controlled that day"],
  evidence_preserved: ["电子证据固定及校验值", "evidence preserved, with an integrity value"],
  jurisdiction: ["管辖依据", "jurisdiction"],
};
export const STATES: Readonly<Record<OfferItem["case_needs"][number]["state"], Both>> = {
  yes: ["具备", "yes"],
  asked: ["已调取", "requested"],
  no: ["缺", "no"],
};
