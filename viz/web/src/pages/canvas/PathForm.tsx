/**
 * What a path is asked for by: its two ends, how far, how many, of which relations, when and from which
 * amount.
 */
import { say } from "~/core/i18n";
import { RELATIONSHIPS } from "~/generated/schema";
import { Icon } from "~/parts/Icon";
import type { PathAsk } from "./asks";
import { w } from "./words";

const MOST_ENDS = 8;
/** Types offered as a filter; none chosen is every type. */
const HOPS = ["PAID", "CALLED", "MESSAGED", "SENT", "SUPPLIES"] as const;

export interface PathForm {
  ends: readonly string[];
  ordered: boolean;
  hops: number;
  k: number;
  types: readonly string[];
  first: string;
  last: string;
  yuan: number;
}

/** A question to the service for every two ends; what is left blank is not asked. */
export const asksOf = (form: PathForm): PathAsk[] => {
  const ends = [...new Set(form.ends.filter(Boolean))];
  return ends.flatMap((a, n) => ends.slice(n + 1).map((b) => askOf(form, a, b)));
};

const askOf = ({ ordered, hops, k, types, first, last, yuan }: PathForm, a: string, b: string): PathAsk => ({
  a,
  b,
  ordered,
  max_hops: hops,
  k,
  ...(types.length ? { type: [...types] } : {}),
  ...(first ? { first } : {}),
  ...(last ? { last } : {}),
  ...(yuan > 0 ? { least_yuan: yuan } : {}),
});

interface FormProps {
  form: PathForm;
  onChange: (changed: Partial<PathForm>) => void;
}
interface EndsProps extends FormProps {
  nameOf: (id: string) => string;
  onSearch: () => void;
}

export function EndsAndHops({ form, nameOf, onChange, onSearch }: EndsProps) {
  const { ends } = form;
  const put = (n: number, id: string) => onChange({ ends: ends.map((each, m) => (m === n ? id : each)) });
  return (
    <div class="path-ask">
      {ends.map((id, n) => (
        <End
          key={n}
          label={n === 0 ? w.from : n === 1 ? w.to : w.andTo}
          id={id}
          nameOf={nameOf}
          onChange={(next) => put(n, next)}
        />
      ))}
      {ends.length === 2 && (
        <button
          type="button"
          class="button icon"
          aria-label={w.swap}
          title={w.swap}
          onClick={() => onChange({ ends: [...ends].reverse() })}
        >
          <Icon name="arrows-exchange" />
        </button>
      )}
      {ends.length < MOST_ENDS && (
        <button
          type="button"
          class="button icon"
          aria-label={w.moreEnds}
          title={w.moreEnds}
          onClick={() => onChange({ ends: [...ends, ""] })}
        >
          <Icon name="plus" />
        </button>
      )}
      <label>
        <input
          type="checkbox"
          checked={form.ordered}
          onChange={(event) => onChange({ ordered: event.currentTarget.checked })}
        />{" "}
        {w.ordered}
      </label>
      <OneOf
        label={w.hops}
        of={[2, 3, 4, 5, 6, 7, 8]}
        value={form.hops}
        onChange={(hops) => onChange({ hops })}
      />
      <OneOf label={w.howMany} of={[1, 3, 5, 10]} value={form.k} onChange={(k) => onChange({ k })} />
      <button type="button" class="button primary" autofocus onClick={onSearch}>
        {w.search}
      </button>
    </div>
  );
}

interface EndProps {
  label: string;
  id: string;
  nameOf: (id: string) => string;
  onChange: (id: string) => void;
}

function End({ label, id, nameOf, onChange }: EndProps) {
  return (
    <label>
      {label}
      <input
        class="field"
        value={nameOf(id)}
        title={id}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

interface OneOfProps {
  label: string;
  of: readonly number[];
  value: number;
  onChange: (value: number) => void;
}

function OneOf({ label, of, value, onChange }: OneOfProps) {
  return (
    <label>
      {label}{" "}
      <select
        class="field"
        value={String(value)}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      >
        {of.map((n) => (
          <option key={n}>{n}</option>
        ))}
      </select>
    </label>
  );
}

export function FilterOfPaths({ form, onChange }: FormProps) {
  const { types } = form;
  const turn = (name: string) =>
    onChange({ types: types.includes(name) ? types.filter((each) => each !== name) : [...types, name] });
  return (
    <div class="path-ask" role="group" aria-label={w.pathFilter}>
      {HOPS.map((name) => (
        <label key={name}>
          <input type="checkbox" checked={types.includes(name)} onChange={() => turn(name)} />{" "}
          {say([RELATIONSHIPS[name].zh, RELATIONSHIPS[name].en])}
        </label>
      ))}
      <label>
        {w.pathFrom}{" "}
        <input
          class="field"
          type="date"
          value={form.first}
          onInput={(event) => onChange({ first: event.currentTarget.value })}
        />
      </label>
      <label>
        {w.pathTo}{" "}
        <input
          class="field"
          type="date"
          value={form.last}
          onInput={(event) => onChange({ last: event.currentTarget.value })}
        />
      </label>
      <label>
        {w.amountFrom}{" "}
        <input
          class="field"
          type="number"
          min="0"
          value={String(form.yuan)}
          onInput={(event) => onChange({ yuan: Number(event.currentTarget.value) })}
        />
      </label>
    </div>
  );
}
