/** What a list is asked for: day, period, unit and what the noun adds; all of it stands in the address. */
import { param, setParams } from "~/core/router";
import type { Filter } from "./items";
import { w } from "./words";

const OWN = ["on", "from", "to", "unit"] as const;

/** The parameters of the service as the address has them. */
export function asked(filters: readonly Filter[]): Record<string, string> {
  const names = [...OWN, ...filters.map((each) => each.name)];
  return Object.fromEntries(names.flatMap((name) => (param(name) ? [[name, param(name) ?? ""]] : [])));
}

export function Filters({
  filters,
  units,
  periodOf,
}: {
  filters: readonly Filter[];
  units: readonly string[];
  periodOf: string | undefined;
}) {
  const some = Object.keys(asked(filters)).length > 0;
  const clear = () =>
    setParams(Object.fromEntries([...OWN, ...filters.map((f) => f.name)].map((n) => [n, null])));
  return (
    <form class="noun-filters" onSubmit={(event) => event.preventDefault()}>
      <Day name="on" label={w.on} />
      {periodOf && <span class="t2">{periodOf}</span>}
      <Day name="from" label={w.from} />
      <Day name="to" label={w.to} />
      <label class="row keep">
        {w.unit}
        <input
          class="field"
          type="text"
          list="noun-units"
          maxLength={100}
          value={param("unit") ?? ""}
          onChange={(event) => setParams({ unit: event.currentTarget.value.trim() || null })}
        />
      </label>
      <datalist id="noun-units">
        {units.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {filters.map((each) => (
        <Own key={each.name} filter={each} />
      ))}
      {some && (
        <button type="button" class="link" onClick={clear}>
          {w.clear}
        </button>
      )}
    </form>
  );
}

function Day({ name, label }: { name: string; label: string }) {
  return (
    <label class="row keep">
      {label}
      <input
        class="field"
        type="date"
        value={param(name) ?? ""}
        onChange={(event) => setParams({ [name]: event.currentTarget.value || null })}
      />
    </label>
  );
}

function Own({ filter }: { filter: Filter }) {
  const value = param(filter.name) ?? "";
  if (filter.text)
    return (
      <label class="row keep">
        {filter.label}
        <input
          class="field"
          type="text"
          maxLength={100}
          value={value}
          onChange={(event) => setParams({ [filter.name]: event.currentTarget.value.trim() || null })}
        />
      </label>
    );
  if (!filter.options)
    return (
      <label class="row keep">
        <input
          type="checkbox"
          checked={value === "true"}
          onChange={() => setParams({ [filter.name]: value ? null : "true" })}
        />
        {filter.label}
      </label>
    );
  return (
    <label class="row keep">
      {filter.label}
      <select
        class="field"
        value={value}
        onChange={(event) => setParams({ [filter.name]: event.currentTarget.value || null })}
      >
        <option value="">{w.any}</option>
        {filter.options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
    </label>
  );
}
