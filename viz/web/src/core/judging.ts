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

/** One act after the other, however fast the keys come: the next is about what the one before has left. */
let acting: Promise<unknown> = Promise.resolve();

function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const turn = acting.then(act, act);
  acting = turn;
  return turn;
}

export const judge = (body: Judged): Promise<ReviewShown> =>
  inTurn(async () => {
    const { review } = await api.post("/reviews", { body });
    made.value = [...made.peek(), review];
    lastAct.value = { entry: review, back: false };
    tellChanged();
    return review;
  });

async function undo(id: string, reason: string): Promise<void> {
  const { review } = await api.post("/reviews/{review_id}/undo", {
    path: { review_id: id },
    body: { reason },
  });
  made.value = made.peek().filter((each) => each.id !== id);
  lastAct.value = { entry: review, back: true };
  tellChanged();
}

export const takeBack = (id: string, reason: string): Promise<void> => inTurn(() => undo(id, reason));

/** Take the newest judgement of this window back; false where there is none. */
export const takeLastBack = (reason: string): Promise<boolean> =>
  inTurn(async () => {
    const last = made.peek().at(-1);
    if (last) await undo(last.id, reason);
    return !!last;
  });
