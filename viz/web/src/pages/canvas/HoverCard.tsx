/** What the pointer rests on, in a few lines: nothing is loaded and nothing changes. */
import { useEffect, useState } from "preact/hooks";
import { count, yuan } from "~/core/format";
import { roleBefore, statusWord } from "~/core/legend";
import { kindName } from "~/parts/hits";
import type { Line } from "./bundles";
import type { GEdge, GNode } from "./elements";
import { relationName } from "./relations";
import { captionIn, type CanvasState } from "./state";
import { spanOf } from "./spans";
import { w } from "./words";

const AFTER = 300; // ms
const WIDE = 250;

export function HoverCard({ state }: { state: CanvasState }) {
  const [shown, setShown] = useState(false);
  const hover = state.hover.value;
  const key = hover && (hover.target.node ?? hover.target.line);
  useEffect(() => {
    setShown(false);
    if (!key) return;
    const timer = setTimeout(() => setShown(true), AFTER);
    return () => clearTimeout(timer);
  }, [key]);
  const stage = state.stage.current;
  if (!shown || !hover || !stage || state.menu.value) return null;
  const node = hover.target.node
    ? state.drawn.peek().nodes.find((each) => each.id === hover.target.node)
    : null;
  const line = hover.target.line ? stage.lineOf(hover.target.line) : null;
  if (!node && !line) return null;
  const { x, y } = (node && stage.placeOf(node.id)) || hover.at;
  const left = x + 26 + WIDE > stage.width ? x - 26 - WIDE : x + 26;
  const low = y > stage.height / 2;
  return (
    <div
      class="hover-card"
      style={{
        left: `${Math.max(4, left)}px`,
        width: `${WIDE}px`,
        ...(low ? { bottom: `${stage.height - y - 10}px` } : { top: `${Math.max(4, y - 10)}px` }),
      }}
    >
      {node ? <NodeCard node={node} state={state} /> : line && <LineCard line={line} state={state} />}
    </div>
  );
}

function NodeCard({ node, state }: { node: GNode; state: CanvasState }) {
  const mine = state.drawn.peek().edges.filter((edge) => edge.from === node.id || edge.to === node.id);
  const others = new Set(mine.flatMap((edge) => [edge.from, edge.to]));
  const state_ = statusWord(node.confirmed ? "confirmed" : "candidate");
  return (
    <>
      <b>{node.caption}</b>
      <p>
        {node.label === "Person" ? `${roleBefore(node.role)}${state_}` : kindName(node.label)}
        {node.gang && ` · ${node.gang}`}
        {node.caseNo && ` · ${node.caseNo}`}
      </p>
      <Kinds edges={mine} me={node.id} />
      <p class="t2">{w.contacts(Math.max(0, others.size - 1))}</p>
    </>
  );
}

function LineCard({ line, state }: { line: Line; state: CanvasState }) {
  return (
    <>
      <b>
        {captionIn(state.model, line.from)} {line.back && line.forth ? "⇄" : line.forth ? "→" : "–"}{" "}
        {captionIn(state.model, line.to)}
      </b>
      <Kinds edges={line.edges} me={line.from} />
      <p class="t2">{w.clickForRows}</p>
    </>
  );
}

/** A line for each kind: how often which way, how much, from when to when. */
function Kinds({ edges, me }: { edges: readonly GEdge[]; me: string }) {
  const kinds = [...new Set(edges.map((edge) => edge.type))];
  return (
    <ul>
      {kinds.slice(0, 6).map((type) => {
        const own = edges.filter((edge) => edge.type === type);
        const [out, into] = [own.filter((edge) => edge.from === me), own.filter((edge) => edge.from !== me)];
        const amount = own.reduce((sum, edge) => sum + edge.sum, 0);
        const score = Math.max(...own.map((edge) => edge.score ?? 0));
        const times = (some: readonly GEdge[]) => some.reduce((sum, edge) => sum + edge.count, 0);
        return (
          <li key={type} class={`hue-${own[0]?.hue ?? "text"}`}>
            {relationName(type)}{" "}
            {own[0]?.derived && score > 0
              ? score.toFixed(2)
              : `${out.length ? `→${count(times(out))}` : ""}${into.length ? ` ←${count(times(into))}` : ""}`}
            {type === "PAID" && amount > 0 && ` · ${yuan(amount)}`} <span class="t3">{spanOf(own)}</span>
          </li>
        );
      })}
      {kinds.length > 6 && <li class="t3">{w.moreKinds(kinds.length - 6)}</li>}
    </ul>
  );
}
