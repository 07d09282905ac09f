/** Words of the audit reader. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["审计", "Audit"],
  note: [
    "只读。查看本页也会留痕。对象编号只显示首尾。",
    "Read only. Viewing this page is recorded too. Only the ends of ids are shown.",
  ],
  whole: (n: number, head: string): Both => [
    `完整：${n} 条记录，链头 ${head}`,
    `Complete: ${n} records, head ${head}`,
  ],
  broken: (n: number, why: string): Both => [
    `从第 ${n} 条起不完整：${why}`,
    `Incomplete from record ${n}: ${why}`,
  ],
  verify: ["再次验证", "Verify again"],
  anchor: [
    "链头请另行保存，用于日后证明日志未被截断。",
    "Keep the head elsewhere. It can prove later that nothing was cut off.",
  ],
  user: ["人员", "User"],
  action: ["动作", "Action"],
  every: ["全部", "all"],
  text: ["用途或对象", "Purpose or object"],
  refused: ["只看被拒绝或结果未知的", "Refused or unknown only"],
  noPurpose: ["只看未写用途的", "Without purpose"],
  from: ["自", "From"],
  until: ["至", "Until"],
  no: ["记录号", "No."],
  time: ["时间", "Time"],
  role: ["角色", "Role"],
  purpose: ["用途", "Purpose"],
  outcome: ["结果", "Outcome"],
  done: ["完成", "done"],
  begun: ["已开始", "begun"],
  unknown: ["已开始，结果未知", "begun, outcome unknown"],
  objects: ["对象", "Objects"],
  count: ["结果数", "Count"],
  query: ["查询摘要", "Query hash"],
  result: ["结果摘要", "Result hash"],
  shown: (n: number, all: number): Both => [`显示 ${n} / ${all}`, `${n} of ${all} shown`],
  none: ["没有符合条件的记录。", "No records match."],
});
