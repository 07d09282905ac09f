/** Where a trace begins: somebody or something is looked for and chosen, never guessed. */
import { useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { setParams } from "~/core/router";
import type { Hit } from "~/generated/api";
import { HitLine } from "~/parts/hits";
import { Failed, Skeleton } from "~/parts/states";
import { w } from "./words";

const MOST = 20;
const TRACED = /^(person|account|phone)$/i;

export function Start() {
  const [typed, setTyped] = useState("");
  const [query, setQuery] = useState("");
  const asked = useAsk("/search", query ? { query: { q: query, limit: MOST } } : null);
  const hits = (asked.answer?.hits ?? []).filter((each) => TRACED.test(each.kind));
  const choose = (hit: Hit) => {
    setQuery("");
    setTyped("");
    setParams({ start: hit.identifier ?? hit.person?.id ?? hit.id, pick: null }, true);
  };
  return (
    <form
      class="trace-start"
      onSubmit={(event) => {
        event.preventDefault();
        setQuery(typed.trim());
      }}
    >
      <input
        class="field"
        type="search"
        aria-label={w.who}
        placeholder={w.whoHint}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" class="button" disabled={!typed.trim()}>
        {w.find}
      </button>
      {query && (
        <div class="found">
          {asked.error && <Failed error={asked.error} retry={asked.again} />}
          {!asked.answer && asked.waiting && <Skeleton lines={3} />}
          {asked.answer && !hits.length && <p class="small t2">{w.nobody}</p>}
          {hits.map((each) => (
            <button type="button" key={`${each.kind} ${each.id}`} class="hit" onClick={() => choose(each)}>
              <HitLine hit={each} query={query} />
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
