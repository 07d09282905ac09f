/** Judgements of this window: made, told to every page, and the last one taken back by Ctrl Z. */
import { signal } from "@preact/signals";
import type { ReviewShown } from "~/generated/api";
import { api, type Asked } from "./api";
import { tellChanged } from "./changed";

export type Judged = Exclude<Asked<"POST", "/reviews">["body"], FormData>;

/** Those that stand, the newest last. */
const made = signal<readonly ReviewShown[]>([]);
/** What the last act was; pages say it beside their buttons. */
export const lastAct = signal<{ entry: ReviewShown; back: boolean } | null>(null);

export async function judge(body: Judged): Promise<ReviewShown> {
  const { review } = await api.post("/reviews", { body });
  made.value = [...made.peek(), review];
  lastAct.value = { entry: review, back: false };
  tellChanged();
  return review;
}

export async function takeBack(id: string, reason: string): Promise<void> {
  const { review } = await api.post("/reviews/{review_id}/undo", { path: { review_id: id }, body: { reason } });
  made.value = made.peek().filter((each) => each.id !== id);
  lastAct.value = { entry: review, back: true };
  tellChanged();
}

/** Take the newest judgement of this window back; false where there is none. */
export async function takeLastBack(reason: string): Promise<boolean> {
  const last = made.peek().at(-1);
  if (!last) return false;
  await takeBack(last.id, reason);
  return true;
}
