/** Search from everywhere: results while typing, Enter opens the choice, Ctrl Enter all results. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { words, type Both } from "~/core/i18n";
import { go, place } from "~/core/router";
import type { Hit } from "~/generated/api";
import { hitHref, HitLine } from "~/parts/hits";
import { Icon } from "~/parts/Icon";

const LEAST = 1;
const PAUSE = 150;

const w = words({
  place: ["姓名、拼音、证件、号码、车牌、wxid、案号", "Name, pinyin, id, number, plate, wxid, case"],
  label: ["查找全部", "Search everything"],
  all: (q: string): Both => [`“${q}”的全部结果`, `All results for “${q}”`],
  none: (q: string): Both => [
    `没有找到“${q}”。可尝试身份证号、手机号、账号或拼音。`,
    `Nothing for “${q}”. Try id, phone, account or pinyin.`,
  ],
});

/** The text after nobody typed for a moment. */
export function useSettled(text: string, ms = PAUSE): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

export function QuickSearch() {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const settled = useSettled(text.trim());
  const asked = useAsk(
    "/search",
    open && settled.length >= LEAST ? { query: { q: settled, limit: 8 } } : null,
  );
  const hits = open && settled ? (asked.answer?.hits ?? []) : [];
  const shut = () => {
    setOpen(false);
    setAt(0);
  };
  const openHit = (hit: Hit) => {
    shut();
    setText("");
    go(hitHref(hit));
  };
  const all = () => {
    if (!text.trim()) return;
    shut();
    go(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  useEffect(() => {
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) shut();
    };
    document.addEventListener("mousedown", outside);
    return () => document.removeEventListener("mousedown", outside);
  }, []);
  const here = place.value;
  useEffect(shut, [here]);
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt(Math.min(Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)), hits.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const hit = settled === text.trim() ? hits[at] : undefined;
      if (hit && !event.ctrlKey) openHit(hit);
      else all();
    } else if (event.key === "Escape") {
      shut();
      (event.currentTarget as HTMLElement).blur();
    }
  };
  return (
    <div class="find" ref={box} role="search">
      <Icon name="search" />
      <input
        id="quick-search"
        class="field"
        type="text"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="quick-hits"
        aria-activedescendant={hits.length ? `quick-hit-${at}` : undefined}
        aria-label={w.label}
        placeholder={w.place}
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        value={text}
        onFocus={() => setOpen(true)}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setOpen(true);
          setAt(0);
        }}
        onKeyDown={keys}
        onBlur={(event) => !box.current?.contains(event.relatedTarget as Node | null) && shut()}
      />
      <kbd>Ctrl K</kbd>
      {open && settled && (hits.length > 0 || (asked.answer && !asked.waiting)) && (
        <Hits hits={hits} at={at} query={settled} onAt={setAt} onOpen={openHit} onAll={all} />
      )}
    </div>
  );
}

interface HitsProps {
  hits: readonly Hit[];
  /** Which is chosen; the last is the way to all results. */
  at: number;
  query: string;
  onAt: (at: number) => void;
  onOpen: (hit: Hit) => void;
  onAll: () => void;
}

/** The list below the field. The focus stays in the field, which has the keys. */
function Hits({ hits, at, query, onAt, onOpen, onAll }: HitsProps) {
  return (
    <div class="pop" id="quick-hits" role="listbox" aria-label={w.label}>
      {hits.map((hit, n) => (
        <Choice key={`${hit.kind}${hit.id}`} n={n} on={n === at} onAt={onAt} onChoose={() => onOpen(hit)}>
          <HitLine hit={hit} query={query} />
        </Choice>
      ))}
      {hits.length === 0 && (
        <p class="small t2" style={{ padding: "8px" }}>
          {w.none(query)}
        </p>
      )}
      <Choice n={hits.length} on={at === hits.length} onChoose={onAll}>
        <Icon name="search" size={14} />
        <span class="grow">{w.all(query)}</span>
        <kbd>Ctrl ⏎</kbd>
      </Choice>
    </div>
  );
}

interface ChoiceProps {
  n: number;
  on: boolean;
  onAt?: (at: number) => void;
  onChoose: () => void;
  children: ComponentChildren;
}

function Choice({ n, on, onAt, onChoose, children }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
    <div
      id={`quick-hit-${n}`}
      role="option"
      tabIndex={-1}
      aria-selected={on}
      class={`hit${on ? " on" : ""}`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onMouseEnter={() => onAt?.(n)}
    >
      {children}
    </div>
  );
}
