/**
 * The canvas page: stage, tools, time, panel; what one sees follows the model, and every step can be taken
 * back.
 */
import { signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { param } from "~/core/router";
import { selection } from "~/core/selection";
import { useShown } from "~/core/status";
import { Page } from "~/parts/Page";
import { Empty } from "~/parts/states";
import type { Params } from "../registry";
import { Acts } from "./Acts";
import { Bands } from "./Bands";
import { Drawing } from "./chart/acts";
import { ChartBar, ToolHint } from "./chart/ChartBar";
import { Charts } from "./chart/Charts";
import { Editor } from "./chart/Editor";
import { useDrawingKeys } from "./chart/keys";
import { MarksList, MarksTable } from "./chart/MarksList";
import { CanvasTable } from "./CanvasTable";
import { commandsOf, requestsOf, useCommandKeys } from "./commands";
import { ContextMenu } from "./ContextMenu";
import { Expand } from "./Expand";
import { HoverCard } from "./HoverCard";
import { Legend } from "./Legend";
import { LineSide } from "./LineSide";
import { Minimap } from "./Minimap";
import { Palette } from "./Palette";
import { Paths } from "./Paths";
import { Side } from "./Side";
import { captionIn, useCanvasState, WEBGL } from "./state";
import { TimeBar } from "./TimeBar";
import { Tools } from "./Tools";
import { useContents, useStage } from "./useStage";
import { w } from "./words";
import "./canvas.css";

/** Counts up when another canvas is opened in place of the one that is there. */
const opened = signal(0);

export default function Canvas({ params }: { params: Params }) {
  return <Work key={opened.value} params={params} />;
}

function Work({ params }: { params: Params }) {
  const state = useCanvasState();
  const { model, lasso, expanding, pathing } = state;
  const box = useRef<HTMLDivElement>(null);
  const asTable = param("table") === "1";
  const chosen = selection.value.filter((id) => model.nodes.has(id));
  const node = chosen.length === 1 ? (model.nodes.get(chosen[0] ?? "") ?? null) : null;
  void model.version.value;
  const captionOf = (id: string) => captionIn(model, id);
  const commands = commandsOf(state, chosen);
  const requests = requestsOf(state, chosen, params.view);
  useContents(state, params.view);
  useStage(state, box, asTable);
  useCommandKeys(commands, requests, asTable);
  const drawing = new Drawing(state);
  useDrawingKeys(state, drawing);
  const { nodes, edges } = state.drawn.value;
  const shown = w.shown(nodes.length, edges.length);
  useShown(shown);
  const acts = <Acts commands={commands} chosen={chosen.length} />;
  const line = state.line.value && !chosen.length ? state.stage.current?.lineOf(state.line.value) : null;
  const panel = line ? (
    <LineSide line={line} captionOf={captionOf} />
  ) : (
    <Side node={node} chosen={chosen.length} edges={edges} captionOf={captionOf} decide={acts}>
      <MarksList state={state} drawing={drawing} />
    </Side>
  );
  return (
    <Page panel={panel}>
      <Tools state={state} commands={commands} requests={requests} />
      {model.nodes.size > 0 && !asTable && <ChartBar state={state} drawing={drawing} />}
      <Bands state={state} webgl={WEBGL} />
      <div class="canvas-work">
        {!model.nodes.size ? (
          <Empty icon="chart-dots-3">{w.empty}</Empty>
        ) : asTable ? (
          <CanvasTable nodes={nodes} edges={edges} captionOf={captionOf}>
            <MarksTable state={state} />
          </CanvasTable>
        ) : (
          <>
            <div
              ref={box}
              class={`stage${lasso.value || state.chart.tool.value ? " lasso" : ""}`}
              role="img"
              aria-label={shown}
            />
            <ToolHint state={state} />
            <Editor state={state} drawing={drawing} />
            <Palette
              acts={{ ...commands, link: requests.link, draw: drawing.toggle }}
              lasso={lasso.value}
              drawing={state.chart.drawing.value}
              chosen={chosen.length}
            />
            <Legend state={state} />
            <Minimap state={state} />
            <HoverCard state={state} />
            <ContextMenu state={state} commands={commands} requests={requests} />
          </>
        )}
      </div>
      {model.nodes.size > 0 && <TimeBar model={model} />}
      {expanding.value && (
        <Expand
          range={model.filter.peek().range}
          nodes={expanding.value}
          nameOf={captionOf}
          onLoad={requests.expand}
          onClose={() => {
            expanding.value = null;
          }}
        />
      )}
      <Charts state={state} requests={requests} onOpen={() => opened.value++} />
      {pathing.value && (
        <Paths
          ends={pathing.value}
          nameOf={captionOf}
          onAdd={requests.addRoute}
          onClose={() => {
            pathing.value = null;
          }}
        />
      )}
    </Page>
  );
}
