/** 补证清单: ready requests; ticked ones become the draft of a 调证申请, which the user signs. Nothing is sent. */
import { useState } from "preact/hooks";
import { nameOf, period } from "~/core/format";
import { oneOf } from "~/core/i18n";
import { purpose } from "~/core/purpose";
import type { AskFor, Lanes } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Icon } from "~/parts/Icon";
import { w } from "./words";

/** Who holds what is asked for, by the kind of identifier. */
function holderOf(identifier: string): string {
  const bare = identifier.replace(/^\w+:/, "");
  if (/^wxid|^wechat/i.test(bare)) return w.tenpay;
  if (/^2088\d{12}$/.test(bare)) return w.alipay;
  if (/^\+?(86)?1\d{10}$/.test(bare)) return w.carrier;
  if (/^[A-Z]{2,4}\d{8,}$/.test(bare)) return w.courier;
  return w.bank;
}

const bareOf = (ask: AskFor): string => ask.identifier.replace(/^\w+:/, "");
const keyOf = (ask: AskFor): string => `${ask.identifier}/${ask.hop}`;

function draftText(lanes: Lanes, asks: readonly AskFor[]): string {
  const lines = asks.map((ask, n) =>
    [`${n + 1}. ${holderOf(ask.identifier)}`, `   ${w.object}：${bareOf(ask)}`, `   ${w.period}：${(ask.from ?? "").slice(0, 10)} – ${(ask.to ?? "").slice(0, 10)}`, `   ${w.content}：${oneOf(ask.content)}`, `   ${w.reasonLine(ask.hop + 1)}`].join("\n"),
  );
  return [w.draftTitle, w.draftNote, "", w.head(lanes.case_no, purpose.peek() || "—"), "", ...lines].join("\n");
}

export function Requests({ lanes }: { lanes: Lanes }) {
  const asks = lanes.chain.ask_for;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [draft, setDraft] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const chosen = asks.filter((ask) => !left.has(keyOf(ask)));
  const toggle = (ask: AskFor) => {
    const next = new Set(left);
    if (!next.delete(keyOf(ask))) next.add(keyOf(ask));
    setLeft(next);
  };
  const copy = (text: string) => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  const name = (id: string) => {
    const person = lanes.chain.persons.find((each) => each.id === id);
    return person ? nameOf(person) : "";
  };
  return (
    <section class="requests" id="requests" aria-label={w.asks}>
      <div class="between head">
        <span class="cut">
          <b>{w.asks}</b> <span class="t2 small">{w.asksNote}</span>
        </span>
        <span class="row">
          <button type="button" class="button" disabled={!chosen.length} onClick={() => copy(draftText(lanes, chosen))}>
            <Icon name="copy" />
            {copied ? w.copied : w.copy}
          </button>
          <button type="button" class="button primary" disabled={!chosen.length} onClick={() => setDraft(draftText(lanes, chosen))}>
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
                  <input type="checkbox" aria-label={`${w.choose} ${bareOf(ask)}`} checked={!left.has(keyOf(ask))} onChange={() => toggle(ask)} />
                </td>
                <td>{holderOf(ask.identifier)}</td>
                <td>
                  {name(ask.holder)} <span class="mono">{bareOf(ask)}</span>
                </td>
                <td class="keep">{period(ask.from, ask.to)}</td>
                <td>{oneOf(ask.content)}</td>
                <td class="keep">{w.hop(ask.hop + 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {draft !== null && (
        <Dialog title={w.draftTitle} wide onClose={() => setDraft(null)} footer={<button type="button" class="button big" onClick={() => copy(draft)}><Icon name="copy" />{copied ? w.copied : w.copy}</button>}>
          <p class="warn small">{w.draftNote}</p>
          <textarea class="field mono" rows={16} aria-label={w.draftTitle} value={draft} onInput={(event) => setDraft(event.currentTarget.value)} />
        </Dialog>
      )}
    </section>
  );
}
