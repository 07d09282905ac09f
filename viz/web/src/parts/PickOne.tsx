/** Somebody or something is looked for and chosen, never guessed. */
import { useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { words } from "~/core/i18n";
import type { Hit } from "~/generated/api";
import { HitLine } from "./hits";
import { Failed, Skeleton } from "./states";

const MOST = 20;

const w = words({
  who: ["姓名、号码、账号", "Name, number or account"],
  find: ["查找", "Find"],
  nobody: ["没有查到，请换一个写法。", "Nobody found; try another form."],
});

interface PickProps {
  /** Kinds of hits one may choose. */
  kinds: RegExp;
  label: string;
  onPick: (hit: Hit) => void;
}

export function PickOne({ kinds, label, onPick }: PickProps) {
  const [typed, setTyped] = useState("");
  const [query, setQuery] = useState("");
  const asked = useAsk("/search", query ? { query: { q: query, limit: MOST } } : null);
  const hits = (asked.answer?.hits ?? []).filter((each) => kinds.test(each.kind));
  const choose = (hit: Hit) => {
    setQuery("");
    setTyped("");
    onPick(hit);
  };
  return (
    <form
      class="pick-one"
      onSubmit={(event) => {
        event.preventDefault();
        setQuery(typed.trim());
      }}
    >
      <input
        class="field"
        type="search"
        aria-label={label}
        placeholder={w.who}
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
