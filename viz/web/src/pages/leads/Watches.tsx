/** Watches: a question kept, asked again after every load and run. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { moment } from "~/core/format";
import { say, type Both } from "~/core/i18n";
import { param } from "~/core/router";
import type { WatchShown } from "~/generated/api";
import { Chip } from "~/parts/marks";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { PATTERNS } from "~/core/patterns";
import { KINDS, NOUNS, STEPS, w } from "./words";

export function Watches() {
  const asked = useAsk("/watches", {});
  const [told, setTold] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const act = async (work: () => Promise<string>) => {
    setError(null);
    try {
      setTold(await work());
      asked.again();
    } catch (failed) {
      setError(asApiError(failed));
    }
  };
  const end = (id: string) =>
    act(async () => {
      await api.post("/watches/{watch_id}/end", { path: { watch_id: id } });
      return "";
    });
  const look = () =>
    act(async () => {
      const found = await api.post("/watches/look", {});
      return w.looked(found.new, found.gone);
    });
  const columns: Column<WatchShown>[] = [
    { key: "name", title: w.name, value: (each) => each.name },
    { key: "kind", title: w.kind, value: (each) => say(KINDS[each.kind] ?? [each.kind, each.kind]) },
    {
      key: "hits",
      title: w.hits,
      value: (each) => each.found,
      cell: (each) => (each.truncated ? `${each.found} +` : each.found),
      numeric: true,
    },
    { key: "new", title: w.waiting, value: (each) => each.waiting, numeric: true },
    {
      key: "looked",
      title: w.last,
      value: (each) => each.looked,
      cell: (each) => (each.looked ? moment(each.looked) : "—"),
    },
    { key: "by", title: w.by, value: (each) => each.author, hidden: true },
    { key: "basis", title: w.basis, value: (each) => each.basis },
    {
      key: "state",
      title: w.state,
      value: (each) => (each.ended ? w.ended : each.failed ? w.failed : w.standing),
      cell: (each) =>
        each.ended ? (
          <Chip>{w.ended}</Chip>
        ) : (
          <span class="row">
            <Chip kind={each.failed ? "bad" : "ok"} title={each.failed ?? ""}>
              {each.failed ? w.failed : w.standing}
            </Chip>
            <button type="button" class="link" onClick={() => void end(each.id)}>
              {w.end}
            </button>
          </span>
        ),
    },
  ];
  const rows = asked.answer?.watches ?? [];
  const lookNow = (
    <button type="button" class="button" onClick={() => void look()}>
      {w.look}
    </button>
  );
  return (
    <div class="watches">
      <NewWatch onSet={(watch) => void act(async () => w.wasSet(watch.found))} />
      {error && <Failed error={error} />}
      {told && <Band>{told}</Band>}
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {!asked.answer && !asked.error && <Skeleton />}
      {asked.answer && !rows.length && <Empty icon="eye">{w.noWatches}</Empty>}
      {rows.length > 0 && (
        <Table
          name="watches"
          label={w.watches}
          columns={columns}
          rows={rows}
          rowKey={(each) => each.id}
          tools={lookNow}
        />
      )}
    </div>
  );
}

function Choice(props: {
  label: string;
  of: Readonly<Record<string, Both>>;
  value: string;
  choose: (next: string) => void;
}) {
  return (
    <label>
      <span class="field-label">{props.label}</span>
      <select class="field" value={props.value} onChange={(event) => props.choose(event.currentTarget.value)}>
        {Object.entries(props.of).map(([value, label]) => (
          <option key={value} value={value}>
            {say(label)}
          </option>
        ))}
      </select>
    </label>
  );
}

const text = (label: string, value: string, change: (next: string) => void) => (
  <label>
    <span class="field-label">{label}</span>
    <input
      class="field"
      type="text"
      maxLength={200}
      autocomplete="off"
      value={value}
      onInput={(event) => change(event.currentTarget.value)}
    />
  </label>
);

const figure = (label: string, value: string, change: (next: string) => void, most: string, step: string) => (
  <label>
    <span class="field-label">{label}</span>
    <input
      class="field"
      type="number"
      min="0"
      max={most}
      step={step}
      value={value}
      onInput={(event) => change(event.currentTarget.value)}
    />
  </label>
);

function NewWatch({ onSet }: { onSet: (watch: WatchShown) => void }) {
  const [kind, setKind] = useState<WatchShown["kind"]>(
    (param("kind") as WatchShown["kind"] | null) ?? "appears",
  );
  const [target, setTarget] = useState(param("target") ?? "");
  const [other, setOther] = useState("");
  const [steps, setSteps] = useState(STEPS[0]?.value ?? "");
  const [hours, setHours] = useState("72");
  const [score, setScore] = useState("0.5");
  const [name, setName] = useState("");
  const [basis, setBasis] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [shape, setShape] = useState<string>("pass_through");
  const [noun, setNoun] = useState(Object.keys(NOUNS)[0] ?? "");
  const scored = kind === "supplier" || kind === "chain";
  const district = kind === "district";
  const pattern = kind === "pattern";
  const ready =
    !busy &&
    (target.trim() !== "" || kind === "chain" || district || pattern) &&
    (kind !== "path" || other.trim() !== "");
  const asked = () => ({
    kind,
    ...(pattern ? { target: shape } : {}),
    ...(district
      ? { target: noun, ...(target.trim() ? { unit: target.trim() } : {}) }
      : target.trim() && !pattern
        ? { [kind === "search" ? "query" : "target"]: target.trim() }
        : {}),
    ...(kind === "path" ? { other: other.trim() } : {}),
    ...(kind === "sequence" ? { steps: steps.split(","), hours: Number(hours) } : {}),
    ...(scored ? { min_score: Number(score) } : {}),
  });
  const set = async () => {
    setBusy(true);
    setError(null);
    try {
      const made = await api.post("/watches", {
        body: { asked: asked() as WatchShown["asked"], name, basis },
      });
      setTarget("");
      setName("");
      onSet(made.watch);
    } catch (failed) {
      setError(asApiError(failed));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void set();
      }}
    >
      <p class="t2">{w.watchNote}</p>
      <div class="watch-fields">
        <Choice label={w.kind} of={KINDS} value={kind} choose={(next) => setKind(next as typeof kind)} />
        {district && <Choice label={w.noun} of={NOUNS} value={noun} choose={setNoun} />}
        {pattern && <Choice label={w.pattern} of={PATTERNS} value={shape} choose={setShape} />}
        {!pattern && text(district ? w.ofUnit : kind === "search" ? w.query : w.target, target, setTarget)}
        {kind === "path" && text(w.other, other, setOther)}
        {kind === "sequence" && (
          <label>
            <span class="field-label">{w.steps}</span>
            <select class="field" value={steps} onChange={(event) => setSteps(event.currentTarget.value)}>
              {STEPS.map((each) => (
                <option key={each.value} value={each.value}>
                  {say(each.label)}
                </option>
              ))}
            </select>
          </label>
        )}
        {kind === "sequence" && figure(w.hours, hours, setHours, "2160", "1")}
        {scored && figure(w.minScore, score, setScore, "1", "0.05")}
        {text(w.name, name, setName)}
        {text(w.basis, basis, setBasis)}
        <button type="submit" class="button primary" disabled={!ready}>
          {w.set}
        </button>
      </div>
      {error && <Failed error={error} />}
    </form>
  );
}
