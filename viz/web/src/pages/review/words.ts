/** Words of the review page. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["复核", "Review"],
  waiting: (n: number): Both => [`${n} 项`, `${n} waiting`],
  order: ["按“影响 × 强度 × 期限”排序", "Ordered by impact × strength × deadline"],
  same: ["这两个人是同一人吗？", "Are these two one person?"],
  conflict: ["一条记录里有两个证件号：怎么看？", "One entry has two resident ids: what is right?"],
  none: [
    "没有待复核的项目。下一次运算后，新的疑问会列在这里。",
    "Nothing waits for review. New questions appear after the next run.",
  ],
  chains: (n: number): Both => [`候选链条 ${n}`, `Candidate chains ${n}`],
  field: ["项目", "Field"],
  why: ["依据（对数优势）", "Signals (log-odds)"],
  forAgainst: (a: number, b: number): Both => [`支持 ${a} · 反对 ${b}`, `${a} for · ${b} against`],
  noSignals: ["规则所见，没有加权依据。", "Found by rule; no weighed signals."],
  because: ["提出的理由", "Why it is asked"],
  consequences: ["若判为同一人", "If judged the same"],
  settle: ["能定下来的材料", "What would settle it"],
  nothingSettles: ["没有可再调取的登记。", "No registration is left to ask for."],
  byUrgency: ["按影响与期限", "Most urgent first"],
  byStrength: ["强度从高到低", "Strongest first"],
  byDoubt: ["强度从低到高", "Weakest first"],
  leads: (n: number): Both => [`待办线索 ${n}`, `${n} leads waiting`],
  skip: ["跳过", "Skip"],
  recent: ["最近判断", "Latest judgements"],
  undo: ["撤销", "Take back"],
  undone: ["撤销原判断", "Taken back by its author"],
  next: ["下一项", "Next"],
  previous: ["上一项", "Previous"],
  shown: (n: number, all: number): Both => [`第 ${n} / ${all} 项`, `${n} of ${all}`],
});
