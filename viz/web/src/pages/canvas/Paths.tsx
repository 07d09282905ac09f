/** Paths between two objects, any or in time order, as strips of hops; what was not searched is said. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import type { Paths as Found, Route } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Band, Failed, Skeleton } from "~/parts/states";
import type { PathAsk } from "./asks";
import { askOf, EndsAndHops, FilterOfPaths, type PathForm } from "./PathForm";
import { w } from "./words";

interface PathsProps {
  from: string;
  to: string;
  nameOf: (id: string) => string;
  onAdd: (route: Route, asked: PathAsk) => void;
  onClose: () => void;
}

interface Search {
  asked?: PathAsk;
  found?: Found;
  error?: ApiError;
}

export function Paths({ from, to, nameOf, onAdd, onClose }: PathsProps) {
  const [form, setForm] = useState<PathForm>({
    ends: [from, to],
    ordered: false,
    hops: 4,
    k: 3,
    types: [],
    first: "",
    last: "",
    yuan: 0,
  });
  const [{ asked, found, error }, setSearch] = useState<Search>({});
  const change = (changed: Partial<PathForm>) => setForm((now) => ({ ...now, ...changed }));
  const search = async () => {
    const wanted = askOf(form);
    setSearch({ asked: wanted });
    try {
      setSearch({ asked: wanted, found: await api.get("/graph/paths", { query: wanted }) });
    } catch (failed) {
      setSearch({ asked: wanted, error: asApiError(failed) });
    }
  };
  return (
    <Dialog title={w.path} wide onClose={onClose}>
      <EndsAndHops form={form} nameOf={nameOf} onChange={change} onSearch={() => void search()} />
      <FilterOfPaths form={form} onChange={change} />
      {asked && !found && !error && <Skeleton lines={3} />}
      {error && <Failed error={error} retry={() => void search()} />}
      {asked && found && <Routes found={found} onAdd={(route) => onAdd(route, asked)} />}
    </Dialog>
  );
}

function Routes({ found, onAdd }: { found: Found; onAdd: (route: Route) => void }) {
  return (
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
          <button type="button" class="button" onClick={() => onAdd(route)}>
            {w.addPath}
          </button>
        </section>
      ))}
    </>
  );
}
