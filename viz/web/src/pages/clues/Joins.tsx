/** Why the clues of a seller are joined, and the judgement of two of them: one seller's, or not. */
import { useState } from "preact/hooks";
import { say } from "~/core/i18n";
import { actTo } from "~/core/legend";
import { may } from "~/core/session";
import type { OfferItem } from "~/generated/api";
import { Decide, type Verdict } from "~/parts/Decide";
import { RowRef } from "~/parts/marks";
import { KEYS, w } from "./words";

const VERDICTS: readonly Verdict[] = [
  { verdict: "confirmed", label: ["同一卖家", "One seller"] },
  { verdict: "rejected", label: ["不是同一卖家", "Not one seller"] },
  { verdict: "unsure", label: actTo("unsure") },
];
const MOST = 20;

export function Joins({ item }: { item: OfferItem }) {
  const [open, setOpen] = useState<number | null>(null);
  const [other, setOther] = useState("");
  const first = item.clues[0] ?? item.id;
  return (
    <section aria-label={w.joins}>
      <h3>{w.joins}</h3>
      {item.joined_by.length === 0 && <p class="small t3">{w.noJoins}</p>}
      <ul class="plain small">
        {item.joined_by.slice(0, MOST).map((each, at) => (
          <li key={`${each.a}${each.b}${each.key}${each.value}`}>
            <div class="mono">
              {each.a} – {each.b}
            </div>
            <div class="row">
              <span class="grow cut" title={each.value}>
                {say(KEYS[each.key])} {each.value}
              </span>
              <span class="t3">{each.score.toFixed(2)}</span>
              <RowRef refs={item.reasons[at]?.evidence ?? []} />
              {may("judge") && (
                <button
                  type="button"
                  class="link"
                  aria-label={w.judge(each.a, each.b)}
                  aria-expanded={open === at}
                  onClick={() => setOpen(open === at ? null : at)}
                >
                  {w.decide}
                </button>
              )}
            </div>
            {open === at && <Judge a={each.a} b={each.b} />}
          </li>
        ))}
      </ul>
      {item.joined_by.length > MOST && <p class="small t3">{w.more(item.joined_by.length - MOST)}</p>}
      {may("judge") && (
        <details>
          <summary class="small">{w.other}</summary>
          <label class="small">
            {w.otherNo}{" "}
            <input value={other} onInput={(event) => setOther(event.currentTarget.value.trim())} />
          </label>
          {other && other !== first && <Judge key={other} a={first} b={other} />}
        </details>
      )}
    </section>
  );
}

function Judge({ a, b }: { a: string; b: string }) {
  return <Decide kind="offer" subjects={[a, b]} about={`Clue:${b}`} verdicts={VERDICTS} byKeys={false} />;
}
