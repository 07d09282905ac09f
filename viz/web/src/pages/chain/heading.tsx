/**
 * The heading of the chain view: state, the other chains of the case, ways to other pages, and the legend.
 */
import { chainNo, figure } from "~/core/format";
import { setParams, to } from "~/core/router";
import type { Lanes } from "~/generated/api";
import { focusReason } from "~/parts/Decide";
import { Icon } from "~/parts/Icon";
import { StatusChip, Strength } from "~/parts/marks";
import { TakeAway } from "~/parts/TakeAway";
import { w } from "./words";

const ROOMY = 2; // so many chains are named in full in the heading

type Chain = Lanes["chain"];

export function Note({ chain }: { chain: Chain }) {
  return (
    <span class="row">
      <StatusChip status={chain.status} />
      <Strength value={chain.strength} />
      <span class="small cut">{w.weakestOf}</span>
      <button
        type="button"
        class="link small"
        onClick={() => {
          setParams({ decide: "chain" });
          requestAnimationFrame(focusReason);
        }}
      >
        {w.decideChain}
      </button>
    </span>
  );
}

interface OthersProps {
  chain: Chain;
  others: readonly Chain[];
  caseNo: string;
}

/** The chains of the case beside each other; the one shown is marked. */
function Others({ chain, others, caseNo }: OthersProps) {
  return (
    <span class="segments" role="group" aria-label={w.chain}>
      {others.map((each, at) => {
        const on = each.id === chain.id;
        const strength = figure(each.strength);
        const no = chainNo(each, at);
        const named = w.nth(no, strength);
        return (
          <a
            key={each.id}
            class={`button${on ? " on" : ""}`}
            href={to`/chains/${caseNo}/${no}`}
            aria-current={on ? "true" : undefined}
            aria-label={named}
          >
            {on || others.length <= ROOMY ? named : `${no} · ${strength}`}
          </a>
        );
      })}
    </span>
  );
}

export function Tools({ lanes, n, others }: { lanes: Lanes; n: number; others: readonly Chain[] }) {
  const { chain } = lanes;
  return (
    <>
      <Others chain={chain} others={others} caseNo={lanes.case_no} />
      <a class="button" href={to`/canvas?chain=${lanes.case_no}&n=${n}`}>
        <Icon name="chart-dots-3" />
        {w.canvas}
      </a>
      <a class="button" href={to`/map?about=${chain.persons.map((each) => each.id).join(",")}`}>
        {w.map}
      </a>
      <TakeAway about={`chains/${encodeURIComponent(lanes.case_no)}/${n}`} />
    </>
  );
}

export function Legend() {
  return (
    <div class="chain-legend small t2">
      <span>
        <i class="hue-money">↑</i> {w.money}
      </span>
      <span>
        <i class="hue-goods">↓</i> {w.goods}
      </span>
      <span>
        <i class="hue-talk">●</i> {w.talk}
      </span>
      <span>
        <i class="line dashed" /> {w.unsure}
      </span>
      <span class="grow num t3">{w.unit}</span>
    </div>
  );
}
