/** Review: questions of identity side by side, with reasons and consequences; four keys do the work. */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { knownAs } from "~/core/format";
import { say } from "~/core/i18n";
import { lastAct } from "~/core/judging";
import { go, to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import { useShown } from "~/core/status";
import type { ProposalShown } from "~/generated/api";
import { listed, ListTools, type Order } from "~/parts/ListTools";
import { Page } from "~/parts/Page";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { setCount } from "~/shell/counts";
import type { Params } from "../registry";
import { w } from "./words";
import { Chains, Item, Leads, Recent } from "./Queue";
import { Comparison } from "./Comparison";
import { Consequences } from "./Consequences";
import "./review.css";

export default function Review({ params }: { params: Params }) {
  const queue = useAsk("/reviews/proposals", { query: { limit: 200 } });
  const orders: readonly Order<ProposalShown>[] = [
    { id: "due", label: w.byUrgency },
    { id: "score", label: w.byStrength, compare: (a, b) => (b.score ?? 0) - (a.score ?? 0) },
    { id: "weak", label: w.byDoubt, compare: (a, b) => (a.score ?? 0) - (b.score ?? 0) },
  ];
  const open = listed("queue", queue.answer?.proposals ?? [], orders, (each) => JSON.stringify(each));
  const at = Math.max(
    0,
    open.findIndex((each) => each.id === params.id),
  );
  const chosen = open[at];
  useEffect(() => {
    if (queue.answer) setCount("/reviews", queue.answer.total);
  }, [queue.answer?.total]);
  useShown(queue.answer && open.length ? w.shown(at + 1, queue.answer.total) : "");
  const step = (by: number) => {
    const next = open[(at + by + open.length) % Math.max(1, open.length)];
    if (next) go(to`/reviews/${next.id}`, true);
  };
  useKeys({
    "4": { label: w.skip, run: () => step(1) },
    j: { label: w.next, run: () => step(1) },
    k: { label: w.previous, run: () => step(-1) },
  });
  const page = useAsk(
    "/reviews/proposals/{proposal_id}",
    chosen ? { path: { proposal_id: chosen.id } } : null,
  );
  const shown = page.answer && page.answer.id === chosen?.id ? page.answer : null;
  const done = () => {
    const next = open[at + 1] ?? open[at - 1];
    if (next) go(to`/reviews/${next.id}`, true);
  };
  // What was taken back waits again, and is shown again.
  const back = lastAct.value?.back ? lastAct.value.entry.subjects.join() : null;
  const again = back === null ? undefined : open.find((each) => each.subjects.join() === back)?.id;
  useEffect(() => {
    if (again) go(to`/reviews/${again}`, true);
  }, [again]);
  return (
    <Page
      title={w.title}
      note={queue.answer && w.waiting(queue.answer.total)}
      panel={shown && <Consequences page={shown} onDone={done} onSkip={() => step(1)} />}
    >
      <div class="fill review">
        <nav class="review-queue" aria-label={w.title} tabIndex={0}>
          {queue.error && <Failed error={queue.error} retry={queue.again} />}
          {!queue.answer && !queue.error && <Skeleton lines={8} />}
          {queue.answer && queue.answer.proposals.length > 0 && (
            <ListTools
              name="queue"
              title={w.title}
              orders={orders}
              rows={open}
              head={[w.title, "A", "B", w.because]}
              line={(each) => [
                each.id,
                knownAs(each.one),
                knownAs(each.other),
                each.because.map((one) => say([one.zh, one.en])).join("；"),
              ]}
            />
          )}
          {open.map((each) => (
            <Item key={each.id} proposal={each} on={each.id === chosen?.id} />
          ))}
          {open.length > 0 && <p class="t2 small">{w.order}</p>}
          <Recent />
          <Chains />
          <Leads />
        </nav>
        <section class="review-page">
          {page.error && <Failed error={page.error} retry={page.again} />}
          {queue.answer && !open.length && <Empty icon="checklist">{w.none}</Empty>}
          {chosen && !shown && !page.error && <Skeleton lines={10} />}
          {shown && <Comparison page={shown} />}
        </section>
      </div>
    </Page>
  );
}
