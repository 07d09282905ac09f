/** Barred drivers: vehicles seen after their holder lost the licence for drugs; to be verified, no more. */
import { moment } from "~/core/format";
import { say } from "~/core/i18n";
import type { DriverLead } from "~/generated/api";
import { WEEKDAYS } from "~/core/weekdays";
import { wholeDay } from "~/parts/district/items";
import { dayColumn, NounPage } from "~/parts/district/NounPage";
import { Values } from "~/parts/district/Values";
import { Chip, type ChipKind } from "~/parts/marks";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { CLONES, PLATE_KINDS, TIES, w } from "./words";

const MOST = 12;
const CHIPS: Readonly<Record<NonNullable<DriverLead["clone"]>["state"], ChipKind>> = {
  suspected_clone: "warn",
  misread: "plain",
  to_check: "info",
};
const lastPass = (lead: DriverLead): string | null => lead.passes[lead.passes.length - 1]?.at ?? null;

export default function Drivers({ params }: { params: Params }) {
  const columns: Column<DriverLead>[] = [
    { key: "class", title: w.licence, value: (lead) => lead.licence.class, width: 72 },
    dayColumn("lost", w.lost, (lead) => lead.licence.lost_at),
    { key: "plate", title: w.plate, value: (lead) => lead.vehicle.plate },
    { key: "tie", title: w.tie, value: (lead) => say(TIES[lead.tie]) },
    { key: "passes", title: w.passes, value: (lead) => lead.passes.length, numeric: true },
    dayColumn("last", w.last, lastPass),
    {
      key: "clone",
      title: w.clone,
      value: (lead) => (lead.clone ? say(CLONES[lead.clone.state]) : null),
      cell: (lead) => (lead.clone ? <CloneChip clone={lead.clone} /> : "—"),
      width: 96,
    },
  ];
  return (
    <NounPage
      noun="drivers"
      title={w.title}
      note={w.note}
      none={w.none}
      periodOf={w.period}
      columns={columns}
      heading={(lead) => lead.clone && <CloneChip clone={lead.clone} />}
      extras={(lead) => (
        <>
          <Facts lead={lead} />
          <Windows lead={lead} />
          <Passes lead={lead} />
        </>
      )}
      handOver={w.aboutLead}
      item_id={params.id}
    />
  );
}

function CloneChip({ clone }: { clone: NonNullable<DriverLead["clone"]> }) {
  const { km, seconds, kmh } = clone;
  const why = km !== null && seconds !== null && kmh !== null ? w.jump(km, seconds, kmh) : w.looks;
  return (
    <Chip kind={CHIPS[clone.state]} title={why}>
      {say(CLONES[clone.state])}
    </Chip>
  );
}

const kindOf = (kind: string): string => say(PLATE_KINDS[kind] ?? [kind, kind]);

function Facts({ lead }: { lead: DriverLead }) {
  const values: [string, string | null][] = [
    [w.plate, `${lead.vehicle.plate} · ${kindOf(lead.vehicle.plate_kind)}`],
    [w.tie, say(TIES[lead.tie])],
    [w.licence, lead.licence.class],
    [w.state, lead.licence.state],
    [w.lost, wholeDay(lead.licence.lost_at)],
    [w.next, wholeDay(lead.licence.next_from)],
  ];
  return <Values label={w.title} values={values} />;
}

function Windows({ lead }: { lead: DriverLead }) {
  return (
    <section aria-label={w.windows}>
      <h3>{w.windows}</h3>
      {lead.windows.length ? (
        <table>
          <thead>
            <tr>
              <th>{w.weekday}</th>
              <th>{w.time}</th>
              <th>{w.camera}</th>
              <th>{w.weeks}</th>
            </tr>
          </thead>
          <tbody>
            {lead.windows.map((each) => (
              <tr key={`${each.camera} ${each.weekday} ${each.from}`}>
                <td>{say(WEEKDAYS[each.weekday - 1] ?? ["—", "—"])}</td>
                <td class="keep">
                  {each.from}–{each.to}
                </td>
                <td class="mono">{each.camera}</td>
                <td>{w.of(each.hits, each.of)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="small t3">{w.noWindows}</p>
      )}
    </section>
  );
}

function Passes({ lead }: { lead: DriverLead }) {
  const shown = lead.passes.slice(-MOST).reverse();
  const more = lead.passes.length - shown.length;
  return (
    <section aria-label={w.passes}>
      <h3>{w.passes}</h3>
      <table>
        <thead>
          <tr>
            <th>{w.time_of}</th>
            <th>{w.camera}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((each) => (
            <tr key={`${each.at} ${each.camera}`}>
              <td class="keep">{moment(each.at)}</td>
              <td class="mono">{each.camera}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="small t3">{w.more(more)}</p>}
    </section>
  );
}
