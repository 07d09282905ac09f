/** Signals with their weights, for and against. */
import { signed } from "~/core/format";
import { type Both, language, words } from "~/core/i18n";
import type { Signal } from "~/generated/api";
import { RowRef } from "./marks";

const w = words({
  for: (n: number): Both => [`${n} 条`, `${n}`],
});

/** Signals as signed bars around zero, for before against; the rows of each one click away. */
export function Weights({
  signals,
  nameOf,
}: {
  signals: readonly Signal[];
  nameOf: (name: string) => string;
}) {
  void language.value;
  const most = Math.max(0.5, ...signals.map((each) => Math.abs(each.weight)));
  const sorted = [...signals].sort((a, b) => b.weight - a.weight);
  return (
    <div class="weighed">
      {sorted.map((each) => {
        const share = (Math.abs(each.weight) / most) * (each.weight < 0 ? 33 : 67);
        return [
          <span key={`${each.name}n`} class="cut" title={nameOf(each.name)}>
            {nameOf(each.name)}
          </span>,
          <span key={`${each.name}b`} class="bar" aria-hidden="true">
            <i
              class={each.weight < 0 ? "against" : ""}
              style={{ left: each.weight < 0 ? `${33 - share}%` : "33%", width: `${share}%` }}
            />
          </span>,
          <span key={`${each.name}w`} class="num">
            {signed(each.weight)}
          </span>,
          <span key={`${each.name}r`} class="num">
            <RowRef refs={each.evidence} label={w.for(each.n)} />
          </span>,
        ];
      })}
    </div>
  );
}
