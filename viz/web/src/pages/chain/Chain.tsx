/** Chain view: believe or break a chain in two minutes. */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { knownAs, NOBODY, shortCase } from "~/core/format";
import { to } from "~/core/router";
import { dataRun, useShown } from "~/core/status";
import type { Lanes } from "~/generated/api";
import { Icon } from "~/parts/Icon";
import { Page } from "~/parts/Page";
import { Empty } from "~/parts/states";
import { Waiting } from "~/parts/Waiting";
import { useCrumbs } from "~/shell/crumbs";
import type { Params } from "../registry";
import { type Span, spanOf } from "./geometry";
import { Legend, Note, Tools } from "./heading";
import { HopPanel } from "./HopPanel";
import { Middle } from "./Middle";
import { Requests } from "./Requests";
import { useChainView, zoomNow } from "./useChainView";
import { w } from "./words";
import "./chain.css";

export default function ChainPage({ params }: { params: Params }) {
  const caseNo = params.case ?? "";
  const n = Math.max(1, Number(params.n ?? 1) || 1);
  const asked = useAsk("/chains/{case_no}/{n}/lanes", { path: { case_no: caseNo, n } });
  const all = useAsk("/chains/{case_no}", { path: { case_no: caseNo }, query: { k: 5 } });
  const whole = asked.answer;
  // A hop with too many events shows weeks; looked at more closely it is asked for that period.
  const zoom = whole?.hops.some((each) => each.truncated) ? zoomNow() : null;
  const near = useAsk(
    "/chains/{case_no}/{n}/lanes",
    zoom && {
      path: { case_no: caseNo, n },
      query: { since: Math.round(zoom[0]), until: Math.round(zoom[1]) },
    },
  );
  const lanes = whole && zoom && near.answer ? { ...whole, hops: near.answer.hops } : whole;
  useCrumbs([{ text: shortCase(caseNo), href: to`/cases/${caseNo}` }, { text: w.chain }]);
  useEffect(() => {
    if (lanes?.run) dataRun.value = { run: lanes.run, at: dataRun.peek()?.at ?? null };
  }, [lanes?.run]);
  if (asked.error && all.answer?.cases[0]?.chains.length === 0)
    return (
      <Page title={shortCase(caseNo)}>
        <NoChain caseNo={caseNo} />
      </Page>
    );
  if (asked.error || !lanes)
    return <Waiting title={shortCase(caseNo)} asked={asked} lines={10} height={58} />;
  const others = all.answer?.cases[0]?.chains ?? [lanes.chain];
  return <Shown key={lanes.chain.id} lanes={lanes} span={spanOf(whole ?? lanes)} n={n} others={others} />;
}

/** A case without a chain has its own page: this one leads there. */
function NoChain({ caseNo }: { caseNo: string }) {
  return (
    <Empty icon="route">
      <p>{w.noChain}</p>
      <a class="button" href={to`/cases/${caseNo}`}>
        <Icon name="folder" /> {w.toCase}
      </a>
    </Empty>
  );
}

interface ShownProps {
  lanes: Lanes;
  span: Span;
  n: number;
  others: readonly Lanes["chain"][];
}

function Shown({ lanes, span, n, others }: ShownProps) {
  const { chain } = lanes;
  const { hop, event, choose, chooseHop, step } = useChainView(lanes, span, n);
  const shown = lanes.hops.reduce((sum, each) => sum + each.events.length, 0);
  const weekly = lanes.hops.flatMap((each, at) => (each.truncated ? [at + 1] : []));
  const hops = chain.hops.length;
  useShown(weekly.length ? w.cutChain(hops, weekly.join("、")) : w.wholeChain(hops, shown));
  const target = chain.reaches[0];
  const end = target ? shortCase(target) : knownAs(chain.persons.at(-1) ?? NOBODY);
  return (
    <Page
      title={`${shortCase(lanes.case_no)} → ${end}`}
      note={<Note chain={chain} />}
      tools={<Tools lanes={lanes} n={n} others={others} />}
      panel={<HopPanel lanes={lanes} n={hop} event={event} onStep={step} />}
    >
      <Legend />
      <Middle
        lanes={lanes}
        span={span}
        hop={hop}
        event={event?.id ?? null}
        onEvent={choose}
        onHop={chooseHop}
      />
      {chain.ask_for.length > 0 && <Requests lanes={lanes} />}
    </Page>
  );
}
