/** The side panel of a line: its events, newest first, and their rows. */
import { Panel } from "~/parts/Page";
import { SourceRows } from "~/parts/rows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import type { Line } from "./bundles";
import { saidOf } from "./labels";
import { relationName } from "./relations";
import { Events } from "./Side";
import { spanOf } from "./spans";
import { w } from "./words";

interface LineProps {
  line: Line;
  captionOf: (id: string) => string;
}

export function LineSide({ line, captionOf }: LineProps) {
  const events = line.edges.flatMap((edge) => edge.events).sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  const rows = [...new Set(events.flatMap((event) => event.evidence))];
  const kinds = [...new Set(line.edges.map((edge) => relationName(edge.type)))];
  const tabs = [
    { id: "events", label: w.events, count: events.length },
    { id: "sources", label: w.sources, count: rows.length },
  ];
  const title = `${captionOf(line.from)} ${line.back && line.forth ? "⇄" : "→"} ${captionOf(line.to)}`;
  const head = (
    <div class="line-head">
      <b class="cut">{title}</b>
      <p class={`small hue-${line.hue}`}>
        {kinds.join(" · ")} {line.derived && w.derived} {saidOf(line)}{" "}
        <span class="t3">{spanOf(line.edges)}</span>
      </p>
    </div>
  );
  const tab = chosenTab(tabs, "line");
  return (
    <Panel name="canvas" width={330} head={head}>
      <Tabs tabs={tabs} name="line" label={title} />
      <div class="tab-body">
        {tab === "events" && <Events events={events} me={line.from} captionOf={captionOf} />}
        {tab === "sources" && <SourceRows refs={rows} />}
      </div>
    </Panel>
  );
}
