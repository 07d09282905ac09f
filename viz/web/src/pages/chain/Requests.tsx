/**
 * 补证清单: requests with whom they go to; those somebody ticks become the draft of a 调证申请, which the user signs.
 * Nothing is sent.
 */
import { useState } from "preact/hooks";
import { nameOf, period } from "~/core/format";
import { say } from "~/core/i18n";
import { purpose } from "~/core/purpose";
import type { Addressed, Lanes } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Icon } from "~/parts/Icon";
import { w } from "./words";

const keyOf = (ask: Addressed): string => `${ask.identifier}/${ask.hop}`;
const both = (words: Addressed["body"]): string => say([words.zh, words.en]);

function draftText(lanes: Lanes, asks: readonly Addressed[]): string {
  const lines = asks.map((ask, n) =>
    [
      `${n + 1}. ${w.holderKind}：${both(ask.body)}`,
      `   ${w.holder}：${nameOf(ask.holder)}`,
      `   ${w.object}：${ask.identifier}`,
      `   ${w.period}：${(ask.from ?? "").slice(0, 10)} – ${(ask.to ?? "").slice(0, 10)}`,
      `   ${w.content}：${both(ask.content)}`,
      `   ${w.reason}：${both(ask.reason)}`,
    ].join("\n"),
  );
  return [w.draftTitle, w.draftNote, "", w.head(lanes.case_no, purpose.peek() || "—"), "", ...lines].join(
    "\n",
  );
}

export function Requests({ lanes }: { lanes: Lanes }) {
  const asks = lanes.requests;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [draft, setDraft] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const chosen = asks.filter((ask) => ticked.has(keyOf(ask)));
  const toggle = (ask: Addressed) => {
    const next = new Set(ticked);
    if (!next.delete(keyOf(ask))) next.add(keyOf(ask));
    setTicked(next);
  };
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <section class="requests" id="requests" aria-label={w.asks}>
      <div class="between head">
        <span class="cut">
          <b>{w.asks}</b> <span class="t2 small">{w.asksNote}</span>
        </span>
        <span class="row">
          <button
            type="button"
            class="button"
            disabled={!chosen.length}
            onClick={() => copy(draftText(lanes, chosen))}
          >
            <Icon name="copy" />
            {copied ? w.copied : w.copy}
          </button>
          <button
            type="button"
            class="button primary"
            disabled={!chosen.length}
            onClick={() => setDraft(draftText(lanes, chosen))}
          >
            <Icon name="send" />
            {w.draft(chosen.length)}
          </button>
        </span>
      </div>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th>
                <span class="unseen">{w.choose}</span>
              </th>
              <th>{w.holderKind}</th>
              <th>{w.object}</th>
              <th>{w.period}</th>
              <th>{w.content}</th>
              <th>{w.strengthens}</th>
            </tr>
          </thead>
          <tbody>
            {asks.map((ask) => (
              <tr key={keyOf(ask)}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`${w.choose} ${ask.identifier}`}
                    checked={ticked.has(keyOf(ask))}
                    onChange={() => toggle(ask)}
                  />
                </td>
                <td>{both(ask.body)}</td>
                <td>
                  {nameOf(ask.holder)} <span class="mono">{ask.identifier}</span>
                </td>
                <td class="keep">{period(ask.from, ask.to)}</td>
                <td title={both(ask.reason)}>{both(ask.content)}</td>
                <td class="keep">{w.hop(ask.hop + 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {draft !== null && (
        <Dialog
          title={w.draftTitle}
          wide
          onClose={() => setDraft(null)}
          footer={
            <button type="button" class="button big" onClick={() => copy(draft)}>
              <Icon name="copy" />
              {copied ? w.copied : w.copy}
            </button>
          }
        >
          <p class="warn small">{w.draftNote}</p>
          <textarea
            class="field mono"
            rows={16}
            aria-label={w.draftTitle}
            value={draft}
            onInput={(event) => setDraft(event.currentTarget.value)}
          />
        </Dialog>
      )}
    </section>
  );
}
