/** Words of the start page. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["首页", "Start"],
  lead: ["按 Ctrl K 查找姓名、拼音、号码、账户、车牌、案号", "Ctrl K finds names, pinyin, numbers, accounts, plates, cases"],
  work: ["我的线索", "My leads"],
  leads: (n: number): Both => [`${n} 起零包案有通往大案的候选链，待核查`, `${n} packet cases have a candidate chain to a major case, to verify`],
  watched: (n: number, late: number): Both => [`关注命中的新线索 ${n} 条${late ? `，逾期未反馈 ${late} 条` : ""}`, `${n} new leads from watches${late ? `, ${late} overdue` : ""}`],
  noLeads: ["没有待核查的候选链。", "No candidate chains to verify."],
  board: ["打开案件板", "Open the board"],
  news: ["最近装入与运算", "New data and runs"],
  run: (at: string): Both => [`运算完成 ${at}`, `Run finished ${at}`],
  loaded: (n: number, all: number, rows: number): Both => [`本次装入 ${n} 个文件（共 ${all} 个），${rows.toLocaleString("en-US")} 行`, `${n} files in the last load (${all} in all), ${rows.toLocaleString("en-US")} rows`],
  rejected: (n: number): Both => [`${n} 行拒收，待更正`, `${n} rows rejected, to correct`],
  empty: ["还没有数据。拖入调证回函即可开始。", "No data yet. Drop a return package to start."],
  recent: ["最近判断", "Recent decisions"],
  noReviews: ["尚无判断。", "No decisions yet."],
});
