/** Bare sigma.js: the same answer of the service, drawn with its defaults; what the canvas of the workbench is compared with. */
import Graph from "graphology";
import Sigma from "sigma";

const asked = new URLSearchParams(location.search);
const answer = await (await fetch(`/api/v1/graph/expand?node=${asked.get("node")}&limit=5000`)).json();
const places = await (await fetch(`/api/v1/views/${asked.get("view")}`)).json();
const graph = new Graph({ type: "directed", multi: true });
for (const [at, id] of answer.nodes.id.entries()) {
  const [x, y] = places.body.places[id];
  graph.addNode(id, { x, y, size: 5, color: "#5770AD", label: answer.nodes.caption[at] });
}
for (const [at, from] of answer.edges.from.entries())
  graph.addEdge(answer.nodes.id[from], answer.nodes.id[answer.edges.to[at]], { size: 1, color: "#116E47" });
new Sigma(graph, document.querySelector("#box") as HTMLElement); // draws before it returns
performance.mark("canvas-drawn");
