/**
 * What was seized from a person or in a case: substances, a bar against the legal quantities, what the next
 * tier lacks.
 */
import { say, words, type Both } from "~/core/i18n";
import type { CaseQuantities, PersonQuantities, TierBasis as Basis } from "~/generated/api";
import { Chip, RowRef } from "./marks";

const w = words({
  quantities: ["累计数量与档次", "Quantities and tier"],
  tier: (tier: string): Both =>
    ({
      packet: ["不足数量较大", "below the first quantity tier"] as const,
      small: ["数量较大", "first quantity tier"] as const,
      major: ["数量大", "major quantity"] as const,
    })[tier] ?? ["数量不明", "quantity unknown"],
  grams: (grams: number): Both => [`${grams} 克`, `${grams} g`],
  nextTier: (grams: number): Both => [
    `距下一档还差折合海洛因 ${grams} 克；不按纯度，须经人工认定`,
    `the next tier lacks ${grams} g of heroin equivalent; not by purity, a person decides`,
  ],
  rows: (n: number): Both => [`${n} 行`, `${n} rows`],
  bar: (grams: string): Both => [`折合海洛因 ${grams} 克`, `${grams} g of heroin equivalent`],
  large: ["数量较大", "first tier"],
  major: ["数量大", "major"],
  example: (tier: string, grams: string): Both => [
    `示例，仅用于排序，不是法定档次：${tier}，折合海洛因 ${grams} 克`,
    `example for ranking only, no tier of the law: ${tier}, ${grams} g of heroin equivalent`,
  ],
  rule: (laws: string): Both => [
    `依据 ${laws}；以登记净重计，候选`,
    `under ${laws}; by net weight on record, candidate`,
  ],
});

const [LARGE, MAJOR, WIDTH] = [10, 50, 300]; // grams of heroin: 刑法 347 条第 2、3 款
const [AT_LARGE, AT_MAJOR] = [0.4 * WIDTH, 0.8 * WIDTH];

/**
 * Below the first threshold, between both, and beyond on a logarithm: what matters is how far the next one
 * is.
 */
function along(grams: number): number {
  if (grams <= LARGE) return (grams / LARGE) * AT_LARGE;
  if (grams <= MAJOR) return AT_LARGE + ((grams - LARGE) / (MAJOR - LARGE)) * (AT_MAJOR - AT_LARGE);
  return Math.min(WIDTH, AT_MAJOR + Math.log10(grams / MAJOR) * (WIDTH - AT_MAJOR));
}

export function Quantities({ found }: { found: PersonQuantities | CaseQuantities | null }) {
  if (!found || (!found.evidence.length && !found.missing.length)) return null;
  const example = found.basis.provisional;
  return (
    <section class="person-panel">
      <h3 class="between">
        {w.quantities} <Chip>{w.tier(found.tier)}</Chip>
      </h3>
      {Object.entries(found.grams).map(([name, grams]) => (
        <p key={name} class="between">
          <span>{name}</span>
          <span class="mono">{w.grams(grams)}</span>
        </p>
      ))}
      <TierBar basis={found.basis} />
      {found.next && <p class="small t2">{w.nextTier(found.next.heroin_equivalent_g)}</p>}
      {example && (
        <p class="small warn">
          {w.example(w.tier(example.tier), String(Number(example.heroin_equivalent_g.toFixed(2))))}
        </p>
      )}
      {found.missing.map((each) => (
        <p key={each.kind} class="small">
          {say([each.zh, each.en])}
        </p>
      ))}
      {found.evidence.length > 0 && <RowRef refs={found.evidence} label={w.rows(found.evidence.length)} />}
    </section>
  );
}

/** Striped, since a quantity is a candidate until a person has decided it. */
function TierBar({ basis }: { basis: Basis }) {
  const grams = basis.heroin_equivalent_g;
  if (grams === undefined || !basis.rules?.length) return null;
  const laws = [...new Set(basis.rules.map((each) => `${each.law} ${each.article}`))].join("；");
  return (
    <figure class="tier-bar">
      <svg viewBox={`0 0 ${WIDTH} 34`} role="img" aria-label={w.bar(String(grams))}>
        <defs>
          <pattern
            id="tier-striped"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0v6" class="stripe" />
          </pattern>
        </defs>
        <rect class="track" x="0" y="2" width={WIDTH} height="12" rx="2" />
        <rect class="amount" x="0" y="2" width={along(grams)} height="12" rx="2" fill="url(#tier-striped)" />
        {[[AT_LARGE, LARGE, w.large] as const, [AT_MAJOR, MAJOR, w.major] as const].map(([x, at, name]) => (
          <g key={at}>
            <path class="threshold" d={`M${x} 0v17`} />
            <text x={x} y="30" text-anchor="middle">{`${at} g ${name}`}</text>
          </g>
        ))}
      </svg>
      <figcaption class="small t3">
        {w.bar(String(Number(grams.toFixed(2))))} · {w.rule(laws)}
      </figcaption>
    </figure>
  );
}
