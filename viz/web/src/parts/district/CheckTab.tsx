/** What is wrong with the data of a noun: gaps, impossible values, rows without their counterpart. */
import { useAsk } from "~/core/ask";
import { say } from "~/core/i18n";
import { param } from "~/core/router";
import { useShown } from "~/core/status";
import type { Finding } from "~/generated/api";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import { rowsColumn } from "~/parts/columns";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";

export function CheckTab({ noun, title }: { noun: string; title: string }) {
  const asked = useAsk(`/${noun}/check` as "/tasks/check", { query: { on: param("on") } });
  const answer = asked.answer;
  useShown(answer ? w.shown(answer.count, answer.count + answer.left_out) : "");
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!answer) return <Skeleton lines={8} />;
  if (!answer.items.length) return <Empty icon="check">{w.clean}</Empty>;
  const columns: Column<Finding>[] = [
    { key: "id", title: w.id, value: (each) => each.id },
    { key: "finding", title: w.finding, value: (each) => say([each.zh, each.en]), rest: true },
    rowsColumn(w.open),
  ];
  return (
    <Table
      name={`${noun}-check`}
      label={`${title} · ${w.check}`}
      columns={columns}
      rows={answer.items}
      total={answer.count + answer.left_out}
      rowKey={(each) => `${each.code}${each.id}${each.evidence.join()}`}
    />
  );
}
