/** The tables of one series: nodes upstream, firms, weekly means, samples. */
import type { WaterItem } from "~/generated/api";
import { wholeDay } from "~/parts/district/items";
import { RowRef } from "~/parts/marks";
import { w } from "./words";

const NODES = 12;
const SAMPLES = 24;

/** A load as it is read: three digits that count. */
const three = (load: number): number => Number(load.toPrecision(3));

export function Upstream({ item }: { item: WaterItem }) {
  const shown = item.upstream.slice(0, NODES);
  const more = item.upstream.length - shown.length;
  return (
    <section aria-label={w.upstream}>
      <h3>{w.upstream}</h3>
      {shown.length ? (
        <table>
          <thead>
            <tr>
              <th>{w.node}</th>
              <th>{w.prior}</th>
              <th>{w.next}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <tr key={each.node}>
                <td class="mono">{each.node}</td>
                <td>{`${(each.prior * 100).toFixed(1)} %`}</td>
                <td>{each.next ? <b>✓</b> : ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="small t3">{w.noUpstream}</p>
      )}
      {more > 0 && <p class="small t3">{w.more(more)}</p>}
    </section>
  );
}

export function Firms({ item }: { item: WaterItem }) {
  if (!item.firms.length) return null;
  return (
    <section aria-label={w.firms}>
      <h3>{w.firms}</h3>
      <p class="small t3">{w.firmsNote}</p>
      <ul class="small plain">
        {item.firms.map((each) => (
          <li key={each.uscc + each.node}>
            <a href={`/search?q=${encodeURIComponent(each.uscc)}`}>{each.name ?? each.uscc}</a>{" "}
            <span class="mono t3">{each.node}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Weeks({ item }: { item: WaterItem }) {
  if (!item.weeks?.length) return null;
  return (
    <section aria-label={w.weeks}>
      <h3>{w.weeks}</h3>
      <table>
        <thead>
          <tr>
            <th>{w.year}</th>
            <th>{w.weekday}</th>
            <th>{w.weekend}</th>
            <th>{w.daily}</th>
            <th>{w.change}</th>
          </tr>
        </thead>
        <tbody>
          {item.weeks.map((each, place) => (
            <tr key={`${each.year}${place}`}>
              <td>{each.year}</td>
              <td>{each.weekday}</td>
              <td>{each.weekend}</td>
              <td>{each.daily}</td>
              <td>{each.change === null ? "—" : `${each.change} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Sampled({ item }: { item: WaterItem }) {
  const shown = (item.samples ?? []).slice(-SAMPLES).reverse();
  const more = (item.samples?.length ?? 0) - shown.length;
  return (
    <section aria-label={w.samples}>
      <h3>{w.samples}</h3>
      <table>
        <thead>
          <tr>
            <th>{w.day}</th>
            <th>{w.load}</th>
            <th>{w.deviation}</th>
            <th>{w.below}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {shown.map((each, place) => (
            <tr key={`${each.at}${place}`} class={each.alarm ? "bad" : ""}>
              <td class="keep">{wholeDay(each.at)}</td>
              <td class="keep">
                {each.load ? `${three(each.load.p50)} (${three(each.load.p5)}–${three(each.load.p95)})` : "—"}
              </td>
              <td>{each.z === null ? "—" : each.z.toFixed(2)}</td>
              <td>{each.below ? "<" : ""}</td>
              <td>
                <RowRef refs={each.evidence} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="small t3">{w.more(more)}</p>}
    </section>
  );
}
