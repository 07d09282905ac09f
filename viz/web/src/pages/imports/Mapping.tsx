/** An unknown table: what its columns may mean, how its rows would load, and keeping that under a name. */
import { useEffect, useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { say } from "~/core/i18n";
import type { Proposal } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Band, Failed, Skeleton } from "~/parts/states";
import { job, type Picked } from "./work";
import { w } from "./words";

export function Mapping({ picked, onClose }: { picked: Picked; onClose: () => void }) {
  const [kind, setKind] = useState<string | null>(null);
  const [set, setSet] = useState<Readonly<Record<string, string>>>({});
  const [found, setFound] = useState<Proposal | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [name, setName] = useState(picked.file.name.replace(/\.[^.]+$/, ""));
  const [kept, setKept] = useState(false);
  const fail = (failed: unknown) => setError(asApiError(failed));
  useEffect(() => {
    const stop = new AbortController();
    const form = new FormData();
    form.append("file", picked.file, picked.file.name);
    if (kind) form.append("kind", kind);
    for (const [heading, field] of Object.entries(set)) form.append("set", `${heading}=${field}`);
    setError(null);
    api.post("/imports/mappings/propose", { body: form }, stop.signal).then(
      (answer) => !stop.signal.aborted && setFound(answer),
      (failed: unknown) => !stop.signal.aborted && fail(failed),
    );
    return () => stop.abort();
  }, [picked, kind, set]);
  const keep = () => {
    if (!found?.mapping) return;
    api.put("/imports/mappings/{name}", { path: { name: name.trim() }, body: found.mapping }).then(() => {
      setKept(true);
      job.value = null;
    }, fail);
  };
  const footer = (
    <>
      <label class="row keep">
        {w.mapName}
        <input
          class="field"
          value={name}
          maxLength={80}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button
        type="button"
        class="button primary"
        disabled={!found?.mapping || found.missing.length > 0 || !name.trim() || kept}
        onClick={keep}
      >
        {w.save}
      </button>
    </>
  );
  return (
    <Dialog title={w.mapTitle(picked.path)} wide onClose={onClose} footer={footer}>
      {error && <Failed error={error} />}
      {!found && !error && <Skeleton lines={8} />}
      {kept && <Band>{w.saved}</Band>}
      {found && (
        <>
          <Head
            found={found}
            onKind={(next) => {
              setKind(next);
              setSet({});
            }}
          />
          <Columns
            found={found}
            onSet={(heading, field) => setSet((now) => ({ ...now, [heading]: field }))}
          />
          <Preview found={found} />
        </>
      )}
    </Dialog>
  );
}

function Head({ found, onKind }: { found: Proposal; onKind: (kind: string) => void }) {
  const kind = found.kinds.find((each) => each.name === found.kind);
  const named = found.missing.map((field) => kind?.fields[field] ?? field).join("、");
  return (
    <div class="row" style={{ flexWrap: "wrap", gap: "10px" }}>
      <label class="row keep">
        {w.mapAs}
        <select
          class="field"
          aria-label={w.mapAs}
          value={found.kind}
          onChange={(event) => onKind(event.currentTarget.value)}
        >
          {found.kinds.map((each) => (
            <option key={each.name} value={each.name}>
              {say([each.zh, each.en])}
            </option>
          ))}
        </select>
      </label>
      {found.missing.length > 0 && <span class="warn">{w.missing(named)}</span>}
      {found.preview && (
        <b>
          {w.would(found.preview.counts.loaded, found.preview.counts.rejected, found.preview.counts.excluded)}
        </b>
      )}
    </div>
  );
}

function Columns({ found, onSet }: { found: Proposal; onSet: (heading: string, field: string) => void }) {
  const kind = found.kinds.find((each) => each.name === found.kind);
  return (
    <table class="import-columns">
      <thead>
        <tr>
          <th scope="col">{w.heading}</th>
          <th scope="col">{w.means}</th>
          <th scope="col">{w.samples}</th>
        </tr>
      </thead>
      <tbody>
        {found.columns.map((column) => (
          <tr key={column.heading}>
            <td>{column.heading}</td>
            <td>
              <select
                class="field"
                aria-label={`${w.means} ${column.heading}`}
                value={column.fields[0]?.field ?? ""}
                onChange={(event) => onSet(column.heading, event.currentTarget.value)}
              >
                <option value="">{w.unused}</option>
                {Object.entries(kind?.fields ?? {}).map(([field, heading]) => (
                  <option key={field} value={field}>
                    {heading}
                  </option>
                ))}
              </select>
            </td>
            <td class="t2 small mono cut">{column.samples.slice(0, 3).join("  ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Preview({ found }: { found: Proposal }) {
  const rows = found.preview?.rows ?? [];
  const kind = found.kinds.find((each) => each.name === found.kind);
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row.cells)))];
  if (!rows.length) return null;
  return (
    <section>
      <h2>{w.preview}</h2>
      <div class="import-preview" tabIndex={0} role="region" aria-label={w.preview}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.row}</th>
              <th scope="col">{w.state}</th>
              {headings.map((field) => (
                <th key={field} scope="col">
                  {kind?.fields[field] ?? field}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.row} class={row.state === "loaded" ? "" : "warn"}>
                <td class="num">{row.row}</td>
                <td title={row.reason ?? ""}>{w[row.state]}</td>
                {headings.map((heading) => (
                  <td key={heading}>{row.cells[heading] ?? ""}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
