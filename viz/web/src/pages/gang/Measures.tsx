/** Who matters most in a gang, and what would remain without somebody. */
import { nameOf } from "~/core/format";
import { say } from "~/core/i18n";
import type { GangPage, Measures } from "~/generated/api";
import { Explained } from "~/parts/Explained";
import { PersonLink } from "~/parts/marks";
import { w } from "./words";

/** Sets of members that together part the gang most, or reach most of it. */
export function KeyPlayers({ page, measured }: { page: GangPage; measured: Measures }) {
  const people = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  return (
    <section>
      <h3>{w.keyPlayers}</h3>
      {measured.key_players.map((set) => (
        <div key={set.kind} class="small">
          <p>
            {set.kind === "fragment" ? (
              <Explained term="fragmentation">{w.fragment(`${Math.round(100 * set.value)}%`)}</Explained>
            ) : (
              w.reachAll(`${Math.round(100 * set.value)}%`)
            )}
          </p>
          <ul class="key-players">
            {set.members
              .map((id) => people.get(id))
              .map(
                (person) =>
                  person && (
                    <li key={person.id}>
                      <PersonLink person={person} />
                    </li>
                  ),
              )}
          </ul>
        </div>
      ))}
      <p class="small t3">{say([measured.caveat.zh, measured.caveat.en])}</p>
    </section>
  );
}

/** Who holds most together, worst first. */
export function RemovalPart({ page, measured }: { page: GangPage; measured: Measures }) {
  const person = new Map(page.gang.members.map((each) => [each.person.id, each.person]));
  const rows = measured.removals
    .map((removal) => ({ person: person.get(removal.removed[0] ?? ""), removal }))
    .sort(
      (a, b) => b.removal.pairs_cut - a.removal.pairs_cut || b.removal.supply_lost - a.removal.supply_lost,
    );
  return (
    <section class="gang-panel">
      <h3>{w.removal}</h3>
      <table class="small">
        <thead>
          <tr>
            <th scope="col">{w.name}</th>
            <th scope="col" class="num">
              {w.cut}
            </th>
            <th scope="col" class="num">
              {w.lost}
            </th>
            <th scope="col" class="num">
              {w.parts}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, 12).map(({ person: who, removal }) =>
            who ? (
              <tr key={who.id} title={nameOf(who)}>
                <td>
                  <PersonLink person={who} />
                </td>
                <td class="num">{Math.round(removal.pairs_cut * 100)}%</td>
                <td class="num">{Math.round(removal.supply_lost * 100)}%</td>
                <td class="num">{removal.parts}</td>
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
      <p class="small t2">{w.advice}</p>
    </section>
  );
}
