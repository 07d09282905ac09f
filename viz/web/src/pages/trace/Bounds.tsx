/** What a trace may follow: direction, layers, gap, ratio, period. */
import { param, setParams } from "~/core/router";
import { MOST_LAYERS, queryOf, RATIOS, WINDOWS } from "./asking";
import { w } from "./words";

export function Bounds() {
  const asked = queryOf("");
  const set = (name: string) => (event: { currentTarget: { value: string } }) =>
    setParams({ [name]: event.currentTarget.value || null, pick: null });
  return (
    <div class="bounds">
      <span class="segments" role="group" aria-label={w.direction}>
        {(["down", "up"] as const).map((each) => (
          <button
            key={each}
            type="button"
            class={`button${asked.direction === each ? " on" : ""}`}
            aria-pressed={asked.direction === each}
            onClick={() => setParams({ direction: each === "up" ? "up" : null, pick: null })}
          >
            {w[each]}
          </button>
        ))}
      </span>
      <label>
        {w.layers}
        <select class="field" value={String(asked.layers)} onChange={set("layers")}>
          {Array.from({ length: MOST_LAYERS }, (_, n) => (
            <option key={n} value={String(n + 1)}>
              {n + 1}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.window}
        <select class="field" value={String(asked.window_hours ?? "")} onChange={set("window")}>
          <option value="">{w.anyTime}</option>
          {WINDOWS.map((each) => (
            <option key={each} value={String(each)}>
              {w.hours(each)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.ratio}
        <select class="field" value={param("ratio") ?? ""} onChange={set("ratio")}>
          <option value="">{w.anyTime}</option>
          {RATIOS.map(([least, most]) => (
            <option key={least} value={`${least}-${most}`}>
              {w.ratios(least, most)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {w.from}
        <input class="field" type="date" value={param("from") ?? ""} onChange={set("from")} />
      </label>
      <label>
        {w.till}
        <input class="field" type="date" value={param("until") ?? ""} onChange={set("until")} />
      </label>
      <label>
        <input
          type="checkbox"
          checked={asked.exchange}
          onChange={(event) => setParams({ exchange: event.currentTarget.checked ? "1" : null, pick: null })}
        />
        {w.exchange}
      </label>
    </div>
  );
}
