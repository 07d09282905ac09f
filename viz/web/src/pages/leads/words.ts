/** Words of leads and watches. */
import { words, type Both } from "~/core/i18n";
import { chip } from "~/core/legend";

export const w = words({
  title: ["线索", "Leads"],
  note: ["线索须经核查，不作认定依据。", "A lead must be verified; it is not a finding."],
  leads: ["线索", "Leads"],
  watches: ["关注条件", "Watches"],
  status: ["状态", "Status"],
  lead: ["内容", "Lead"],
  at: ["时间", "Time"],
  from: ["来源", "From"],
  byHand: ["人工登记", "by hand"],
  unit: ["承办单位", "Unit"],
  due: ["反馈期限", "Due"],
  overdue: (n: number): Both => [`超期 ${n} 天未反馈`, `${n} days overdue`],
  gone: ["不再命中", "no longer found"],
  open: ["未办结", "Open"],
  all: ["全部状态", "Every status"],
  known: ["含设定时已有的", "Include earlier hits"],
  none: [
    "没有未办结的线索。在“关注条件”中保存一个问题，每次导入和研判后自动再查，命中会列在这里。",
    "No pending leads. Save a question under Watches: it is asked again after every load and run, and what " +
      "it finds is listed here.",
  ],
  shown: (n: number, all: number): Both => [`显示 ${n} / ${all}`, `${n} of ${all} shown`],
  about: ["涉及", "About"],
  rows: ["依据", "Evidence"],
  noRows: [
    "此线索由研判结果得出，依据见所涉对象的页面。",
    "This lead comes from an analysis result. The evidence is on the pages of the objects it names.",
  ],
  send: ["下发", "Send"],
  answered: ["已反馈", "Answered"],
  rules: ["规则成效", "Rules"],
  rule: ["规则", "Rule"],
  rulesNote: [
    "查实率 = 查实 ÷（查实 + 查否），部分查实计入查实；无法核实和重复另列。随机抽查用于衡量各规则。",
    "Precision = confirmed ÷ (confirmed + refuted); partly confirmed counts as confirmed. " +
      "Unclear and duplicate stand apart. Random inspections are what the rules are measured against.",
  ],
  noRules: ["还没有已下发或已反馈的线索。", "No lead has been sent or answered yet."],
  random: ["随机抽查", "random"],
  randomNote: ["不因任何异常抽取", "drawn for no anomaly"],
  sent: ["下发", "Sent"],
  confirmed: ["查实", "Confirmed"],
  refuted: ["查否", "Refuted"],
  unclear: ["无法核实", "Unclear"],
  precision: ["查实率（95% 区间）", "Precision (95 % interval)"],
  persons: ["处理人数", "Persons"],
  medianHours: ["反馈用时中位数（小时）", "Median hours"],
  late: ["超期", "Late"],
  sentFrom: ["下发日 起", "Sent from"],
  sentTo: ["止", "to"],
  course: ["办理经过", "Course"],
  accepted: ["签收", "Accepted"],
  acceptBy: ["签收期限", "Accept by"],
  lateOne: ["超期", "late"],
  extended: ["已延期", "extended"],
  personsDealt: (n: number): Both => [`处理 ${n} 人`, `${n} persons dealt with`],
  accept: ["签收", "Accept"],
  result: ["核查结果", "Result"],
  found: ["说明", "What was found"],
  answer: ["反馈", "Answer"],
  level: ["缓急", "Urgency"],
  ofRules: ["所依规则", "Rules"],
  sendNote: ["下发须写明承办单位。", "Name the unit to send it to."],
  watchNote: [
    "关注只在本系统已导入的数据中再查，不替代布控审批。",
    "A watch only searches what is loaded here. It does not replace an approval.",
  ],
  name: ["名称", "Name"],
  kind: ["种类", "Kind"],
  target: ["人员、号码或编号", "Person, number or id"],
  query: ["查询文字", "Search text"],
  other: ["另一端", "Other end"],
  noun: ["业务", "Work"],
  ofUnit: ["单位（可不填）", "Unit (optional)"],
  steps: ["先后动作", "Steps in order"],
  hours: ["首尾小时数", "Hours, first to last"],
  minScore: ["最低强度", "Score at least"],
  basis: ["批准依据", "Approved by"],
  set: ["设定", "Set"],
  end: ["停止", "End"],
  look: ["立即检查", "Check now"],
  looked: (n: number, gone: number): Both => [
    `新线索 ${n}，不再命中 ${gone}`,
    `${n} new leads, ${gone} gone`,
  ],
  wasSet: (n: number): Both => [
    `已设定。现有 ${n} 项不作新线索。`,
    `Set. ${n} existing hits are not counted as new leads.`,
  ],
  hits: ["命中", "Hits"],
  waiting: ["新线索", "New"],
  last: ["最近检查", "Last check"],
  by: ["设定人", "Set by"],
  state: ["状态", "State"],
  standing: ["有效", "active"],
  ended: ["已停止", "ended"],
  failed: ["检查未完成", "check failed"],
  pattern: ["资金模式", "Pattern of money"],
  noWatches: ["还没有关注条件。", "No watches yet."],
});

