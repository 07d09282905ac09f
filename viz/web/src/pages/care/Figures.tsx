/** Campaigns by post and the measures of the district, above the list. */
import { say } from "~/core/i18n";
import type { Care } from "~/generated/api";
import { w } from "./words";

const percent = (share: number | null, digits: number): string =>
  share === null ? "—" : `${(100 * share).toFixed(digits)}%`;

export function Figures({ answer }: { answer: Care }) {
  return (
    <details class="small noun-fold">
      <summary>
        {w.campaigns} · {w.measures}
      </summary>
      {answer.campaigns.length > 0 && <Campaigns answer={answer} />}
      <Measures answer={answer} />
    </details>
  );
}

function Campaigns({ answer }: { answer: Care }) {
  return (
    <table aria-label={w.campaigns}>
      <thead>
        <tr>
          {[w.campaign, w.post, w.listed, w.tested, w.positive, w.missing, w.upper].map((each) => (
            <th key={each}>{each}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.campaigns.map((each) => (
          <tr key={`${each.campaign} ${each.post}`}>
            <td>{each.campaign}</td>
            <td>{each.post}</td>
            <td>{each.listed}</td>
            <td>{each.tested}</td>
            <td>{each.positive}</td>
            <td>{each.missing}</td>
            <td>{percent(each.upper_95, 3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Measures({ answer }: { answer: Care }) {
  return (
    <table aria-label={w.measures}>
      <thead>
        <tr>
          {[w.measure, w.of, w.value, w.window].map((each) => (
            <th key={each}>{each}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.measures.map((each) => (
          <tr key={each.measure}>
            <td>{say([each.zh, each.en])}</td>
            <td class="keep">
              {each.numerator}/{each.denominator}
            </td>
            <td>{percent(each.value, 2)}</td>
            <td class="keep">
              {each.from} – {each.to}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
