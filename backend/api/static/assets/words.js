// The words of the page in Chinese and English.

const WORDS = {
  app: ["溯链 Upline", "Upline"],
  cases: ["案件链条", "Chains"],
  gangs: ["团伙候选", "Gangs"],
  found: ["查询结果", "Results"],
  search: ["姓名、拼音、证件、号码、末四位、号牌、wxid、案号", "Name, pinyin, id, number, last four, plate, wxid, case"],
  purpose: ["用途", "Purpose"],
  purposeHint: ["写入审计记录", "goes to the audit log"],
  leave: ["退出", "Sign out"],
  lead: ["本页为数据研判结果，仅作侦查线索，不作为认定依据。", "Analysis result: a lead, not a finding."],
  signIn: ["登录", "Sign in"],
  signInHint: [
    "请使用 upline serve 打印的登录链接，或粘贴其中 token= 之后的口令。",
    "Use the link that upline serve prints, or paste what follows token= in it.",
  ],
  token: ["口令", "Token"],
  filterPacket: ["零包案件", "Packet cases"],
  filterAll: ["全部案件", "All cases"],
  noCases: ["尚无案件。导入案件表后运行研判。", "No cases yet. Load a case table, then analyse."],
  noRun: ["尚未研判。运行 upline analyse。", "Nothing analysed yet. Run upline analyse."],
  noChain: ["未找到符合条件的链条。", "No chain found."],
  noGangs: ["没有团伙候选。", "No gang candidates."],
  none: ["没有找到“{q}”。可尝试身份证号、手机号、账号或拼音。", "Nothing for “{q}”. Try id, phone, account or pinyin."],
  hits: ["{n} 条结果", "{n} results"],
  cut: ["结果较多，显示 {n} 条，共 {total} 条。", "Showing {n} of {total}."],
  choose: ["从左侧选择一起案件。", "Choose a case on the left."],
  chooseGang: ["从左侧选择一个团伙候选。", "Choose a gang on the left."],
  chainTitle: ["案件 {case} 的候选上溯链 {i}/{k}", "Candidate chain {i} of {k} from case {case}"],
  chainN: ["链 {n}", "Chain {n}"],
  chains: ["{n} 条链", "{n} chains"],
  reaches: ["可延伸至", "Reaches"],
  start: ["起点", "Start"],
  hop: ["第 {n} 段", "Hop {n}"],
  weakest: ["最弱", "weakest"],
  strength: ["强度取最弱段", "strength of the weakest hop"],
  score: ["评分", "score"],
  rows: ["查看原始记录（{n}）", "Open source rows ({n})"],
  noRows: ["该结论没有可展示的原始记录。", "No source row can be shown for this."],
  why: ["依据", "Why"],
  drawing: ["打开图", "Open drawing"],
  ask: ["补证建议", "Requests that would strengthen it"],
  askHolder: ["持有人", "Holder"],
  askId: ["调取对象", "Request"],
  askPeriod: ["期间", "Period"],
  askContent: ["内容", "Content"],
  askHop: ["加强", "Strengthens"],
  unknown: ["持有人未知", "Holder unknown"],
  members: ["{n} 人", "{n} members"],
  gangTitle: ["团伙候选 {id}（{n} 人）", "Gang candidate {id} ({n} persons)"],
  roleNote: ["角色由行为特征推断，不代表法律上的主从犯认定。", "Inferred from behaviour; says nothing on principal or accessory."],
  supplies: ["供货候选", "Supply candidates"],
  supplier: ["上家", "Supplier"],
  buyer: ["下家", "Buyer"],
  holds: ["持有", "Holds"],
  inCases: ["涉案", "Cases"],
  inGangs: ["团伙候选", "Gangs"],
  inChains: ["所在链条", "Chains"],
  fugitive: ["在逃", "Fugitive"],
  user: ["在册吸毒", "Registered user"],
  row: ["第 {n} 行", "row {n}"],
  gone: ["该记录不存在或无权查看。", "This row is not there, or not yours to see."],
  times: ["{n} 次", "{n} times"],
  payments: ["{n} 笔", "{n} payments"],
  loading: ["正在读取…", "Loading…"],
  run: ["研判批次 {run}", "Run {run}"],
  more: ["再显示 {n} 条", "Show {n} more"],
  evidenceTitle: ["原始记录", "Source rows"],
  panelHint: ["点选一段、一名成员或一条依据，此处显示原始记录。", "Choose a hop, a member or a reason: its source rows appear here."],
  basis: ["调取依据", "Legal basis"],
  rejected: ["拒收", "rejected"],
  excluded: ["排除", "excluded"],
  duplicate: ["重复", "duplicate"],
  candidate: ["候选", "candidate"],
  confirmed: ["已确认", "confirmed"],
  unsure: ["存疑", "open"],
};

const CODES = {
  tier: {
    packet: ["零包", "packet"],
    small: ["较小", "small"],
    major: ["大案", "major"],
    unknown: ["未定档", "no tier"],
  },
  role: {
    organiser: ["组织", "Organiser", "组", "O"],
    wholesaler: ["批发", "Wholesaler", "批", "W"],
    retailer: ["零售", "Retailer", "零", "R"],
    runner: ["送货", "Runner", "送", "D"],
    payee: ["收款", "Payee", "收", "P"],
    user: ["购买", "User", "购", "U"],
    unknown: ["不明", "Unknown", "·", "·"],
  },
  holds: {
    resident_id: ["身份证号本身", "The resident id itself"],
    registered: ["登记", "Registered to him"],
    used: ["本单位登记其使用", "Recorded as used by him"],
    registered_together: ["同一登记", "Registered together"],
    same_entry: ["同一行记录", "Same entry"],
    used_with: ["同机使用", "Used with his number"],
    only_holder: ["无他人持有记录", "Nobody else is recorded"],
  },
  kind: {
    supply: ["供货", "Supply"],
    payment: ["资金", "Payment"],
    payee: ["代收款", "Collects for"],
    statement: ["供述", "Statement"],
    same_batch: ["同批次", "Same batch"],
    identifier: ["同一标识", "Shared identifier"],
    gang: ["同团伙", "Same gang"],
  },
};

let tongue = 0;

export function speak(language) {
  tongue = language === "en" ? 1 : 0;
}

export const word = (key, values = {}) =>
  (WORDS[key] ? WORDS[key][tongue] : key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
export const code = (family, key) => (CODES[family][key] ? CODES[family][key][tongue] : key);
export const glyph = (role) => (CODES.role[role] || CODES.role.unknown)[2 + tongue];
export const bilingual = (zh, en) => (tongue ? en : zh);

/** A text that holds both languages, Chinese first, in one of them where they can be told apart. */
export function side(text) {
  const parts = text.match(/^([^A-Za-z]*[\u3400-\u9fff）])[ /]+([A-Za-z(][^\u3400-\u9fff]*)$/);
  return parts ? bilingual(parts[1], parts[2]) : text;
}

export function nameOf(person) {
  if (person.name) return person.name;
  const known = person.phones[0] || person.accounts[0] || person.id;
  return `${word("unknown")} ${known}`;
}

export const yuan = (fen) => `¥${(fen / 100).toLocaleString("zh-CN", { maximumFractionDigits: 2 })}`;
export const day = (time) => (time ? time.slice(0, 10) : "");
export const span = (from, to) => [day(from), day(to)].filter(Boolean).filter((x, i, a) => a.indexOf(x) === i).join(" – ");
