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
  choose: ["选中一行可判断该成员", "select a row to judge the member"],
  payers: ["未分类付款人", "Payers, not classified"],
  payersHint: [
    "付款方式与买家相同，但没有涉毒材料：不是成员，不列入图、报告和导出。",
    "They pay like buyers but have no drug fact: they are not members and appear in no drawing, " +
      "report or export.",
  ],
  paysMost: ["主要付给", "Pays mostly"],
  structure: ["结构", "Structure"],
  hint: ["按角色分层；点线为候选", "By role; dashed lines are candidates"],
  drawn: (id: string): Both => [`${id} 的结构图`, `Drawing of ${id}`],
  notDrawn: ["结构图没有取到，可下载或重试。", "The drawing could not be loaded. Download it or try again."],
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
    "Few ties and high betweenness: often a go-between. The measures stand side by side and are not " +
      "made one score.",
  ],
  degree: ["联系数", "Degree"],
  ties: ["联系量", "Tie weight"],
  between: ["居间", "Betweenness"],
  close: ["接近", "Closeness"],
  eigen: ["特征向量", "Eigenvector"],
  reach: ["下游人数", "Downstream reach"],
  place: ["位置", "Place"],
  removal: ["抓获影响", "Effect of removal"],
  advice: ["仅为结构推算，不是处置建议。", "A structural estimate, not advice."],
  cut: ["断开的人对", "Pairs cut"],
  lost: ["失去的供货", "Supply lost"],
  parts: ["剩余部分", "Parts left"],
  largest: ["最大部分", "Largest part"],
  months: ["逐月变化", "Month by month"],
  monthsHint: [
    "当月在团伙内部有往来的成员数。新出现和不再出现的人与上月相比。",
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
    `一并抓获后，其余成员的碎片化程度 ${share}：`,
    `Without them, the rest is fragmented to ${share}:`,
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
    `If some ties are dropped at random and the run is repeated, on average ${share} of the ` +
      `group stays the same.`,
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
  top: (n) => [
    `供货链下游 ${n} 人，未见其上家`,
    `${n} persons below him in the supply chain, no supplier above`,
  ],
  buys_from: (id, name) => [`向${name(id)}购买`, `buys from ${name(id)}`],
  pays_in_lots: (id, name) => [
    `多次以批量金额付款给有涉毒记录的${name(id)}`,
    `pays ${name(id)}, a recorded dealer, amounts for whole lots`,
  ],
  on_days: (n) => [`共 ${n} 天`, `on ${n} days`],
  may_be_one_hand: (id, name) => [
    `账户收款与${name(id)}的号码通话同步：可能为同一人，也可能代其收款`,
    `payments to the account coincide with calls to the number of ${name(id)}: one person may ` +
      `hold both, or one collects for the other`,
  ],
  tied_to: (id, name) => [`与${name(id)}联系最强，角色未定`, `strongest tie is to ${name(id)}; role unclear`],
  same_hand: (id, name) => [`疑与${name(id)}为同一人`, `probably the same person as ${name(id)}`],
  registered_user: () => ["登记吸毒人员", "registered user"],
  score: (value) => [`强度 ${value}`, `strength ${value}`],
  supplies_sellers: (n) => [`向 ${n} 名卖家供货`, `supplies ${n} sellers`],
  income_fen: (fen) => [`收款 ${yuan(Number(fen))}`, `received ${yuan(Number(fen))}`],
  buyers: (n) => [`约有 ${count(Number(n))} 名买家`, `about ${count(Number(n))} buyers`],
  calls_around_sales: (n) => [`在 ${n} 次交易前后主叫卖方`, `calls the seller around ${n} sales`],
  called_around_sales: (n) => [`交易前后通话 ${n} 次`, `${n} calls around sales`],
  recorded: (role) => {
    const named = RECORDED[role] ?? [role, role];
    return [`在案：${named[0]}`, `on record: ${named[1]}`];
  },
};

/** The reasons of a member's role in words; a reason without words stands as it came. What would settle it
 *  is said apart. */
export function reasonsText(reasons: readonly unknown[], name: (id: string) => string): string {
  return reasons
    .filter((each) => (each as { code?: string } | null)?.code !== "unsettled")
    .map((each) => {
      const { code = "", detail = "" } = (each ?? {}) as { code?: string; detail?: string };
      const spoken = REASONS[code];
      return spoken ? say(spoken(String(detail), name)) : `${code} ${detail}`.trim();
    })
    .join(say(["，", ", "]));
}
