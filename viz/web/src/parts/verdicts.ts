/** What can be decided about what, in the order of the digit keys: 1 for, 2 against, 3 open, everywhere. */
import { say, type Both } from "~/core/i18n";
import { actTo, stateOf } from "~/core/legend";
import { may } from "~/core/session";

export interface Verdict {
  verdict: string;
  label: Both;
}

const EXCLUDE: Verdict = { verdict: "rejected", label: actTo("rejected") };
const UNSURE: Verdict = { verdict: "unsure", label: actTo("unsure") };
const BACK: Verdict = { verdict: "sent_back", label: actTo("sent_back") };

export const CHAIN: readonly Verdict[] = [
  { verdict: "confirmed", label: ["确认链条", "Confirm chain"] },
  EXCLUDE,
  UNSURE,
  BACK,
  { verdict: "under_review", label: actTo("under_review") },
];
export const HOP: readonly Verdict[] = [
  { verdict: "confirmed", label: ["确认此跳", "Confirm hop"] },
  EXCLUDE,
  UNSURE,
];
export const GANG: readonly Verdict[] = [
  { verdict: "confirmed", label: ["团伙成立", "Confirm gang"] },
  EXCLUDE,
  UNSURE,
  BACK,
];
export const MEMBER: readonly Verdict[] = [
  { verdict: "confirmed", label: ["确认成员", "Confirm member"] },
  { verdict: "rejected", label: ["不是成员", "Not a member"] },
  UNSURE,
];

/** Which kinds only a chief confirms or excludes. */
const FINAL: ReadonlySet<string> = new Set(["chain", "hop", "gang", "member", "series"]);

/** What this user may decide, each with its digit: decisions a role may not make are left out, and each
 *  key means the same for every role. */
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
  comment: ["意见", "comment"],
  done: ["已办", "done"],
  taken_back: ["撤销", "undone"],
  same: ["同一人", "same person"],
  same_two_ids: ["同一人，两证", "same person, two ids"],
  different: ["不是同一人", "different persons"],
  sent: ["下发", "sent"],
  accepted: ["已签收", "accepted"],
  answered: ["已反馈", "answered"],
  A: ["A 级", "class A"],
  B: ["B 级", "class B"],
  C: ["C 级", "class C"],
  packet: ["零包案", "packet case"],
  small: ["较大以下", "small case"],
  major: ["大案", "major case"],
};
export const verdictWord = (verdict: string): string =>
  say(stateOf(verdict) ?? WORDS[verdict] ?? [verdict, verdict]);
