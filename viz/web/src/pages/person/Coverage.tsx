/** What was asked for and answered, identifier by month: an empty month is never "no dealings". */
import { useAsk } from "~/core/ask";
import { say } from "~/core/i18n";
import { ObjectLink } from "~/parts/objects";
import type { CoverageCell, CoverageLine } from "~/generated/api";
import { Failed, Skeleton } from "~/parts/states";
import { w } from "./words";

export function Coverage({ person }: { person: string }) {
  const asked = useAsk("/persons/{person_id}/coverage", { path: { person_id: person } });
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={4} />;
  const { lines, months, asked: known, answered } = asked.answer;
  if (!lines.length) return <p class="t2">{w.noCoverage}</p>;
  return (
    <section>
      <h2>
        {w.coverage} <span class="t2 small">{w.covered(lines.length, known, answered)}</span>
      </h2>
      <div class="coverage" tabIndex={0} role="region" aria-label={w.coverage}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.identifier}</th>
              {months.map((month) => (
                <th key={month} scope="col" class="small">
                  {month.endsWith("-01") || month === months[0] ? month : month.slice(5)}
                </th>
              ))}
              <th scope="col">{w.missing}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.identifier} line={line} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="small t2 coverage-key">
        {(["answered", "silent", "asked", "not_asked"] as const).map((state) => (
          <span key={state} class="row">
            <i class={`cell ${state}`} />
            {w.cell(state)}
          </span>
        ))}
      </p>
    </section>
  );
}

function Line({ line }: { line: CoverageLine }) {
  return (
    <tr>
      <th scope="row" class="mono cut" title={line.sources.map((each) => each.path).join("\n")}>
        <ObjectLink reference={line.identifier} />
      </th>
      {line.cells.map((cell) => (
        <td key={cell.month} title={told(cell)}>
          <span class={`cell ${cell.state}`}>
            {cell.events || (cell.elsewhere ? `(${cell.elsewhere})` : "")}
            <span class="unseen">{told(cell)}</span>
          </span>
        </td>
      ))}
      <td class="small warn">{line.missing.map((each) => say([each.zh, each.en])).join(" ")}</td>
    </tr>
  );
}

const told = (cell: CoverageCell): string =>
  [
    `${cell.month} ${w.cell(cell.state)}`,
    cell.events ? w.events(cell.events) : "",
    cell.elsewhere ? w.elsewhere(cell.elsewhere) : "",
  ]
    .filter(Boolean)
    .join(" · ");
