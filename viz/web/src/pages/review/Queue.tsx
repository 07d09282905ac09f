/** What waits for review: questions of identity, what was judged last, chains and leads. */
import { useAsk } from "~/core/ask";
import { chainNo, knownAs, shortCase } from "~/core/format";
import { say } from "~/core/i18n";
import { takeBack } from "~/core/judging";
import { to } from "~/core/router";
import type { ProposalShown } from "~/generated/api";
import { verdictWord } from "~/parts/Decide";
import { Strength } from "~/parts/marks";
import { w } from "./words";

const short = (person: ProposalShown["one"]): string => knownAs(person);

export function Item({ proposal, on }: { proposal: ProposalShown; on: boolean }) {
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
export function Recent() {
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
export function Chains() {
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
export function Leads() {
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
