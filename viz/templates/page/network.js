// Builds the network, places the view, and keeps what is chosen or hovered.
const styledNode = ({ label, ground, ...node }) => ({ ...node, color: { background: tones[ground], border: tones[ground] } });
const styledEdge = ({ tone, ...edge }) => ({ ...edge, color: { color: tones[tone], inherit: false } });

function build() {
  readTones();
  const drawn = scene();
  const [left, top, right, bottom] = drawn.extent;
  if (network) network.destroy();
  if (chain) stage.style.height = `${Math.ceil(bottom - top + 56)}px`;
  const data = {
    nodes: new vis.DataSet(drawn.nodes.map(styledNode)),
    edges: new vis.DataSet(drawn.edges.map(styledEdge)),
  };
  network = new vis.Network(stage, data, drawn.options);
  network.on("beforeDrawing", before);
  network.on("afterDrawing", after);
  network.on("click", click);
  network.on("hoverNode", ({ node }) => hover({ kind: "n", index: Number(node.slice(1)) }));
  network.on("hoverEdge", ({ edge }) => hover({ kind: "e", index: Number(edge.slice(1)) }));
  network.on("blurNode", () => hover(null));
  network.on("blurEdge", () => hover(null));
  fit();
}

function repaint() {
  readTones();
  const { nodes, edges } = network.body.data;
  nodes.update(scene().nodes.map((node) => ({ id: node.id, color: styledNode(node).color })));
  edges.update(scene().edges.map((edge) => ({ id: edge.id, color: styledEdge({ tone: edge.tone }).color })));
  network.redraw();
}

function fit() {
  const [left, top, right, bottom] = scene().extent;
  const wide = right - left + 48;
  const high = bottom - top + 48;
  const room = chain ? stage.clientWidth / wide : Math.min(stage.clientWidth / wide, stage.clientHeight / high);
  const scale = Math.min(room, chain ? 1 : 1.15);
  if (chain) stage.style.height = `${Math.ceil((high + 8) * scale)}px`;
  network.redraw();
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: false });
}

function hover(item) {
  hovered = item;
  stage.style.cursor = item ? "pointer" : "";
  network.redraw();
}

function click({ nodes, edges, pointer }) {
  const { x, y } = pointer.canvas;
  const card = scene().cards.find((c) => x >= c.x && x <= c.x + c.w && y >= c.y && y <= c.y + c.h);
  if (nodes.length) choose("n", Number(nodes[0].slice(1)));
  else if (card) choose("e", card.edge);
  else if (edges.length) choose("e", Number(edges[0].slice(1)));
  else clear();
}

function clear() {
  chosen = null;
  detail.hidden = true;
  summary.hidden = false;
  mark();
  network.redraw();
}

function choose(kind, index, move) {
  chosen = { kind, index };
  if (move) show(kind, index);
  mark();
  fill();
  network.redraw();
  announce();
}

function show(kind, index) {
  if (chain) return;
  const places = network.getPositions();
  const at = kind === "n" ? places[`n${index}`] : ends(index, places).control;
  const { x, y } = network.canvasToDOM(at);
  const inside = x > 40 && y > 40 && x < stage.clientWidth - 40 && y < stage.clientHeight - 40;
  const scale = network.getScale();
  if (!inside || scale < 0.55) network.moveTo({ position: at, scale: Math.max(scale, 0.8), animation: false });
}

function mark() {
  document.querySelectorAll("tr.chosen").forEach((row) => row.classList.remove("chosen"));
  if (chosen) document.getElementById(`row-${chosen.kind}${chosen.index}`).classList.add("chosen");
}
