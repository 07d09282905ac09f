/** What was paid in each month, as bars on the axis and the scale all rows of a table share. */
import { yuan } from "~/core/format";
import type { SupplyEdge } from "~/generated/api";

type Months = SupplyEdge["months"];

export interface MonthAxis {
  /** YYYY-MM, every month from the first to the last that any row has. */
  months: readonly string[];
  most: number;
}

const WIDEST = 24; // months; older ones are in the text and in the export

const next = (month: string): string => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${String(year + 1)}-01` : `${String(year)}-${String(number + 1).padStart(2, "0")}`;
};

export function monthAxis(rows: readonly Months[]): MonthAxis {
  const all = rows.flat();
  const known = all.map((each) => each.month).sort();
  const months: string[] = [];
  for (let month = known[0]; month !== undefined && month <= (known.at(-1) ?? ""); month = next(month))
    months.push(month);
  return { months: months.slice(-WIDEST), most: Math.max(1, ...all.map((each) => each.fen)) };
}

export const monthText = (months: Months): string =>
  months.map((each) => `${each.month} ${yuan(each.fen)} ×${String(each.count)}`).join("; ");

export function MonthBars({ months, axis }: { months: Months; axis: MonthAxis }) {
  if (!months.length) return <span class="t3">–</span>;
  const of = new Map(months.map((each) => [each.month, each]));
  return (
    <span class="month-bars" role="img" aria-label={monthText(months)}>
      {axis.months.map((month) => {
        const found = of.get(month);
        return (
          <i key={month} title={found ? monthText([found]) : month}>
            {found && <b style={{ height: `${String(Math.max(12, (100 * found.fen) / axis.most))}%` }} />}
          </i>
        );
      })}
    </span>
  );
}
