/** Charts one may open: by name, with who keeps them and where they are shared; open, copy, delete. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { moment } from "~/core/format";
import { go, to } from "~/core/router";
import { who } from "~/core/session";
import type { View, ViewNamed } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Failed, Skeleton } from "~/parts/states";
import { w } from "./words";

const BEIJING = 8 * 3_600_000;

interface ListProps {
  onOpen: () => void;
  onClose: () => void;
}

export function ChartList({ onOpen, onClose }: ListProps) {
  const asked = useAsk("/views", { query: { kind: "chart" } }, false);
  const [error, setError] = useState<ApiError | null>(null);
  const [wanted, setWanted] = useState("");
  const work = (does: () => Promise<unknown>) => {
    setError(null);
    does().then(asked.again, (failed: unknown) => setError(asApiError(failed)));
  };
  const open = (id: string) => {
    onClose();
    go(to`/canvas/${id}`);
    onOpen();
  };
  const all = asked.answer?.views ?? [];
  const found = all.filter(({ name, author, case_no }) =>
    `${name} ${author} ${case_no ?? ""}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Dialog title={w.charts} wide onClose={onClose}>
      {error && <Failed error={error} />}
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {!asked.answer && !asked.error && <Skeleton lines={4} />}
      {asked.answer && !all.length && <p class="t2">{w.none}</p>}
      {all.length > 0 && (
        <>
          <input
            class="field"
            type="search"
            placeholder={w.find}
            aria-label={w.find}
            value={wanted}
            onInput={(event) => setWanted(event.currentTarget.value)}
          />
          <ul class="chart-list">
            {found.map((view) => (
              <Line key={view.id} view={view} onOpen={open} work={work} />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

interface LineProps {
  view: ViewNamed;
  onOpen: (id: string) => void;
  work: (does: () => Promise<unknown>) => void;
}

function Line({ view, onOpen, work }: LineProps) {
  const { id, name, author, case_no, saved_at } = view;
  const [sure, setSure] = useState(false);
  const mine = author === who.value?.user;
  return (
    <li>
      <span class="grow">
        <button type="button" class="link" onClick={() => onOpen(id)}>
          <b>{name}</b>
        </button>
        <span class="small t2">
          {" "}
          {author} · {moment(new Date(saved_at + BEIJING).toISOString())} ·{" "}
          {case_no ? `${w.sharedIn} ${case_no}` : w.own}
        </span>
      </span>
      <button type="button" class="button" onClick={() => onOpen(id)}>
        {w.open}
      </button>
      <button type="button" class="button" onClick={() => work(() => copied(id))}>
        {w.copy}
      </button>
      {mine && (
        <button
          type="button"
          class="button"
          onClick={() =>
            sure ? work(() => api.delete("/views/{view_id}", { path: { view_id: id } })) : setSure(true)
          }
        >
          {sure ? w.reallyDelete : w.delete}
        </button>
      )}
    </li>
  );
}

/** A copy is one's own and shared with nobody until one shares it. */
async function copied(id: string): Promise<View> {
  const { name, body, chart } = await api.get("/views/{view_id}", { path: { view_id: id } });
  return api.post("/views", { body: { kind: "chart", name: w.copyOf(name).slice(0, 100), body, chart } });
}