export const KINDS: Readonly<Record<string, Both>> = {
  appears: ["号码或账户再次出现", "An identifier appears"],
  sequence: ["先后动作（通话→付款→寄递）", "A sequence (call, payment, parcel)"],
  supplier: ["出现新上家", "A new supplier"],
  member: ["团伙出现新成员", "A new gang member"],
  chain: ["链条通向新案件", "A chain reaches a new case"],
  path: ["两端出现新连接", "A new path between two ends"],
  search: ["查询有新结果", "A search finds more"],
  pattern: ["出现资金模式", "A pattern of money appears"],
  district: ["全区业务有新提示", "The district has something new"],
};

export const NOUNS: Readonly<Record<string, Both>> = {
  clues: ["线索串并", "Online-sale clues"],
  risk: ["风险企业", "Firms at risk"],
  chemicals: ["易制毒化学品", "Precursors"],
  drivers: ["失驾预警", "Barred drivers"],
  water: ["污水预警", "Waste water"],
  figures: ["指标与月报不符", "Figures reported otherwise"],
  tasks: ["任务逾期", "Overdue tasks"],
};

export const STATUS: Readonly<Record<string, Both>> = {
  new: ["新线索", "new"],
  known: ["设定时已有", "existed before"],
  sent: ["已下发", "sent"],
  accepted: ["已签收", "accepted"],
  answered: ["已反馈", "answered"],
  confirmed: ["属实", "confirmed"],
  rejected: chip("rejected"),
  unsure: chip("unsure"),
  under_review: chip("under_review"),
  sent_back: chip("sent_back"),
};

export const STEPS: readonly { value: string; label: Both }[] = [
  { value: "call,payment,parcel", label: ["通话 → 付款 → 寄递", "call → payment → parcel"] },
  { value: "call,payment", label: ["通话 → 付款", "call → payment"] },
  { value: "payment,parcel", label: ["付款 → 寄递", "payment → parcel"] },
  { value: "message,payment", label: ["聊天 → 付款", "message → payment"] },
  { value: "payment,call", label: ["付款 → 通话", "payment → call"] },
];

export const LEVELS: Readonly<Record<string, Both>> = {
  urgent: ["紧急", "urgent"],
  normal: ["一般", "normal"],
  complex: ["复杂", "complex"],
};

export const RESULTS = {
  confirmed: ["查实", "confirmed"],
  partly: ["部分查实", "partly confirmed"],
  refuted: ["查否", "refuted"],
  unclear: ["无法核实", "could not be verified"],
  duplicate: ["重复", "duplicate"],
} as const satisfies Record<string, Both>;
