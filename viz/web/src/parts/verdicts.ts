/** What can be decided about what, in the order of the digit keys: 1 for, 2 against, 3 unsure, everywhere. */
import { say, type Both } from "~/core/i18n";
import { may } from "~/core/session";

export interface Verdict {
  verdict: string;
  label: Both;
}

const REFUSE: Verdict = { verdict: "rejected", label: ["不成立", "Exclude"] };
const UNSURE: Verdict = { verdict: "unsure", label: ["存疑", "Unsure"] };
const BACK: Verdict = { verdict: "sent_back", label: ["退回补证", "Send back"] };

export const CHAIN: readonly Verdict[] = [
  { verdict: "confirmed", label: ["确认链条", "Confirm chain"] },
  REFUSE,
  UNSURE,
  BACK,
  { verdict: "under_review", label: ["并案研判", "Join cases"] },
];
export const HOP: readonly Verdict[] = [
  { verdict: "confirmed", label: ["确认此跳", "Confirm hop"] },
  REFUSE,
  UNSURE,
];
export const GANG: readonly Verdict[] = [
  { verdict: "confirmed", label: ["团伙成立", "Confirm gang"] },
  REFUSE,
  UNSURE,
  BACK,
];
export const MEMBER: readonly Verdict[] = [
  { verdict: "confirmed", label: ["确认成员", "Confirm member"] },
  { verdict: "rejected", label: ["不是成员", "Not a member"] },
  UNSURE,
];

/** Which kinds only a chief confirms or refuses. */
const FINAL: ReadonlySet<string> = new Set(["chain", "hop", "gang", "member", "series"]);

/** What this user may decide, each with its digit: decisions a role may not make are left out, and each key means the same for every role. */
export const allowed = (
  kind: string,
  verdicts: readonly Verdict[],
): readonly (Verdict & { digit: number })[] =>
  verdicts
    .map((each, at) => ({ ...each, digit: at + 1 }))
    .filter(
      (each) =>
        may("decide") || !FINAL.has(kind) || (each.verdict !== "confirmed" && each.verdict !== "rejected"),
    );

const WORDS: Readonly<Record<string, Both>> = {
  confirmed: ["确认", "confirmed"],
  rejected: ["不成立", "excluded"],
  unsure: ["存疑", "unsure"],
  under_review: ["并案研判", "joined for review"],
  sent_back: ["退回补证", "sent back"],
  comment: ["备注", "comment"],
  taken_back: ["撤销", "undone"],
  same: ["同一人", "same person"],
  same_two_ids: ["同一人，两证", "same person, two ids"],
  different: ["不是同一人", "different persons"],
  sent: ["下发", "sent"],
  answered: ["已反馈", "answered"],
  packet: ["零包案", "packet case"],
  small: ["较大以下", "small case"],
  major: ["大案", "major case"],
};
export const verdictWord = (verdict: string): string => say(WORDS[verdict] ?? [verdict, verdict]);
