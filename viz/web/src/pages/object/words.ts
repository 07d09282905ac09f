/** Words of the page of an account, number, vehicle or place. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  parts: ["分项", "Sections"],
  partners: ["往来对象", "Partners"],
  files: ["来源文件", "Files"],
  holders: ["持有人候选", "Who may hold it"],
  noHolders: [
    "没有人被认为持有它。可调取登记信息后重新研判。",
    "Nobody is taken for its holder. Request its registration, then run the analysis again.",
  ],
  holder: ["研判认定", "by the run"],
  other: ["另有记载", "also recorded"],
  verified: ["核实", "verified"],
  inferred: ["候选", "candidate"],
  about: ["登记内容", "On record"],
  seen: (n: number, first: string, last: string): Both => [
    `${n} 条往来，首次 ${first}，末次 ${last}`,
    `${n} events, first ${first}, last ${last}`,
  ],
  unseen: ["没有往来记录。未调取不等于没有往来。", "No events on record. Not requested does not mean none."],
  trace: ["资金追踪", "Follow the money"],
  canvas: ["在画布打开", "Open on canvas"],
  watch: ["关注", "Watch"],
  type: ["类别", "Kind"],
  partner: ["对方", "Other"],
  partnerHolder: ["对方持有人", "Held by"],
  events: ["次数", "Events"],
  outward: ["主动", "From here"],
  paid: ["付出", "Paid"],
  received: ["收到", "Received"],
  seconds: ["时长（秒）", "Seconds"],
  first: ["首次", "First"],
  last: ["末次", "Last"],
  source: ["来源", "Source"],
  rows: (n: number): Both => [`${n} 行`, `${n} rows`],
  file: ["文件", "File"],
  inRows: ["涉及行数", "Rows"],
  cut: [
    "内容较多：对方和文件只按最新的部分统计，持有人只列记载最多的。",
    "There is much: partners and files are counted from the newest, holders are those with most records.",
  ],
  records: (n: number): Both => [`${n} 条记载`, `${n} records`],
  noPartners: ["没有往来对象。", "No partners."],
});

const WAYS: Readonly<Record<string, Both>> = {
  registered: ["登记在其名下", "registered in his name"],
  used: ["本人使用", "used by him"],
  named: ["以其姓名出现", "under his name"],
  nickname: ["以其昵称出现", "under his nickname"],
};
export const wayOf = words(WAYS);
