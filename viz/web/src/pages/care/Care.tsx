/** Graded care of registered users: who missed most first, each with regimes, what is due and the class. */
import { say } from "~/core/i18n";
import type { Care as CareAnswer, CareItem } from "~/generated/api";
import { wholeDay } from "~/parts/district/items";
import { dayColumn, NounPage } from "~/parts/district/NounPage";
import { Chip } from "~/parts/marks";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { Figures } from "./Figures";
import { CLASSES, REGIMES, w, WHAT } from "./words";

const MOST = 40;
type Regime = CareItem["regimes"][number];

const latest = (item: CareItem): Regime | undefined => item.regimes[item.regimes.length - 1];
const named = (regime: Regime | undefined): string | null =>
  regime ? say(REGIMES[regime.kind] ?? [regime.kind, regime.kind]) : null;
const klass = (item: CareItem): string | null => item.class.confirmed ?? item.class.proposed;
export default function Care({ params }: { params: Params }) {
  const columns: Column<CareItem>[] = [
    { key: "class", title: w.klass, value: klass, cell: (item) => <ClassChip item={item} />, width: 96 },
    { key: "regime", title: w.regime, value: (item) => named(latest(item)) },
    dayColumn("ends", w.to, (item) => latest(item)?.ends_on ?? null),
    dayColumn("exit", w.exit, (item) => item.exit_on),
    {
      key: "counted",
      title: w.counted,
      value: (item) => (item.counted ? w.yes : w.no),
      width: 72,
    },
    {
      key: "missed",
      title: w.open,
      value: (item) => item.missed,
      cell: (item) => (item.missed ? <b class="bad">{item.missed}</b> : "—"),
      numeric: true,
    },
  ];
  return (
    <NounPage
      noun="care"
      title={w.title}
      note={w.note}
      none={w.none}
      candidates={false}
      periodOf={w.period}
      columns={columns}
      above={(answer) => <Figures answer={answer as unknown as CareAnswer} />}
      heading={(item) => (
        <>
          <ClassChip item={item} />
          {item.sealed && <Chip kind="warn">{w.sealed}</Chip>}
        </>
      )}
      decide={(item) => ({
        kind: "care",
        subjects: [item.id],
        about: `ResidentId:${item.id}`,
        verdicts: CLASSES,
      })}
      extras={(item) => (
        <>
          <Factors item={item} />
          <Regimes item={item} />
          <Due item={item} />
        </>
      )}
      item_id={params.id}
    />
  );
}

function ClassChip({ item }: { item: CareItem }) {
  const { confirmed, proposed } = item.class;
  if (confirmed)
    return (
      <Chip kind="ok">
        {confirmed} {w.confirmed}
      </Chip>
    );
  return proposed ? (
    <Chip kind="plain">
      {proposed} {w.proposed}
    </Chip>
  ) : (
    <>—</>
  );
}

function Factors({ item }: { item: CareItem }) {
  if (!item.class.factors.length) return null;
  return (
    <section aria-label={w.factors}>
      <h3>{w.factors}</h3>
      <table>
        <thead>
          <tr>
            <th>{w.factor}</th>
            <th>{w.points}</th>
            <th>{w.lower}</th>
          </tr>
        </thead>
        <tbody>
          {item.class.factors.map((each) => (
            <tr key={each.factor}>
              <td>{say([each.zh, each.en])}</td>
              <td>{each.points}</td>
              <td>
                {say([each.lower_zh, each.lower_en])}
                {each.falls_on && <span class="t3"> {w.since(each.falls_on)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Regimes({ item }: { item: CareItem }) {
  return (
    <section aria-label={w.regimes}>
      <h3>{w.regimes}</h3>
      {item.regimes.length ? (
        <table>
          <thead>
            <tr>
              <th>{w.regime}</th>
              <th>{w.from}</th>
              <th>{w.to}</th>
              <th>{w.suspended}</th>
            </tr>
          </thead>
          <tbody>
            {item.regimes.map((each) => (
              <tr key={`${each.kind} ${each.starts_on} ${each.ends_on}`}>
                <td>{named(each)}</td>
                <td class="keep">{wholeDay(each.starts_on)}</td>
                <td class="keep">{wholeDay(each.ends_on)}</td>
                <td>{each.days_suspended || "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="small t3">{w.noRegimes}</p>
      )}
    </section>
  );
}

function Due({ item }: { item: CareItem }) {
  const shown = [...item.due].sort((a, b) => (a.on < b.on ? 1 : -1)).slice(0, MOST);
  const more = item.due.length - shown.length;
  return (
    <section aria-label={w.due}>
      <h3>{w.due}</h3>
      {shown.length ? (
        <table>
          <thead>
            <tr>
              <th>{w.what}</th>
              <th>{w.on}</th>
              <th>{w.done}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={`${each.what} ${each.on}`}>
                <td>{say(WHAT[each.what])}</td>
                <td class="keep">{wholeDay(each.on)}</td>
                <td class="keep">{wholeDay(each.done_on)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="small t3">{w.noDue}</p>
      )}
      {more > 0 && <p class="small t3">{w.more(more)}</p>}
    </section>
  );
}
