/** Words of the review page. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["复核", "Review"],
  waiting: (n: number): Both => [`${n} 项`, `${n} waiting`],
  order: ["按“影响 × 强度 × 期限”排序", "Ordered by impact × strength × deadline"],
  same: ["这两个人是同一人吗？", "Are these two the same person?"],
  conflict: ["同一条记录有两个证件号，是否为同一人？", "One record has two resident ids: one person or two?"],
  none: [
    "没有待复核的项目。下次研判后，新的项目会列在这里。",
    "Nothing waits for review. New proposals appear after the next run.",
  ],
  chains: (n: number): Both => [`候选链条 ${n}`, `Candidate chains ${n}`],
  field: ["项目", "Field"],
  why: ["依据（对数优势）", "Signals (log-odds)"],
  forAgainst: (a: number, b: number): Both => [`支持 ${a} · 反对 ${b}`, `${a} for · ${b} against`],
  noSignals: ["由规则提出，没有加权信号。", "Proposed by a rule; there are no weighted signals."],
  because: ["提出理由", "Why it was proposed"],
  consequences: ["若判为同一人", "If judged the same"],
  settle: ["可查明的材料", "Records that would settle it"],
  nothingSettles: ["相关登记均已调取。", "All relevant registrations have been requested."],
  byUrgency: ["按影响与期限", "Most urgent first"],
  byStrength: ["强度从高到低", "Strongest first"],
  byDoubt: ["强度从低到高", "Weakest first"],
  leads: (n: number): Both => [`待办线索 ${n}`, `${n} leads waiting`],
  skip: ["跳过", "Skip"],
  recent: ["最近判断", "Latest judgements"],
  undo: ["撤销", "Undo"],
  undone: ["撤销原判断", "Undone by its author"],
  next: ["下一项", "Next"],
  previous: ["上一项", "Previous"],
  shown: (n: number, all: number): Both => [`第 ${n} / ${all} 项`, `${n} of ${all}`],
});
