/** The same rows as the picture: for screen readers, for machines without WebGL, for who prefers a table. */
import type { ComponentChildren } from "preact";
import { count, yuan } from "~/core/format";
import { say } from "~/core/i18n";
import { select } from "~/core/selection";
import { RowRef } from "~/parts/marks";
import { roleWord } from "~/core/legend";
import { kindName } from "~/parts/hits";
import { relationName } from "./relations";
import type { GEdge, GNode } from "./elements";
import { w } from "./words";

const MOST = 1_000;

export function CanvasTable({
  nodes,
  edges,
  captionOf,
  children,
}: {
  nodes: readonly GNode[];
  edges: readonly GEdge[];
  captionOf: (id: string) => string;
  children?: ComponentChildren;
}) {
  return (
    <div class="canvas-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th>{say(["对象", "Object"])}</th>
            <th>{w.kind}</th>
            <th>{w.role}</th>
            <th>{w.gang}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.slice(0, MOST).map((node) => (
            <tr key={node.id}>
              <td>
                <button type="button" class="link" onClick={(event) => select(node.id, event.shiftKey)}>
                  {node.caption}
                </button>
              </td>
              <td>{kindName(node.label)}</td>
              <td>{node.label === "Person" ? roleWord(node.role) : ""}</td>
              <td>{node.gang ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <thead>
          <tr>
            <th>{w.from}</th>
            <th>{w.kind}</th>
            <th>{w.to}</th>
            <th class="num">{say(["次数", "Count"])}</th>
            <th class="num">{w.amount}</th>
            <th>{w.sources}</th>
          </tr>
        </thead>
        <tbody>
          {edges.slice(0, MOST).map((edge) => {
            return (
              <tr key={edge.key}>
                <td>{captionOf(edge.from)}</td>
                <td class={`hue-${edge.hue}`}>
                  {relationName(edge.type)}
                  {edge.derived ? ` · ${w.derived} ${(edge.score ?? 0).toFixed(2)}` : ""}
                </td>
                <td>{captionOf(edge.to)}</td>
                <td class="num">{count(edge.count)}</td>
                <td class="num">{edge.type === "PAID" ? yuan(edge.sum) : ""}</td>
                <td>
                  <RowRef refs={[...new Set(edge.events.flatMap((event) => event.evidence))]} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {children}
    </div>
  );
}
