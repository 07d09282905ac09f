/** Paths between two objects, any or in time order, as strips of hops; what was not searched is said. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { Dialog } from "~/parts/Dialog";
import { Icon } from "~/parts/Icon";
import { Band, Failed, Skeleton } from "~/parts/states";
import { say } from "~/core/i18n";
import type { Paths as Found, Route } from "~/generated/api";
import { RELATIONSHIPS } from "~/generated/schema";
import type { PathAsk } from "./model";
import { w } from "./words";

/** Types offered as a filter; none chosen is every type. */
const HOPS = ["PAID", "CALLED", "MESSAGED", "SENT", "SUPPLIES"] as const;

interface PathsProps {
  from: string;
  to: string;
  nameOf: (id: string) => string;
  onAdd: (route: Route, asked: PathAsk) => void;
  onClose: () => void;
}

export function Paths({ from, to, nameOf, onAdd, onClose }: PathsProps) {
  const [ends, setEnds] = useState<readonly [string, string]>([from, to]);
  const [ordered, setOrdered] = useState(false);
  const [hops, setHops] = useState(4);
  const [k, setK] = useState(3);
  const [types, setTypes] = useState<readonly string[]>([]);
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [yuan, setYuan] = useState(0);
  const [asked, setAsked] = useState<PathAsk | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [waiting, setWaiting] = useState(false);
  const search = async () => {
    setWaiting(true);
    setError(null);
    setFound(null);
    try {
      const wanted: PathAsk = {
        a: ends[0],
        b: ends[1],
        ordered,
        max_hops: hops,
        k,
        ...(types.length ? { type: [...types] } : {}),
        ...(first ? { first } : {}),
        ...(last ? { last } : {}),
        ...(yuan > 0 ? { least_yuan: yuan } : {}),
      };
      setAsked(wanted);
      setFound(await api.get("/graph/paths", { query: wanted }));
    } catch (failed) {
      setError(asApiError(failed));
    } finally {
      setWaiting(false);
    }
  };
  return (
    <Dialog title={w.path} wide onClose={onClose}>
      <div class="path-ask">
        <label>
          {w.from}
          <input
            class="field"
            value={nameOf(ends[0])}
            title={ends[0]}
            onChange={(event) => setEnds([event.currentTarget.value, ends[1]])}
          />
        </label>
        <button
          type="button"
          class="button icon"
          aria-label={w.swap}
          title={w.swap}
          onClick={() => setEnds([ends[1], ends[0]])}
        >
          <Icon name="arrows-exchange" />
        </button>
        <label>
          {w.to}
          <input
            class="field"
            value={nameOf(ends[1])}
            title={ends[1]}
            onChange={(event) => setEnds([ends[0], event.currentTarget.value])}
          />
        </label>
        <label>
          <input
            type="checkbox"
            checked={ordered}
            onChange={(event) => setOrdered(event.currentTarget.checked)}
          />{" "}
          {w.ordered}
        </label>
        <label>
          {w.hops}{" "}
          <select
            class="field"
            value={String(hops)}
            onChange={(event) => setHops(Number(event.currentTarget.value))}
          >
            {[2, 3, 4, 5, 6, 7, 8].map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>
        </label>
        <label>
          {w.howMany}{" "}
          <select
            class="field"
            value={String(k)}
            onChange={(event) => setK(Number(event.currentTarget.value))}
          >
            {[1, 3, 5, 10].map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>
        </label>
        <button type="button" class="button primary" autofocus onClick={() => void search()}>
          {w.search}
        </button>
      </div>
      <div class="path-ask" role="group" aria-label={w.pathFilter}>
        {HOPS.map((name) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={types.includes(name)}
              onChange={() =>
                setTypes(types.includes(name) ? types.filter((each) => each !== name) : [...types, name])
              }
            />{" "}
            {say([RELATIONSHIPS[name].zh, RELATIONSHIPS[name].en])}
          </label>
        ))}
        <label>
          {w.pathFrom}{" "}
          <input
            class="field"
            type="date"
            value={first}
            onInput={(event) => setFirst(event.currentTarget.value)}
          />
        </label>
        <label>
          {w.pathTo}{" "}
          <input
            class="field"
            type="date"
            value={last}
            onInput={(event) => setLast(event.currentTarget.value)}
          />
        </label>
        <label>
          {w.amountFrom}{" "}
          <input
            class="field"
            type="number"
            min="0"
            value={String(yuan)}
            onInput={(event) => setYuan(Number(event.currentTarget.value))}
          />
        </label>
      </div>
      {waiting && <Skeleton lines={3} />}
      {error && <Failed error={error} retry={() => void search()} />}
      {found && (
        <>
          {found.truncated && <Band kind="warn">{w.cutSearch}</Band>}
          {!!found.hubs.length && <Band>{w.hubsSkipped(found.hubs.length)}</Band>}
          {!found.paths.length && <p class="t2">{w.noPath(found.max_hops)}</p>}
          {found.paths.map((route, n) => (
            <section class="route" key={n}>
              <b>{w.pathNo(n + 1, route.length)}</b>
              <span class="strip">
                {route.stations.map((station, at) => (
                  <span key={station.id}>
                    {at > 0 && <i aria-hidden="true"> → </i>}
                    {station.person?.name ?? station.caption}
                  </span>
                ))}
              </span>
              <button type="button" class="button" onClick={() => asked && onAdd(route, asked)}>
                {w.addPath}
              </button>
            </section>
          ))}
        </>
      )}
    </Dialog>
  );
}
