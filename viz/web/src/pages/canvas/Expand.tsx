/** Counts before loading: how much of each kind, what is loaded said exactly, common elements apart. */
import { useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { count } from "~/core/format";
import { say } from "~/core/i18n";
import { Dialog } from "~/parts/Dialog";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import type { Ask } from "./asks";
import { w } from "./words";

export const HUB = 500;
const EACH = 30;
const BEIJING = 8 * 3_600_000;
const dayOf = (at: number): string => new Date(at + BEIJING).toISOString().slice(0, 10);

interface ExpandProps {
  /** The period the canvas shows: what is counted and loaded begins with it. */
  range: readonly [number, number] | null;
  node: string;
  name: string;
  onLoad: (ask: Ask) => void;
  onClose: () => void;
}

export function Expand({ range, node, name, onLoad, onClose }: ExpandProps) {
  const [first, setFirst] = useState(range ? dayOf(range[0]) : "");
  const [last, setLast] = useState(range ? dayOf(range[1]) : "");
  const period = { ...(first ? { first } : {}), ...(last ? { last } : {}) };
  const asked = useAsk("/graph/counts", { query: { node, ...period } }, false);
  const [off, setOff] = useState<readonly string[]>([]);
  const [each, setEach] = useState(EACH);
  const counts = asked.answer?.counts ?? [];
  const chosen = counts.filter((kind) => !off.includes(kind.type));
  const total = chosen.reduce((sum, kind) => sum + Math.min(kind.count, each), 0);
  const hub = (asked.answer?.total ?? 0) > HUB;
  const load = (limit: number, sample = false) => {
    onLoad({ node, types: chosen.map((kind) => kind.type), limit, ...period, ...(sample ? { sample } : {}) });
    onClose();
  };
  return (
    <Dialog
      title={w.expandOf(name)}
      onClose={onClose}
      footer={
        <>
          {hub && (
            <button
              type="button"
              class="button"
              disabled={!chosen.length}
              onClick={() => load(50, true)}
              title={w.sampleNote}
            >
              {w.sample}
            </button>
          )}
          <button
            type="button"
            class="button primary"
            autofocus
            disabled={!total}
            onClick={() => load(total)}
          >
            {w.load(total)}
          </button>
        </>
      }
    >
      {asked.error ? (
        <Failed error={asked.error} retry={asked.again} />
      ) : !asked.answer ? (
        <Skeleton lines={4} />
      ) : !counts.length ? (
        <Empty>{w.nothing}</Empty>
      ) : (
        <>
          {hub && <Band kind="warn">{w.hub(asked.answer.total)}</Band>}
          <table class="expand">
            <thead>
              <tr>
                <th>{w.kind}</th>
                <th class="num">{w.inward}</th>
                <th class="num">{w.outward}</th>
                <th class="num">{w.all}</th>
              </tr>
            </thead>
            <tbody>
              {counts.map((kind) => (
                <tr key={kind.type}>
                  <td>
                    <label class={`hue-${kind.hue}`}>
                      <input
                        type="checkbox"
                        checked={!off.includes(kind.type)}
                        onChange={(event) =>
                          setOff(
                            event.currentTarget.checked
                              ? off.filter((one) => one !== kind.type)
                              : [...off, kind.type],
                          )
                        }
                      />{" "}
                      {say([kind.zh, kind.en])}
                    </label>
                  </td>
                  <td class="num">{count(kind.inward)}</td>
                  <td class="num">{count(kind.outward)}</td>
                  <td class="num">{count(kind.count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p class="small t2">
            <label>
              {w.newest}{" "}
              <select
                class="field"
                value={String(each)}
                onChange={(event) => setEach(Number(event.currentTarget.value))}
              >
                {[30, 100, 300, 1000].map((n) => (
                  <option key={n} value={String(n)}>
                    {n}
                  </option>
                ))}
              </select>
            </label>{" "}
            <label>
              {w.pathFrom}{" "}
              <input
                class="field"
                type="date"
                value={first}
                onInput={(event) => setFirst(event.currentTarget.value)}
              />
            </label>{" "}
            <label>
              {w.pathTo}{" "}
              <input
                class="field"
                type="date"
                value={last}
                onInput={(event) => setLast(event.currentTarget.value)}
              />
            </label>
          </p>
        </>
      )}
    </Dialog>
  );
}
