/** Review: questions of identity side by side, with reasons and consequences; four keys do the work. */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { chainNo, knownAs, shortCase } from "~/core/format";
import { say } from "~/core/i18n";
import { lastAct, takeBack } from "~/core/judging";
import { go, to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import { useShown } from "~/core/status";
import type { ComparedRow, ProposalPage, ProposalShown, Value } from "~/generated/api";
import { Decide, verdictWord, type Verdict } from "~/parts/Decide";
import { Chip, PersonLink, RowRef, StatusChip, Strength } from "~/parts/marks";
import { listed, ListTools, type Order } from "~/parts/ListTools";
import { Page, Panel } from "~/parts/Page";
import { Weights } from "~/parts/plots";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { setCount } from "~/shell/counts";
import type { Params } from "../registry";
import { w } from "./words";
import "./review.css";

const SAME: readonly Verdict[] = [
  { verdict: "same", label: ["同一人", "Same"] },
  { verdict: "different", label: ["不是", "Different"] },
  { verdict: "unsure", label: ["存疑", "Unsure"] },
];
const CONFLICT: readonly Verdict[] = [
  { verdict: "same_two_ids", label: ["同一人，两证", "Same, two ids"] },
  ...SAME.slice(1),
];

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
    open.findIndex((each) => each.id === params["id"]),
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

const short = (person: ProposalShown["one"]): string => knownAs(person);

function Item({ proposal, on }: { proposal: ProposalShown; on: boolean }) {
  return (
    <a
      class={`item${on ? " on" : ""}`}
      href={to`/reviews/${proposal.id}`}
      aria-current={on ? "true" : undefined}
    >
      <span class="grow">
        <b class="cut">
          {short(proposal.one)} {proposal.question === "same" ? "＝" : "≠"} {short(proposal.other)}？
        </b>
        <span class="t2 small cut">
          {proposal.because[0] && say([proposal.because[0].zh, proposal.because[0].en])}
        </span>
      </span>
      <Strength value={proposal.score} />
    </a>
  );
}

/** The last judgements about identity; each can be taken back, and its question waits again. */
function Recent() {
  const asked = useAsk("/reviews", { query: { kind: "identity", limit: 6 } });
  const standing = (asked.answer?.reviews ?? []).filter((each) => each.standing && !each.undoes);
  if (!standing.length) return null;
  const undo = (id: string) => void takeBack(id, w.undone);
  return (
    <details open>
      <summary class="t2">{w.recent}</summary>
      {standing.map((each) => (
        <p key={each.id} class="row small review-done" title={each.reason}>
          <span class="grow cut">
            <b>{verdictWord(each.verdict)}</b> {each.reason}
          </span>
          <button type="button" class="link" onClick={() => undo(each.id)}>
            {w.undo}
          </button>
        </p>
      ))}
    </details>
  );
}

/** Chains nobody has judged: decided on their own page, with the evidence beside. */
function Chains() {
  const board = useAsk("/board", { query: { limit: 500 } });
  const rows = (board.answer?.rows ?? []).filter((row) => row.chain?.status === "candidate" && row.major);
  if (!rows.length) return null;
  return (
    <details open>
      <summary class="t2">{w.chains(rows.length)}</summary>
      {rows.map((row) => (
        <a key={row.case_no} class="item" href={to`/chains/${row.case_no}/${chainNo(row.chain)}`}>
          <span class="grow cut">
            {shortCase(row.case_no)} → {row.major && shortCase(row.major)}
          </span>
          {row.chain && <Strength value={row.chain.strength} />}
        </a>
      ))}
    </details>
  );
}

/** Leads nobody has taken up: sent or judged on their own page. */
function Leads() {
  const asked = useAsk("/leads", { query: { status: "new", limit: 50 } });
  const leads = asked.answer?.leads ?? [];
  if (!leads.length) return null;
  return (
    <details open>
      <summary class="t2">{w.leads(asked.answer?.total ?? leads.length)}</summary>
      {leads.map((each) => (
        <a key={each.id} class="item" href={to`/leads/${each.id}`}>
          <span class="grow cut">{say([each.title.zh, each.title.en])}</span>
        </a>
      ))}
    </details>
  );
}

const OUTCOMES: Readonly<Record<ComparedRow["outcome"], "ok" | "warn" | "bad" | "plain" | "info">> = {
  same: "ok",
  near: "warn",
  complement: "info",
  differ: "bad",
  missing: "plain",
  no_basis: "plain",
};

function Comparison({ page }: { page: ProposalPage }) {
  return (
    <>
      <div class="row between">
        <h2>{page.question === "same" ? w.same : w.conflict}</h2>
        <span class="row">
          <StatusChip status="candidate" />
          <Strength value={page.score} />
        </span>
      </div>
      <table class="review-table">
        <thead>
          <tr>
            <th scope="col">{w.field}</th>
            <th scope="col">
              <PersonLink person={page.one} known />
            </th>
            <th scope="col" />
            <th scope="col">
              <PersonLink person={page.other} known />
            </th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <tr key={row.field}>
              <th scope="row" class="t2">
                {say([row.zh, row.field.replaceAll("_", " ")])}
              </th>
              <td>
                <Values values={row.one} />
              </td>
              <td>
                <Chip kind={OUTCOMES[row.outcome]}>
                  {say([row.outcome_zh, row.outcome.replaceAll("_", " ")])}
                </Chip>
              </td>
              <td>
                <Values values={row.other} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Signals page={page} />
    </>
  );
}

function Values({ values }: { values: readonly Value[] }) {
  if (!values.length) return <span class="t3">—</span>;
  return (
    <ul class="plain">
      {values.slice(0, 6).map((each) => (
        <li key={each.value} class="row between">
          <span class="cut">{each.value}</span>
          <RowRef refs={each.evidence} />
        </li>
      ))}
      {values.length > 6 && <li class="t3 small">+{values.length - 6}</li>}
    </ul>
  );
}

function Signals({ page }: { page: ProposalPage }) {
  const all = [...page.for, ...page.against];
  const named = (name: string): string => {
    const found = all.find((each) => each.name === name);
    return found ? say([found.zh, found.en]) : name;
  };
  return (
    <section>
      <div class="row between">
        <h3>{w.why}</h3>
        <span class="t3 small">{w.forAgainst(page.for.length, page.against.length)}</span>
      </div>
      {all.length ? (
        <Weights signals={all.map((each) => ({ ...each, n: each.evidence.length }))} nameOf={named} />
      ) : (
        <p class="t2 small">{w.noSignals}</p>
      )}
      <h3>{w.because}</h3>
      <ul class="plain">
        {page.because.map((each) => (
          <li key={each.en}>{say([each.zh, each.en])}</li>
        ))}
      </ul>
    </section>
  );
}

function Consequences({
  page,
  onDone,
  onSkip,
}: {
  page: ProposalPage;
  onDone: () => void;
  onSkip: () => void;
}) {
  return (
    <Panel
      name="review"
      width={320}
      head={<b>{w.consequences}</b>}
      decide={
        <>
          <Decide
            key={page.id}
            kind="identity"
            subjects={page.subjects}
            about={page.subjects[0] ?? ""}
            verdicts={page.question === "conflict" ? CONFLICT : SAME}
            onDone={onDone}
          />
          <button type="button" class="button" onClick={onSkip}>
            {w.skip}
            <kbd>4</kbd>
          </button>
        </>
      }
    >
      <section>
        <dl class="review-changes">
          {page.consequences.map((each) => (
            <div key={each.what} class="row between">
              <dt>{say([each.zh, each.what])}</dt>
              <dd>
                {each.before.join(" / ")} → <b>{each.after}</b>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h3>{w.settle}</h3>
        {page.would_settle.length === 0 && <p class="t2 small">{w.nothingSettles}</p>}
        <ul class="plain small">
          {page.would_settle.map((each) => (
            <li key={each.identifier}>
              {say([each.zh, each.en])} <span class="mono">{each.identifier.replace(/^\w+:/, "")}</span>
            </li>
          ))}
        </ul>
      </section>
    </Panel>
  );
}
