/** Unusual words of the workbench, each explained: by a hover where it stands, and on a page. */
import { type Both, say } from "./i18n";

interface Entry {
  word: Both;
  means: Both;
}

/** A term by its key; in the order of the page. */
const ENTRIES = {
  chain: {
    word: ["链", "Chain"],
    means: [
      "从一起零包案出发，一人一人向上家追溯的路径。系统算出的链都是候选，由人确认。",
      "The way from a packet case up to suppliers, person by person. A computed chain is a candidate.",
    ],
  },
  hop: {
    word: ["跳", "Hop"],
    means: ["链上相邻两人之间的一步。", "One step of a chain, between two persons beside each other."],
  },
  weakest: {
    word: ["最弱一跳", "Weakest hop"],
    means: [
      "一条链里强度最低的一步。整条链的强度就取它：链不会比最弱一跳更可靠。",
      "The hop of least strength. The chain takes its strength: none is surer than its weakest hop.",
    ],
  },
  strength: {
    word: ["强度", "Strength"],
    means: [
      "0 到 1：材料在多大程度上支持这一推断。不是有罪的概率。0.50 以下弱，0.70 起强，0.90 起很强。",
      "0 to 1: how far the material carries it; no probability of guilt. Weak < 0.50, strong from 0.70.",
    ],
  },
  logodds: {
    word: ["对数优势", "Log-odds"],
    means: [
      "各项依据的计分单位，可以相加：正数支持，负数反对；+1 约使胜算变为 2.7 倍。",
      "The unit reasons are counted in; it adds up. Plus is for, minus against; +1 makes the odds 2.7-fold.",
    ],
  },
  readiness: {
    word: ["能否决定", "Readiness"],
    means: [
      "有链、尚未判断，且最弱一跳已强或已无可补的材料，即可决定；否则列出尚缺的材料。",
      "Ready: undecided, and the weakest hop is strong or nothing more can be requested about it.",
    ],
  },
  likely: {
    word: ["补齐后约", "Likely then"],
    means: [
      "调取一项材料后强度大约会到多少：按本次研判中已有同类回函的上下家关系的中位数估计。回函也可能相反。",
      "Where one more return may put the chain, by the median of supplies of this run that have such a one.",
    ],
  },
  candidate: {
    word: ["候选", "Candidate"],
    means: [
      "系统推断、尚未有人确认。虚线表示候选，实线表示已确认。",
      "Inferred, and confirmed by nobody yet. Dashed is a candidate, solid is confirmed.",
    ],
  },
  gang: {
    word: ["团伙候选", "Gang (candidate)"],
    means: [
      "算出的一群往来密切、与毒品有关的人。是否团伙由人判断；系统不认定首要分子、恶势力。",
      "A computed group with close drug-relevant ties. People judge; software names no ringleader.",
    ],
  },
  cohesion: {
    word: ["内聚", "Cohesion"],
    means: [
      "0 到 1：成员之间的联系占他们全部联系的比重。越高，越像一个自成一体的群体。",
      "0 to 1: the share of the members' ties that stay among them. Higher means more closed.",
    ],
  },
  stability: {
    word: ["稳定", "Stability"],
    means: [
      "0 到 1：略作变动后重算多次，仍是这些人的比例。低则成员边界不可靠。",
      "0 to 1: how often the same people come out when it is computed again with small changes.",
    ],
  },
  fragmentation: {
    word: ["碎片化", "Fragmentation"],
    means: [
      "去掉几个人之后，其余成员两两之间再也连不上的比例。说的是结构，不是建议。",
      "The share of pairs of the others that no longer connect once some are gone. Structure, no advice.",
    ],
  },
  betweenness: {
    word: ["居间", "Betweenness"],
    means: [
      "其他人之间的最短联系有多少经过此人。居间高而联系少，多为居中联络的人。",
      "How many shortest ways between others pass this person. High with few ties: often a go-between.",
    ],
  },
  damped: {
    word: ["公共要素 · 已降权", "Common element, damped"],
    means: [
      "客服号、平台账户等与很多人都有往来的号码：不当作两人之间的联系。",
      "A service number or platform account that deals with very many: it counts as no tie between two.",
    ],
  },
  unknown: {
    word: ["持有人未知", "Holder unknown"],
    means: [
      "有号码或账户在用，但不知是谁。照样可以在链上。",
      "A number or account is in use and nobody knows by whom. It takes part in chains all the same.",
    ],
  },
  requests: {
    word: ["补证清单", "Requests to make"],
    means: [
      "还没有调取、调取后可能加强某一跳的话单、流水等。只是草稿，不会自动发出。",
      "Records nobody requested yet that may strengthen a hop. Drafts; nothing is sent.",
    ],
  },
  notasked: {
    word: ["未调取", "Not asked"],
    means: [
      "这段时间没有人调取过材料。不等于没有往来。",
      "Nobody requested records of this time. It does not mean that nothing happened.",
    ],
  },
  tier: {
    word: ["档次", "Tier"],
    means: [
      "按登记净重折算后对照刑法第三百四十七条的数量：零包、较大以下、大案。不计纯度，候选。",
      "By net weight on record against the quantities of article 347; not by purity, a candidate.",
    ],
  },
  equivalent: {
    word: ["折合海洛因", "Heroin equivalent"],
    means: [
      "把不同毒品按司法解释的比例换算为海洛因的克数，便于相加和比较。",
      "Grams of heroin that other drugs are converted to by the published ratios, to add and compare.",
    ],
  },
  run: {
    word: ["研判批次", "Run"],
    means: [
      "一次完整的计算，记有规则版本和时间。新材料导入后要再研判，结果才会更新。",
      "One whole computation with its rules and time. New material counts from the next run on.",
    ],
  },
  rejected: {
    word: ["拒收", "Rejected row"],
    means: [
      "读不懂或有矛盾的行，附原因，没有进入结果，可以更正后再导入。",
      "A row that could not be read or contradicts itself, with its reason; correct it and load again.",
    ],
  },
} as const satisfies Record<string, Entry>;

export type Term = keyof typeof ENTRIES;
export const TERMS = Object.keys(ENTRIES) as readonly Term[];

export const wordOf = (term: Term): string => say(ENTRIES[term].word);
/** What a term means, in a sentence or two. */
export const meaningOf = (term: Term): string => say(ENTRIES[term].means);
