/** Tasks under supervision: the most overdue first, each with its problems to their closing. */
import { say } from "~/core/i18n";
import type { TaskItem } from "~/generated/api";
import { wholeDay } from "~/parts/district/items";
import { dayColumn, NounPage } from "~/parts/district/NounPage";
import { Chip, type ChipKind } from "~/parts/marks";
import type { Column } from "~/parts/tableRows";
import type { Params } from "../registry";
import { PROBLEM_STATES, STATES, w } from "./words";

const CHIPS: Readonly<Record<TaskItem["state"], ChipKind>> = {
  not_started: "plain",
  in_progress: "info",
  done: "ok",
  closed: "ok",
};
const openProblems = (task: TaskItem): number =>
  task.problems.filter((each) => each.state !== "closed").length;

export default function Tasks({ params }: { params: Params }) {
  const columns: Column<TaskItem>[] = [
    { key: "section", title: w.section, value: (task) => task.section },
    { key: "unit", title: w.unit, value: (task) => task.unit },
    dayColumn("first_due", w.firstDue, (task) => task.first_due),
    dayColumn("due", w.due, (task) => task.due),
    {
      key: "state",
      title: w.state,
      value: (task) => say(STATES[task.state]),
      cell: (task) => <Chip kind={CHIPS[task.state]}>{say(STATES[task.state])}</Chip>,
      width: 88,
    },
    {
      key: "overdue",
      title: w.overdue,
      value: (task) => task.overdue_days,
      cell: (task) => (task.overdue_days ? <b class="bad">{task.overdue_days}</b> : "—"),
      numeric: true,
    },
    { key: "open", title: w.open, value: openProblems, numeric: true },
  ];
  return (
    <NounPage
      noun="tasks"
      title={w.title}
      note={w.note}
      none={w.none}
      candidates={false}
      periodOf={w.firstDue}
      columns={columns}
      extras={(task) => <Problems task={task} />}
      heading={(task) => <Chip kind={CHIPS[task.state]}>{say(STATES[task.state])}</Chip>}
      item_id={params.id}
    />
  );
}

function Problems({ task }: { task: TaskItem }) {
  return (
    <section aria-label={w.problems}>
      <h3>{w.problems}</h3>
      {task.problems.length ? (
        <table>
          <thead>
            <tr>
              <th>{w.id}</th>
              <th>{w.state}</th>
              <th>{w.firstDue}</th>
              <th>{w.closedOn}</th>
            </tr>
          </thead>
          <tbody>
            {task.problems.map((each) => (
              <tr key={each.id}>
                <td class="mono">{each.id}</td>
                <td>{say(PROBLEM_STATES[each.state])}</td>
                <td class="keep">{wholeDay(each.first_due)}</td>
                <td class="keep">{wholeDay(each.closed_on)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="small t3">{w.noProblems}</p>
      )}
    </section>
  );
}
