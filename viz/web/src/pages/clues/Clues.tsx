/** Online-sale clues: sellers with their clues, why these are joined, and what a case still needs. */
import { say } from "~/core/i18n";
import { to } from "~/core/router";
import type { OfferItem } from "~/generated/api";
import { wholeDay } from "~/parts/district/items";
import { dayColumn, NounPage } from "~/parts/district/NounPage";
import { substance } from "~/parts/district/substances";
import { Chip, type ChipKind, PersonLink, RowRef } from "~/parts/marks";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { Joins } from "./Joins";
import { NEEDS, STATES, STATUS, w } from "./words";

const STATUS_CHIPS: Readonly<Record<OfferItem["substances"][number]["status"], ChipKind>> = {
  controlled: "warn",
  not_controlled: "ok",
  unknown: "plain",
};
const STATE_CHIPS: Readonly<Record<OfferItem["case_needs"][number]["state"], ChipKind>> = {
  yes: "ok",
  asked: "info",
  no: "plain",
};
const missing = (item: OfferItem): number => item.case_needs.filter((each) => each.state !== "yes").length;
const meant = (item: OfferItem): string =>
  [...new Set(item.substances.map((each) => each.tested ?? each.substance ?? each.word))]
    .filter((each) => each !== null)
    .map(substance)
    .join(w.comma);
/** The first, and how many more. */
const some = (all: readonly string[]): string =>
  all.length > 1 ? `${all[0]} +${all.length - 1}` : (all[0] ?? "—");
/** Holders of the accounts by name; of those nobody knows a name of, how many. */
const holders = (item: OfferItem): string => {
  const named = item.persons.flatMap((each) => (each.name ? [each.name] : []));
  const others = item.persons.length - named.length;
  return [...named, ...(others ? [w.unnamed(others)] : [])].join(w.comma);
};

export default function Clues({ params }: { params: Params }) {
  const columns: Column<OfferItem>[] = [
    { key: "clues", title: w.clues, value: (item) => item.clues.length, numeric: true, width: 72 },
    {
      key: "accounts",
      title: w.accounts,
      value: (item) => item.accounts.join(" "),
      cell: (item) => <span title={item.accounts.join(" ")}>{some(item.accounts)}</span>,
    },
    { key: "persons", title: w.persons, value: holders },
    { key: "substances", title: w.substances, value: meant },
    dayColumn("last", w.last, (item) => item.last_on),
    { key: "needs", title: w.needs, value: missing, numeric: true, width: 88 },
  ];
  return (
    <NounPage
      noun="clues"
      title={w.title}
      note={w.note}
      none={w.none}
      periodOf={w.period}
      columns={columns}
      reasons={false}
      extras={(item) => (
        <>
          <Joins item={item} />
          <Persons item={item} />
          <Substances item={item} />
          <Needs item={item} />
        </>
      )}
      handOver={w.aboutLead}
      item_id={params.id}
    />
  );
}

function Persons({ item }: { item: OfferItem }) {
  if (!item.persons.length) return null;
  return (
    <section aria-label={w.persons}>
      <h3>{w.persons}</h3>
      <ul class="plain">
        {item.persons.map((each) => (
          <li key={each.id}>
            <PersonLink person={each} />
          </li>
        ))}
      </ul>
      {item.chains.length > 0 && (
        <p class="small">
          {w.chains} <span class="mono">{item.chains.join(" ")}</span>
        </p>
      )}
      {item.gangs.length > 0 && (
        <p class="small">
          {w.gangs}{" "}
          {item.gangs.map((each) => (
            <a key={each} class="mono" href={to`/gangs/${each}`}>
              {each}{" "}
            </a>
          ))}
        </p>
      )}
    </section>
  );
}

function Substances({ item }: { item: OfferItem }) {
  if (!item.substances.length) return null;
  return (
    <section aria-label={w.substances}>
      <h3>{w.substances}</h3>
      <table>
        <thead>
          <tr>
            {[w.clue, w.day, w.word, w.means, w.tested, w.status].map((each) => (
              <th key={each}>{each}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {item.substances.map((each) => (
            <tr key={`${each.clue}${each.word}`}>
              <td class="mono">{each.clue}</td>
              <td class="keep">{wholeDay(each.act_on)}</td>
              <td>{each.word ?? "—"}</td>
              <td>{each.substance ? substance(each.substance) : "—"}</td>
              <td>{each.tested ? substance(each.tested) : "—"}</td>
              <td>
                <Chip kind={STATUS_CHIPS[each.status]} title={each.since ? w.since(each.since) : undefined}>
                  {say(STATUS[each.status])}
                </Chip>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Needs({ item }: { item: OfferItem }) {
  return (
    <section aria-label={w.caseNeeds}>
      <h3>{w.caseNeeds}</h3>
      <table>
        <tbody>
          {item.case_needs.map((each) => (
            <tr key={each.need}>
              <th scope="row">{say(NEEDS[each.need])}</th>
              <td>
                <Chip kind={STATE_CHIPS[each.state]}>{say(STATES[each.state])}</Chip>
              </td>
              <td>
                <RowRef refs={each.evidence} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
