/** Words of the gang page, and why a member has his role. */
import { count, yuan } from "~/core/format";
import { say, words, type Both } from "~/core/i18n";

export const w = words({
  candidate: ["团伙候选", "Gang candidate"],
  gang: ["团伙", "Gang"],
  note: (n: number, cohesion: string, stability: string): Both => [
    `${n} 人 · 内聚 ${cohesion} · 稳定 ${stability}`,
    `${n} persons · cohesion ${cohesion} · stability ${stability}`,
  ],
  canvas: ["在画布打开", "Open on canvas"],
  drawing: ["图", "Drawing"],
  report: ["报告", "Report"],
  members: ["成员", "Members"],
  choose: ["选中一行可判断该成员", "choose a row to judge that member"],
  payers: ["未分类付款人", "Payers, not classified"],
  payersHint: [
    "像买家一样付款，但没有任何涉毒材料：不是成员，不进图、报告和导出。",
    "They pay like buyers, but no fact about drugs is known of them: no members, and in no drawing, report or export.",
  ],
  paysMost: ["主要付给", "Pays mostly"],
  structure: ["结构", "Structure"],
  hint: ["按角色分层；点线为候选", "By role; dashed lines are candidates"],
  drawn: (id: string): Both => [`${id} 的结构图`, `Drawing of ${id}`],
  notDrawn: ["结构图没有取到，可下载或重试。", "The drawing did not arrive; download it or try again."],
  name: ["姓名", "Name"],
  role: ["角色", "Role"],
  why: ["角色理由", "Why"],
  strength: ["强度", "Strength"],
  state: ["状态", "Status"],
  rows: ["来源", "Source"],
  rowsOf: (n: number): Both => [`${n} 行`, `${n} rows`],
  measures: ["各项中心性", "Centralities"],
  measuresHint: [
    "联系少、居间高：多为居中联络的人。各项并列，不合成一个分数。",
    "Few ties and high betweenness: often a go-between. The measures stand side by side and are not made one score.",
  ],
  degree: ["联系数", "Degree"],
  ties: ["联系量", "Tie weight"],
  between: ["居间", "Betweenness"],
  close: ["接近", "Closeness"],
  eigen: ["特征向量", "Eigenvector"],
  reach: ["下达人数", "Reach down"],
  place: ["位置", "Place"],
  removal: ["移除谁会怎样", "What removal would do"],
  advice: ["这是结构上的推算，不是处置建议。", "This is structure, not advice."],
  cut: ["断开的人对", "Pairs cut"],
  lost: ["失去的供货", "Supply lost"],
  parts: ["剩余部分", "Parts left"],
  largest: ["最大部分", "Largest part"],
  months: ["逐月变化", "Month by month"],
  monthsHint: [
    "当月在团伙内部有往来的成员数；新出现、不再出现者与上月相比。",
    "Members who dealt inside the gang that month; who came and who was gone against the month before.",
  ],
  monthOf: (month: string, n: number, events: number): Both => [
    `${month}：${n} 人，${events} 条往来`,
    `${month}: ${n} members, ${events} events`,
  ],
  month: ["月份", "Month"],
  active: ["活动成员", "Active"],
  monthEvents: ["往来", "Events"],
  pairs: ["往来对", "Pairs"],
  monthPaid: ["内部付款", "Paid inside"],
  came: ["新出现", "Came"],
  gone: ["不再出现", "Gone"],
  seizures: ["缴获", "Seizures"],
  noSeizures: ["没有从成员处缴获的登记。", "No seizure from a member is on record."],
  seizedAt: ["日期", "Day"],
  caseNo: ["案件", "Case"],
  takenFrom: ["查获自", "Taken from"],
  substance: ["毒品", "Substance"],
  netGrams: ["净重（克）", "Net g"],
  packets: ["包数", "Packets"],
  keyPlayers: ["关键成员组合", "Key-player sets"],
  fragment: (share: string): Both => [
    `一并移除后，其余成员的碎片化程度 ${share}：`,
    `Removed together they leave the rest fragmented to ${share}:`,
  ],
  reachAll: (share: string): Both => [
    `合计触及全体成员 ${share}（按距离加权）：`,
    `Together they reach ${share} of all members (weighted by distance):`,
  ],
  supplies: ["内部供货", "Supplies inside"],
  noSupplies: ["没有推断出内部供货。", "No supplies inside were inferred."],
  supplier: ["上家", "Supplier"],
  buyer: ["下家", "Buyer"],
  period: ["时段", "Period"],
  signals: ["信号", "Signals"],
  stable: ["是否稳定", "How stable"],
  stableText: (share: string): Both => [
    `随机删去部分联系后重算，平均有 ${share} 仍是这些人。`,
    `When the run is repeated with some ties dropped, on average ${share} of the group stays the same.`,
  ],
  noMembers: ["没有成员。", "No members."],
  shown: (n: number): Both => [`成员 ${n} 人，全部显示`, `${n} members, all shown`],
});

