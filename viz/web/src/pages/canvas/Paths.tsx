/** Paths among two or more objects, any or in time order, hop by hop; what was not searched is said. */
import { useRef, useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { count, period, yuan } from "~/core/format";
import type { Paths as Found, PathHop, Route } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { RowRef } from "~/parts/marks";
import { Band, Failed, Skeleton } from "~/parts/states";
import type { PathAsk } from "./asks";
import { asksOf, EndsAndHops, FilterOfPaths, type PathForm } from "./PathForm";
import { relationName, typeOf } from "./relations";
import { weakestOf } from "./weakest";
import { w } from "./words";

interface PathsProps {
  ends: readonly string[];
  nameOf: (id: string) => string;
  onAdd: (route: Route, asked: PathAsk) => void;
  onClose: () => void;
}

/** A question for two of the ends, and what came of it. */
interface Search {
  asked: PathAsk;
  found?: Found;
  error?: ApiError;
}

export function Paths({ ends, nameOf, onAdd, onClose }: PathsProps) {
  const [form, setForm] = useState<PathForm>({
    ends,
    ordered: false,
    hops: 4,
    k: ends.length > 2 ? 1 : 3,
    types: [],
    first: "",
    last: "",
    yuan: 0,
  });
  const [searches, setSearches] = useState<readonly Search[]>([]);
  const latest = useRef(0);
  const change = (changed: Partial<PathForm>) => setForm((now) => ({ ...now, ...changed }));
  const search = async () => {
    const mine = ++latest.current;
    const asks = asksOf(form);
    setSearches(asks.map((asked) => ({ asked })));
    for (const [n, asked] of asks.entries()) {
      const came = await answered(asked);
      if (mine !== latest.current) return;
      setSearches((now) => now.map((each, m) => (m === n ? came : each)));
    }
  };
  const routes = searches.flatMap(({ asked, found }) =>
    (found?.paths ?? []).map((route) => ({ route, asked })),
  );
  return (
    <Dialog title={w.path} wide onClose={onClose}>
      <EndsAndHops form={form} nameOf={nameOf} onChange={change} onSearch={() => void search()} />
      <FilterOfPaths form={form} onChange={change} />
      {routes.length > 1 && (
        <button
          type="button"
          class="button"
          onClick={() => {
            for (const { route, asked } of routes) onAdd(route, asked);
          }}
        >
          {w.addPaths(routes.length)}
        </button>
      )}
      {searches.map((each) => (
        <Pair
          key={`${each.asked.a}|${each.asked.b}`}
          search={each}
          named={searches.length > 1}
          nameOf={nameOf}
          onAdd={(route) => onAdd(route, each.asked)}
        />
      ))}
    </Dialog>
  );
}

async function answered(asked: PathAsk): Promise<Search> {
  try {
    return { asked, found: await api.get("/graph/paths", { query: asked }) };
  } catch (failed) {
    return { asked, error: asApiError(failed) };
  }
}

interface PairProps {
  search: Search;
  named: boolean;
  nameOf: (id: string) => string;
  onAdd: (route: Route) => void;
}

function Pair({ search: { asked, found, error }, named, nameOf, onAdd }: PairProps) {
  return (
    <section>
      {named && (
        <h3>
          {nameOf(asked.a)} – {nameOf(asked.b)}
        </h3>
      )}
      {error && <Failed error={error} />}
      {!found && !error && <Skeleton lines={2} />}
      {found?.truncated && <Band kind="warn">{w.cutSearch}</Band>}
      {!!found?.hubs.length && <Band>{w.hubsSkipped(found.hubs.length)}</Band>}
      {found && !found.paths.length && <p class="t2">{w.noPath(found.max_hops)}</p>}
      {found?.paths.map((route, n) => (
        <OneRoute key={n} n={n + 1} route={route} onAdd={() => onAdd(route)} />
      ))}
    </section>
  );
}

function OneRoute({ n, route, onAdd }: { n: number; route: Route; onAdd: () => void }) {
  const weakest = weakestOf(route.hops);
  return (
    <section class="route">
      <header>
        <b>{w.pathNo(n, route.length)}</b>
        <button type="button" class="button" onClick={onAdd}>
          {w.addPath}
        </button>
      </header>
      <ol>
        {route.hops.map((hop, at) => (
          <li key={at} class={at === weakest ? "weakest" : ""}>
            <b>{nameAt(route, at)}</b> <Arrow hop={hop} /> <b>{nameAt(route, at + 1)}</b>{" "}
            <HopFacts hop={hop} />
            {at === weakest && <span class="mark">{w.weakest}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const Arrow = ({ hop }: { hop: PathHop }) => (
  <i aria-hidden="true">{hop.direction === "backward" ? "←" : "→"}</i>
);
const nameAt = ({ stations }: Route, at: number): string =>
  stations[at]?.person?.name ?? stations[at]?.caption ?? "";

/** Kind, how often, how much, from when to when, and its rows. */
function HopFacts({ hop }: { hop: PathHop }) {
  return (
    <span class="t2">
      {relationName(typeOf(hop.kind))}
      {(hop.count ?? 0) > 1 && ` ${w.timesN(count(hop.count ?? 0))}`}
      {!!hop.fen && ` ${yuan(hop.fen)}`}
      {hop.score !== null && hop.score !== undefined && ` ${hop.score.toFixed(2)}`}
      {hop.first && ` · ${period(hop.first, hop.last ?? hop.first)}`} <RowRef refs={hop.evidence} />
    </span>
  );
}
