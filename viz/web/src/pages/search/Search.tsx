/**
 * Results: grouped by kind, the matching part marked, why it matched at the right; a list of ids one per
 * line.
 */
import { useAsk } from "~/core/ask";
import { knownBy } from "~/core/format";
import { oneOf, words, type Both } from "~/core/i18n";
import { bornOn } from "~/core/namesakes";
import { param, setParams } from "~/core/router";
import { useShown } from "~/core/status";
import type { Hit } from "~/generated/api";
import { hitHref, HitLine, kindName } from "~/parts/hits";
import { listed, ListTools, type Order } from "~/parts/ListTools";
import { Page } from "~/parts/Page";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";

const w = words({
  title: (q: string): Both => [`查找“${q}”`, `Search “${q}”`],
  blank: ["查找", "Search"],
  all: ["全部", "All"],
  byFit: ["最相近在前", "Closest first"],
  byName: ["按名称", "By name"],
  name: ["名称", "Name"],
  number: ["号码或编号", "Number"],
  born: ["出生", "Born"],
  idNo: ["身份证号", "Resident id"],
  why: ["为何匹配", "Why it matched"],
  kinds: ["种类", "Kinds"],
  none: (q: string): Both => [
    `没有找到“${q}”。可尝试身份证号、手机号、账号或拼音。`,
    `Nothing for “${q}”. Try id, phone, account or pinyin.`,
  ],
  ask: ["没有，或无权查看。可发起协查。", "No such object, or not within your rights. You may ask the unit."],
  phone: ["读作手机号，未见于任何已导入的来源。", "Read as a phone number; in none of the loaded sources."],
  id: ["读作身份证号，未见于任何已导入的来源。", "Read as a resident id; in none of the loaded sources."],
  card: [
    "读作账号或卡号，未见于任何已导入的来源。",
    "Read as an account or card; in none of the loaded sources.",
  ],
  cut: (n: number, all: number): Both => [
    `只显示最相近的 ${n} 条，共 ${all} 条。补充几位再找。`,
    `The ${n} closest of ${all}. Add a few characters.`,
  ],
  shown: (n: number, all: number): Both => [`显示 ${n} / ${all} 条`, `${n} of ${all} hits`],
});

/** How the text was read, where nothing was found. */
function readAs(q: string): string {
  if (/^\+?(86)?1\d{10}$/.test(q)) return w.phone;
  if (/^\d{17}[\dXx]$/.test(q)) return w.id;
  return /^\d{12,19}$/.test(q) ? w.card : w.ask;
}

export default function Search() {
  const q = param("q")?.trim() ?? "";
  const kind = param("kind");
  const asked = useAsk("/search", q ? { query: { q, limit: 200 } } : null);
  const hits = asked.answer?.hits ?? [];
  const kinds = [...new Set(hits.map((hit) => hit.kind))];
  const orders: readonly Order<Hit>[] = [
    { id: "fit", label: w.byFit },
    { id: "name", label: w.byName, compare: (a, b) => a.label.localeCompare(b.label) },
  ];
  const shown = listed(
    "hits",
    kind ? hits.filter((hit) => hit.kind === kind) : hits,
    orders,
    (hit) => `${hit.label} ${hit.why} ${hit.person?.name ?? ""} ${hit.id}`,
  );
  useShown(asked.answer ? w.shown(shown.length, asked.answer.total) : "");
  return (
    <Page
      title={q ? w.title(q) : w.blank}
      tools={
        kinds.length > 1 && (
          <span class="segments" role="group" aria-label={w.kinds}>
            <button
              type="button"
              class={`button${kind ? "" : " on"}`}
              onClick={() => setParams({ kind: null })}
            >
              {w.all}
            </button>
            {kinds.map((each) => (
              <button
                key={each}
                type="button"
                class={`button${kind === each ? " on" : ""}`}
                onClick={() => setParams({ kind: each })}
              >
                {kindName(each)} {hits.filter((hit) => hit.kind === each).length}
              </button>
            ))}
          </span>
        )
      }
    >
      {asked.answer && asked.answer.total > hits.length && (
        <Band>{w.cut(hits.length, asked.answer.total)}</Band>
      )}
      <div class="fill" style={{ padding: "6px" }}>
        {asked.error && <Failed error={asked.error} retry={asked.again} />}
        {!asked.answer && asked.waiting && <Skeleton lines={8} height={32} />}
        {asked.answer && hits.length === 0 && (
          <Empty icon="search">
            <p>{w.none(q)}</p>
            <p class="small t3">{readAs(q)}</p>
          </Empty>
        )}
        {hits.length > 0 && (
          <ListTools
            name="hits"
            title={w.title(q)}
            orders={orders}
            rows={shown}
            head={[w.kinds, w.name, w.born, w.idNo, w.number, w.why]}
            line={(hit) => [
              kindName(hit.kind),
              hit.person?.name ?? hit.label,
              (hit.person && bornOn(hit.person)) || null,
              hit.person?.resident_id ?? null,
              hit.person ? knownBy(hit.person) : hit.label,
              oneOf(hit.why),
            ]}
          />
        )}
        {kinds
          .filter((each) => !kind || kind === each)
          .map((each) => (
            <Group key={each} kind={each} hits={shown.filter((hit) => hit.kind === each)} query={q} />
          ))}
      </div>
    </Page>
  );
}

function Group({ kind, hits, query }: { kind: string; hits: readonly Hit[]; query: string }) {
  return (
    <section>
      <h3 style={{ padding: "8px 8px 2px" }}>
        {kindName(kind)} <span class="t3">{hits.length}</span>
      </h3>
      {hits.map((hit) => (
        <a key={hit.id} class="hit" href={hitHref(hit)} style={{ color: "inherit" }}>
          <HitLine hit={hit} query={query} />
        </a>
      ))}
    </section>
  );
}