const QUADRANTS: Readonly<Record<string, Both>> = {
  central: ["核心：联系多、居间高", "central: many ties, high betweenness"],
  visible: ["显眼：联系多、居间低", "visible: many ties, low betweenness"],
  broker: ["居中：联系少、居间高", "broker: few ties, high betweenness"],
  fringe: ["外围：联系少、居间低", "fringe: few ties, low betweenness"],
};
export const quadrant = (code: string): string => say(QUADRANTS[code] ?? [code, code]);

const RECORDED: Readonly<Record<string, Both>> = {
  carrying: ["运输", "carrying"],
  laundering: ["洗钱", "laundering"],
  making: ["制造", "making"],
  dealing: ["贩卖", "dealing"],
};
const REASONS: Readonly<Record<string, (detail: string, name: (id: string) => string) => Both>> = {
  collects_for: (id, name) => [`代${name(id)}收款`, `collects for ${name(id)}`],
  top: (n) => [`货品可达 ${n} 人，其上无人供货`, `supplies reach ${n} persons, nobody above him`],
  buys_from: (id, name) => [`向${name(id)}购买`, `buys from ${name(id)}`],
  pays_in_lots: (id, name) => [
    `向涉毒在案的${name(id)}大额整数付款`,
    `pays ${name(id)}, a recorded dealer, in lots`,
  ],
  on_days: (n) => [`共 ${n} 天`, `on ${n} days`],
  may_be_one_hand: (id, name) => [
    `账户收款时与${name(id)}的号码同步；账户与号码可能是同一人，也可能是代收：查明号码使用人可定`,
    `the account is paid when the number of ${name(id)} is rung; one man may hold both, or collect for the other: who uses the number settles it`,
  ],
  tied_to: (id, name) => [
    `与${name(id)}联系最强，角色未定`,
    `strongest tie to ${name(id)}; his role is not clear`,
  ],
  same_hand: (id, name) => [`与${name(id)}疑为同一人使用`, `probably one hand with ${name(id)}`],
  registered_user: () => ["登记吸毒人员", "registered user"],
  score: (value) => [`强度 ${value}`, `strength ${value}`],
  supplies_sellers: (n) => [`下家 ${n} 名卖家`, `supplies ${n} sellers`],
  income_fen: (fen) => [`收款 ${yuan(Number(fen))}`, `received ${yuan(Number(fen))}`],
  buyers: (n) => [`预计下家 ${count(Number(n))} 人`, `about ${count(Number(n))} buyers`],
  calls_around_sales: (n) => [`在 ${n} 次交易前后主叫卖方`, `rings the seller around ${n} sales`],
  called_around_sales: (n) => [`交易前后通话 ${n} 次`, `${n} calls around sales`],
  recorded: (role) => {
    const named = RECORDED[role] ?? [role, role];
    return [`在案：${named[0]}`, `on record: ${named[1]}`];
  },
};

/** The reasons of a member's role in words; a reason without words stands as it came. */
export function reasonsText(reasons: readonly unknown[], name: (id: string) => string): string {
  return reasons
    .map((each) => {
      const { code = "", detail = "" } = (each ?? {}) as { code?: string; detail?: string };
      const spoken = REASONS[code];
      return spoken ? say(spoken(String(detail), name)) : `${code} ${detail}`.trim();
    })
    .join(say(["，", ", "]));
}
