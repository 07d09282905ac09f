/** What a judgement would change and what would settle the question, above the buttons. */
import { ObjectLink } from "~/parts/objects";
import { say } from "~/core/i18n";
import { actTo } from "~/core/legend";
import type { ProposalPage } from "~/generated/api";
import { Decide, type Verdict } from "~/parts/Decide";
import { Panel } from "~/parts/Page";
import { w } from "./words";

const SAME: readonly Verdict[] = [
  { verdict: "same", label: ["同一人", "Same"] },
  { verdict: "different", label: ["不是", "Different"] },
  { verdict: "unsure", label: actTo("unsure") },
];

const CONFLICT: readonly Verdict[] = [
  { verdict: "same_two_ids", label: ["同一人，两证", "Same, two ids"] },
  ...SAME.slice(1),
];

export function Consequences({
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
              {say([each.zh, each.en])} <ObjectLink reference={each.identifier} />
            </li>
          ))}
        </ul>
      </section>
    </Panel>
  );
}
