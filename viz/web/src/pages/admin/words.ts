/** Words of administration. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["管理", "Administration"],
  rules: ["规则", "Rules"],
  dictionaries: ["字典", "Dictionaries"],
  retention: ["使用期限", "Retention"],
  users: ["用户", "Users"],
  version: (rules: string, dictionaries: string): Both => [
    `权重版本 ${rules}，字典版本 ${dictionaries}。以本单位已结案件校准权重：upline calibrate。`,
    `Weights version ${rules}, dictionaries version ${dictionaries}. Fit the weights to your own solved ` +
      "cases: upline calibrate.",
  ],
  weights: ["供货信号及权重", "Supply signals and their weights"],
  parameters: (version: string): Both => [
    `研判参数（版本 ${version}）`,
    `Parameters of the analysis (version ${version})`,
  ],
  parameter: ["参数", "Parameter"],
  number: ["数值", "Value"],
  unit: ["单位", "Unit"],
  tiers: ["数量档次规则", "Legal quantities"],
  signal: ["信号", "Signal"],
  retail: ["零售", "Retail"],
  restock: ["进货", "Restock"],
  reason: ["理由", "Reason"],
  source: ["来源", "Source"],
  choose: ["字典", "Dictionary"],
  counts: (shipped: number, own: number): Both => [
    `自带 ${shipped} 条，本单位 ${own} 条`,
    `${shipped} shipped, ${own} of your own`,
  ],
  own: ["本单位", "own"],
  shipped: ["自带", "shipped"],
  from: ["出处", "Origin"],
  add: ["添加一条", "Add a row"],
  addNote: [
    "自带内容不能改动。本单位添加的内容从下次导入或研判起生效。",
    "Shipped rows cannot be changed. Your own rows take effect from the next load or run.",
  ],
  save: ["保存", "Save"],
  remove: ["删除", "Remove"],
  search: ["在字典中查找", "Find in the dictionary"],
  file: ["文件", "File"],
  load: ["批次", "Load"],
  basis: ["依据", "Basis"],
  purpose: ["用途", "Purpose"],
  until: ["使用期限", "Use until"],
  left: ["剩余天数", "Days left"],
  over: (n: number): Both => [`逾期 ${n} 天`, `${n} days over`],
  none: ["未设定", "not set"],
  unload: ["去撤销", "Take out"],
  retentionNote: [
    "到期文件不会自动删除，以免案件失去证据。由责任人在导入页撤销。",
    "Expired files are not removed automatically, so that no case loses its evidence. The person " +
      "responsible takes them out on the Import page.",
  ],
  userNote: [
    "持有本机登录口令的人兼具全部职责，不在下表。其他人用一次性代码首次登录，并设定自己的密码。" +
      "审批领导和系统管理员须由两人办理：一人提出，另一名管理员确认。审批、审计、管理相互分离，管理员和审计员看不到案件数据。",
    "Whoever holds this installation's own token has every role and is not listed. Everybody " +
      "else signs in by a one-time code and then sets his own password. A chief or an administrator " +
      "takes two people: one proposes, another administrator confirms. Approval, audit and " +
      "administration are separate; " +
      "administrators and auditors see no case data.",
  ],
  users_empty: ["还没有其他用户。", "No other users yet."],
  addUser: ["添加用户", "Add a user"],
  user: ["用户名", "User name"],
  shown: ["姓名", "Name"],
  state: ["状态", "State"],
  made: ["添加", "Added"],
  inUse: ["在用", "in use"],
  ended: (day: string): Both => [`${day} 停用`, `ended ${day}`],
  renew: ["重发一次性代码", "New code"],
  confirm: ["确认", "Confirm"],
  refuse: ["退回", "Refuse"],
  proposed_add: (role: string, by: string): Both => [
    `${by} 提出添加为${role}`,
    `${by} proposes to add: ${role}`,
  ],
  proposed_role: (role: string, by: string): Both => [
    `${by} 提出改为${role}`,
    `${by} proposes the role: ${role}`,
  ],
  proposed_renew: (_role: string, by: string): Both => [
    `${by} 提出重发一次性代码`,
    `${by} proposes a new code`,
  ],
  notYet: ["尚未首次登录", "not signed in yet"],
  end: ["停用", "End"],
  endTitle: (name: string): Both => [`停用 ${name}？`, `End ${name}?`],
  endNote: [
    "立即退出登录，不能恢复；用户名不再给他人使用。",
    "He is signed out at once. This cannot be undone; the name is never reused.",
  ],
  renewTitle: (name: string): Both => [`为 ${name} 重发一次性代码？`, `A new one-time code for ${name}?`],
  renewNote: ["原密码、口令及其登录立即失效。", "The old password, token and sessions stop working at once."],
  goOn: ["确定", "Continue"],
  keep: ["取消", "Cancel"],
  codeOf: (name: string): Both => [`${name} 的一次性代码`, `One-time code of ${name}`],
  firstHalfOf: (name: string): Both => [
    `${name} 的一次性代码前半`,
    `First half of the one-time code of ${name}`,
  ],
  secondHalfOf: (name: string): Both => [
    `${name} 的一次性代码后半`,
    `Second half of the one-time code of ${name}`,
  ],
  codeNote: ["只显示这一次，请当面交给本人。", "Shown this once; hand it over in person."],
  waitsNote: [
    "须由另一名管理员确认，后半由确认人交给本人。",
    "Another administrator has to confirm it and hands over the second half.",
  ],
  hidden: ["已抄下，隐藏", "I have written it down"],
  role: ["角色", "Role"],
  empty: ["还没有文件。", "No files yet."],
});

export const NAMES: Readonly<Record<string, Both>> = {
  banks: ["银行", "Banks"],
  card_bins: ["卡号前缀", "Card prefixes"],
  case_classes: ["案件类别", "Case classes"],
  code_words: ["暗语", "Code words"],
  confusables: ["形近字", "Confusable characters"],
  couriers: ["快递公司", "Couriers"],
  direction_words: ["收付标志", "Direction words"],
  mobile_prefixes: ["号段", "Mobile prefixes"],
  plate_kinds: ["号牌种类", "Plate kinds"],
  platforms: ["平台商户", "Platforms"],
  precursors: ["易制毒化学品", "Precursors"],
  role_words: ["涉案身份用语", "Role words"],
  service_numbers: ["服务号码", "Service numbers"],
  substance_aliases: ["毒品别名", "Names of drugs"],
  substances: ["毒品", "Drugs"],
  surnames: ["姓氏", "Surnames"],
  tiers: ["数量档次", "Legal quantities"],
  provisional_tiers: ["暂定数量（示例，仅用于排序）", "Provisional quantities (example, for ranking only)"],
};
