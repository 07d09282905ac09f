/** Words of the start page. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["首页", "Start"],
  lead: [
    "按 Ctrl K 查找姓名、拼音、号码、账户、车牌、案号",
    "Press Ctrl K to find names, pinyin, numbers, accounts, plates and cases",
  ],
  work: ["我的线索", "My leads"],
  leads: (n: number): Both => [
    `${n} 起零包案有通往大案的候选链，待核查`,
    `${n} packet cases have a candidate chain to a major case; verify them`,
  ],
  watched: (n: number, late: number): Both => [
    `关注命中的新线索 ${n} 条${late ? `，逾期未反馈 ${late} 条` : ""}`,
    `${n} new leads from watches${late ? `, ${late} overdue` : ""}`,
  ],
  noLeads: ["没有待核查的候选链。", "No candidate chains to verify."],
  board: ["打开案件板", "Open the board"],
  news: ["有什么变化", "What changed"],
  firstVisit: ["昨日以来（首次到访）", "Since yesterday (first visit)"],
  sinceVisit: (at: string): Both => [`上次到访 ${at} 以来`, `Since my last visit, ${at}`],
  sinceDay: ["昨日以来", "Since yesterday"],
  sinceWeek: ["7 天以来", "In 7 days"],
  runs: (n: number): Both => [`期间研判 ${n} 次`, `${n} runs since`],
  tasks: (n: number): Both => [`待我办理 ${n} 项`, `${n} tasks for me`],
  stronger: (caseNo: string, before: string, now: string): Both => [
    `${caseNo} 的链变强：${before} → ${now}`,
    `Chain of ${caseNo} stronger: ${before} → ${now}`,
  ],
  opened: (caseNo: string): Both => [`新立案 ${caseNo}`, `Case ${caseNo} opened`],
  reached: (caseNo: string, others: string): Both => [
    `${caseNo} 新通到 ${others}`,
    `${caseNo} now leads to ${others}`,
  ],
  weaker: (caseNo: string, before: string, now: string): Both => [
    `${caseNo} 的链变弱：${before} → ${now}`,
    `Chain of ${caseNo} weaker: ${before} → ${now}`,
  ],
  unchanged: ["链条没有变化。", "No chain has changed."],
  noBefore: ["没有更早的研判可比。", "No earlier run to compare with."],
  lastOpened: ["最近打开", "Opened last"],
  nothingOpened: [
    "打开过的案件、链、团伙和画布会列在这里。",
    "Cases, chains, gangs and canvases you open are listed here.",
  ],
  case: (no: string): Both => [`案 ${no}`, `Case ${no}`],
  chain: (no: string, n: string): Both => [`案 ${no} 的第 ${n} 条链`, `Chain ${n} of case ${no}`],
  gang: (id: string): Both => [`团伙 ${id}`, `Gang ${id}`],
  canvas: (id: string): Both => [`画布 ${id}`, `Canvas ${id}`],
  run: (at: string): Both => [`研判完成 ${at}`, `Run finished ${at}`],
  loaded: (n: number, all: number, rows: number): Both => [
    `导入 ${n} 个文件（共 ${all} 个），${rows.toLocaleString("en-US")} 行`,
    `${n} files loaded (${all} in all), ${rows.toLocaleString("en-US")} rows`,
  ],
  rejected: (n: number): Both => [`${n} 行拒收，待更正`, `${n} rows rejected, to correct`],
  empty: ["还没有数据。拖入调证回函即可开始。", "No data yet. Drop the return files here to start."],
  recent: ["最近判断", "Recent decisions"],
  noReviews: ["尚无判断。", "No decisions yet."],
});
