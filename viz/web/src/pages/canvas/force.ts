/** ForceAtlas2, in the page for a few nodes and in a worker for many. */
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import type { GEdge, GNode } from "./elements";

/** What a layout needs of a canvas, in a form that goes to a worker. */
export interface ForceInput {
  nodes: { id: string; x: number; y: number; fixed: boolean }[];
  edges: [number, number][];
}

export function forceInput(nodes: readonly GNode[], edges: readonly GEdge[]): ForceInput {
  const at = new Map(nodes.map((node, n) => [node.id, n]));
  const pairs: [number, number][] = [];
  for (const edge of edges) {
    const [from, to] = [at.get(edge.from), at.get(edge.to)];
    if (from !== undefined && to !== undefined && from !== to) pairs.push([from, to]);
  }
  return {
    // ForceAtlas2 needs places that differ; those on one spot are set on a spiral, the same one every time.
    nodes: nodes.map((node, n) => ({
      id: node.id,
      x: node.x + 0.01 * Math.cos(n * 2.399963) * n,
      y: node.y + 0.01 * Math.sin(n * 2.399963) * n,
      fixed: node.pinned,
    })),
    edges: pairs,
  };
}

export function forceGraph({ nodes, edges }: ForceInput): Graph {
  const graph = new Graph({ type: "undirected", multi: false });
  for (const { id, ...place } of nodes) graph.addNode(id, place);
  for (const [from, to] of edges) graph.mergeEdge(nodes[from]?.id, nodes[to]?.id, { weight: 1 });
  return graph;
}

export function pull(graph: Graph, iterations: number): void {
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    scalingRatio: 60,
    gravity: 0.6,
    barnesHutOptimize: graph.order > 400,
  };
  forceAtlas2.assign(graph, { iterations, settings });
}

export const forcePlaces = (graph: Graph): Map<string, readonly [number, number]> =>
  new Map(graph.mapNodes((id, { x, y }) => [id, [Number(x), Number(y)] as const]));
