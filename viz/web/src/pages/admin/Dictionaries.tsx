/** Dictionaries of one's own: seen, taken in, taken out again. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { say } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { may } from "~/core/session";
import type { DictionaryNamed } from "~/generated/api";
import { Failed, Skeleton } from "~/parts/states";
import { NAMES, w } from "./words";
import { Rows } from "./Rows";

export function Dictionaries() {
  const all = useAsk("/dictionaries", {});
  if (all.error) return <Failed error={all.error} retry={all.again} />;
  if (!all.answer) return <Skeleton lines={10} />;
  const found = all.answer.dictionaries;
  const chosen =
    found.find((each) => each.name === param("name")) ??
    found.find((each) => each.name === "code_words") ??
    found[0];
  return (
    <>
      <div class="row admin-choose">
        <select
          class="field"
          aria-label={w.choose}
          value={chosen?.name}
          onChange={(event) => setParams({ name: event.currentTarget.value })}
        >
          {found.map((each) => (
            <option key={each.name} value={each.name}>
              {say(NAMES[each.name] ?? [each.name, each.name])}
            </option>
          ))}
        </select>
        {chosen && <span class="t2">{w.counts(chosen.shipped, chosen.own)}</span>}
      </div>
      {chosen && <OneDictionary key={chosen.name} about={chosen} onChange={all.again} />}
    </>
  );
}

function OneDictionary({ about, onChange }: { about: DictionaryNamed; onChange: () => void }) {
  const asked = useAsk("/dictionaries/{name}", { path: { name: about.name }, query: { limit: 1000 } });
  const [cells, setCells] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<ApiError | null>(null);
  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
      setCells({});
      asked.again();
      onChange();
    } catch (failed) {
      setError(asApiError(failed));
    }
  };
  const filled = Object.fromEntries(Object.entries(cells).filter(([, text]) => text.trim()));
  const add = () =>
    act(() => api.post("/dictionaries/{name}", { path: { name: about.name }, body: { cells: filled } }));
  const remove = (id: string) =>
    void act(() =>
      api.delete("/dictionaries/{name}/{entry_id}", { path: { name: about.name, entry_id: id } }),
    );
  const fields = about.columns.filter((column) => !["id", "verified"].includes(column));
  return (
    <>
      {may("administer") && (
        <details>
          <summary>{w.add}</summary>
          <p class="small t2">{w.addNote}</p>
          <form
            class="admin-fields"
            onSubmit={(event) => {
              event.preventDefault();
              void add();
            }}
          >
            {fields.map((column) => (
              <label key={column}>
                <span class="field-label">
                  {column}
                  {column === "value" && <b class="warn"> *</b>}
                </span>
                <input
                  class="field"
                  type="text"
                  maxLength={500}
                  autocomplete="off"
                  value={cells[column] ?? ""}
                  onInput={({ currentTarget: { value } }) => setCells((now) => ({ ...now, [column]: value }))}
                />
              </label>
            ))}
            <button type="submit" class="button primary" disabled={!filled.value}>
              {w.save}
            </button>
          </form>
        </details>
      )}
      {error && <Failed error={error} />}
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {asked.answer && (
        <Rows
          name={about.name}
          label={say(NAMES[about.name] ?? [about.name, about.name])}
          rows={asked.answer.entries}
          columns={asked.answer.columns}
          {...(may("administer") ? { onRemove: remove } : {})}
        />
      )}
    </>
  );
}
