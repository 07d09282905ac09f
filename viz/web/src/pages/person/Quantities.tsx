/** What was seized from a person over all his cases, its legal tier, and what the next tier lacks. */
import { useAsk } from "~/core/ask";
import { say } from "~/core/i18n";
import { Chip, RowRef } from "~/parts/marks";
import { w } from "./words";

export function Quantities({ person }: { person: string }) {
  const asked = useAsk("/persons/{person_id}/quantities", { path: { person_id: person } });
  const found = asked.answer;
  if (!found || (!found.evidence.length && !found.missing.length)) return null;
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
      {found.next && <p class="small t2">{w.nextTier(found.next.heroin_equivalent_g)}</p>}
      {found.missing.map((each) => (
        <p key={each.kind} class="small">{say([each.zh, each.en])}</p>
      ))}
      {found.evidence.length > 0 && <RowRef refs={found.evidence} label={w.rowsOf(found.evidence.length)} />}
    </section>
  );
}
