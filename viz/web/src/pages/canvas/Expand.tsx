/** Counts before loading: how much of each kind, what is loaded said exactly, common elements apart. */
import { useEffect, useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { count } from "~/core/format";
import { say } from "~/core/i18n";
import type { Counts, TypeCount } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import type { Ask } from "./asks";
import { dayOf } from "./spans";
import { w } from "./words";

export const HUB = 500;
const EACH = 30;

interface ExpandProps {
  /** The period the canvas shows: what is counted and loaded begins with it. */
  range: readonly [number, number] | null;
  nodes: readonly string[];
  nameOf: (id: string) => string;
  onLoad: (asks: readonly Ask[]) => void;
  onClose: () => void;
}

interface Counted {
  answers?: readonly Counts[];
  error?: ApiError;
}

/** How much surrounds each of some objects in a period. */
function useCounts(nodes: readonly string[], period: { first?: string; last?: string }): Counted {
  const [counted, setCounted] = useState<Counted>({});
  const key = JSON.stringify([nodes, period]);
  useEffect(() => {
    const stop = new AbortController();
    setCounted({});
    Promise.all(
      nodes.map((node) => api.get("/graph/counts", { query: { node, ...period } }, stop.signal)),
    ).then(
      (answers) => setCounted({ answers }),
      (failed: unknown) => !stop.signal.aborted && setCounted({ error: asApiError(failed) }),
    );
    return () => stop.abort();
  }, [key]);
  return counted;
}

/** The kinds around several objects as one list. */
function summed(answers: readonly Counts[]): TypeCount[] {
  const found = new Map<string, TypeCount>();
  for (const { counts } of answers)
    for (const kind of counts) {
      const sum = found.get(kind.type);
      if (!sum) found.set(kind.type, { ...kind });
      else {
        sum.count += kind.count;
        sum.inward += kind.inward;
        sum.outward += kind.outward;
      }
    }
  return [...found.values()];
}

export function Expand({ range, nodes, nameOf, onLoad, onClose }: ExpandProps) {
  const [first, setFirst] = useState(range ? dayOf(range[0]) : "");
  const [last, setLast] = useState(range ? dayOf(range[1]) : "");
  const period = { ...(first ? { first } : {}), ...(last ? { last } : {}) };
  const asked = useCounts(nodes, period);
  const [off, setOff] = useState<readonly string[]>([]);
  const [each, setEach] = useState(EACH);
  const answers = asked.answers ?? [];
  const counts = summed(answers);
  const hubs = answers.filter(({ total }) => total > HUB);
  // Among several, common elements are left as they are; one by itself was meant.
  const meant = nodes.length === 1 ? answers : answers.filter(({ total }) => total <= HUB);
  const limitOf = (answer: Counts) =>
    answer.counts
      .filter((kind) => !off.includes(kind.type))
      .reduce((sum, kind) => sum + Math.min(kind.count, each), 0);
  const total = meant.reduce((sum, answer) => sum + limitOf(answer), 0);
  const types = counts.map((kind) => kind.type).filter((type) => !off.includes(type));
  const load = (sample: number | null) => {
    onLoad(
      meant
        .map((answer) => [answer.node.id, sample ?? limitOf(answer)] as const)
        .filter(([, limit]) => limit > 0)
        .map(([node, limit]) => ({ node, types, limit, ...period, ...(sample ? { sample: true } : {}) })),
    );
    onClose();
  };
  const [only] = nodes;
  const name = only && nodes.length === 1 ? nameOf(only) : w.objects(nodes.length);
  return (
    <Dialog
      title={w.expandOf(name)}
      onClose={onClose}
      footer={
        <>
          {nodes.length === 1 && hubs.length > 0 && (
            <button
              type="button"
              class="button"
              disabled={!types.length}
              onClick={() => load(50)}
              title={w.sampleNote}
            >
              {w.sample}
            </button>
          )}
          <button type="button" class="button primary" autofocus disabled={!total} onClick={() => load(null)}>
            {w.load(total)}
          </button>
        </>
      }
    >
      {asked.error ? (
        <Failed error={asked.error} />
      ) : !asked.answers ? (
        <Skeleton lines={4} />
      ) : !counts.length ? (
        <Empty>{w.nothing}</Empty>
      ) : (
        <>
          {hubs.map((hub) => (
            <Band key={hub.node.id} kind="warn">
              {nodes.length === 1 ? w.hub(hub.total) : w.hubLeft(hub.node.caption, hub.total)}
            </Band>
          ))}
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
