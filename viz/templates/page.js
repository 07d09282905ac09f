"use strict";
// Draws the marks computed beforehand on top of vis-network and fills the side panel; text goes in as text only.
(() => {
  const payload = JSON.parse(document.getElementById("payload").textContent);
  const root = document.documentElement;
  const stage = document.getElementById("graph");
  const detail = document.getElementById("detail");
  const summary = document.getElementById("summary");
  const MOST_ROWS = 100;
  const chain = payload.layout === "chain";
  let language = payload.language;
  let tones = {};
  let chosen = null; // {kind: "n" | "e", index}
  let hovered = null;
  let network = null;

  const scene = () => payload.drawings[language];
  const say = (key, values) => {
    const words = payload.words[language][key];
    return words.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
  };
  const same = (item, kind, index) => item !== null && item.kind === kind && item.index === index;

  function readTones() {
    const style = getComputedStyle(root);
    tones = new Proxy({}, { get: (cache, name) => (cache[name] ??= style.getPropertyValue(`--${name}`).trim()) });
  }

  // ---- marks on the canvas ---------------------------------------------------------------------------------

  const family = getComputedStyle(document.body).fontFamily;

  function paintText(ctx, mark, x, y) {
    ctx.font = `${mark.bold ? 600 : 400} ${mark.size}px ${family}`;
    ctx.textAlign = mark.anchor === "middle" ? "center" : mark.anchor || "start";
    ctx.textBaseline = "alphabetic";
    if (mark.halo) {
      ctx.strokeStyle = tones[mark.halo];
      ctx.lineWidth = 7;
      ctx.lineJoin = "round";
      ctx.strokeText(mark.text, x, y);
    }
    ctx.fillStyle = tones[mark.tone];
    ctx.fillText(mark.text, x, y);
  }

  function paint(ctx, mark, dx, dy) {
    const x = (mark.x || 0) + dx;
    const y = (mark.y || 0) + dy;
    if (mark.mark === "words") {
      paintText(ctx, mark, x, y);
      return;
    }
    ctx.save();
    ctx.setLineDash(mark.dash || []);
    ctx.lineWidth = mark.width || 1;
    if (mark.mark === "outline") {
      const scale = mark.size / 24;
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      ctx.lineWidth = mark.width / scale;
      ctx.lineCap = ctx.lineJoin = "round";
      ctx.strokeStyle = tones[mark.stroke];
      ctx.stroke(new Path2D(mark.path));
    } else {
      ctx.beginPath();
      if (mark.mark === "disc") ctx.arc(x, y, mark.r, 0, 2 * Math.PI);
      else ctx.roundRect(x, y, mark.w, mark.h, mark.radius || 0);
      if (mark.fill) {
        ctx.fillStyle = tones[mark.fill];
        ctx.fill();
      }
      if (mark.stroke) {
        ctx.strokeStyle = tones[mark.stroke];
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  function ends(index, places) {
    const edge = scene().edges[index];
    const start = places[edge.from];
    const end = places[edge.to];
    const bow = edge.smooth.enabled ? edge.smooth.roundness * (edge.smooth.type === "curvedCW" ? 1 : -1) : 0;
    const turn = Math.abs(bow) / 2;
    const angle = Math.atan2(end.y - start.y, end.x - start.x) - Math.sign(bow) * turn * Math.PI;
    const length = (0.5 + turn) * Math.hypot(end.x - start.x, end.y - start.y);
    return { start, end, control: { x: start.x + length * Math.cos(angle), y: start.y + length * Math.sin(angle) } };
  }

  function band(ctx, index, tone, width, places, alpha = 1) {
    const { start, end, control } = ends(index, places);
    ctx.save();
    ctx.lineCap = "round";
    ctx.lineWidth = width;
    ctx.strokeStyle = tones[tone];
    ctx.globalAlpha = alpha;
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    ctx.quadraticCurveTo(control.x, control.y, end.x, end.y);
    ctx.stroke();
    ctx.restore();
  }

  function before(ctx) {
    const places = network.getPositions();
    const drawn = scene();
    drawn.frame.slice(0, 1).forEach((mark) => paint(ctx, mark, 0, 0));
    for (const card of drawn.cards) {
      ctx.strokeStyle = tones.line2;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(0, card.y + card.h / 2);
      ctx.lineTo(card.x, card.y + card.h / 2);
      ctx.stroke();
    }
    payload.edges[language].forEach((edge, index) => {
      if (edge.weakest) band(ctx, index, "warnw", 14, places);
    });
    for (const item of [hovered, chosen]) {
      if (item && item.kind === "e") band(ctx, item.index, "ac", 11, places, item === chosen ? 0.4 : 0.2);
    }
  }

  function after(ctx) {
    const places = network.getPositions();
    const drawn = scene();
    const scale = network.getScale();
    drawn.frame.slice(1).forEach((mark) => paint(ctx, mark, 0, 0));
    drawn.cards.forEach((card) => {
      card.marks.forEach((mark) => paint(ctx, mark, 0, 0));
      if (same(chosen, "e", card.edge)) outline(ctx, card);
    });
    drawn.marks.forEach((marks, index) => {
      const place = places[`n${index}`];
      marks.forEach((mark) => {
        if (mark.mark !== "words" || mark.size * scale > 4) paint(ctx, mark, place.x, place.y);
      });
    });
    const near = chosen && chosen.kind === "n" ? new Set(network.getConnectedNodes(`n${chosen.index}`)) : new Set();
    drawn.labels.forEach((marks, index) => {
      const named = same(chosen, "n", index) || same(hovered, "n", index) || near.has(`n${index}`);
      if (!named && 12 * scale < 6.5) return;
      const place = places[`n${index}`];
      marks.forEach((mark) => paint(ctx, mark, place.x, place.y));
    });
    if (chosen && chosen.kind === "n") ring(ctx, chosen.index, places);
    if (hovered && hovered.kind === "e" && !chain) tag(ctx, hovered.index, places);
    else if (chosen && chosen.kind === "e" && !chain) tag(ctx, chosen.index, places);
  }

  function outline(ctx, card) {
    ctx.save();
    ctx.strokeStyle = tones.ac;
    ctx.lineWidth = 2;
    ctx.beginPath();
    ctx.roundRect(card.x - 3, card.y - 3, card.w + 6, card.h + 6, 10);
    ctx.stroke();
    ctx.restore();
  }

  function ring(ctx, index, places) {
    const place = places[`n${index}`];
    ctx.save();
    ctx.strokeStyle = tones.ac;
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.arc(place.x, place.y, scene().reach[index] + 4, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.restore();
  }

  function tag(ctx, index, places) {
    const about = payload.edges[language][index];
    const text = [about.kind, about.score, about.amount].filter(Boolean).join(" · ");
    const { start, end, control } = ends(index, places);
    ctx.save();
    ctx.font = `600 12px ${family}`;
    const wide = ctx.measureText(text).width + 14;
    const short = Math.abs(end.x - start.x) < wide + 40 && Math.abs(end.y - start.y) < 70;
    const x = 0.25 * start.x + 0.5 * control.x + 0.25 * end.x;
    const y = 0.25 * start.y + 0.5 * control.y + 0.25 * end.y - (short ? 34 : 0);
    paint(ctx, { mark: "box", x: x - wide / 2, y: y - 11, w: wide, h: 22, radius: 4, fill: "s1", stroke: "line2" }, 0, 0);
    paintText(ctx, { text, size: 12, bold: true, anchor: "middle", tone: about.tone }, x, y + 4.3);
    ctx.restore();
  }

  // ---- network ---------------------------------------------------------------------------------------------

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

  // ---- side panel ------------------------------------------------------------------------------------------

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  const nodeAbout = (id) => payload.nodes[language][Number(id.slice(1))];

  function strength(about) {
    const bars = make("span", "score");
    bars.setAttribute("aria-hidden", "true");
    for (let n = 0; n < 4; n += 1) bars.append(make("i", n < about.bars ? "on" : ""));
    return bars;
  }

  function head(title, about) {
    const top = make("div", "top");
    const heading = make("h2", "", title);
    heading.tabIndex = -1;
    top.append(heading);
    if (about.weakest) top.append(make("span", "chip weakest", about.weakest));
    if (about.chip) top.append(make("span", `chip ${about.status}`, about.chip));
    return top;
  }

  function facts(list) {
    const ul = make("ul", "facts");
    list.forEach((fact) => ul.append(make("li", "", fact)));
    return list.length ? [ul] : [];
  }

  function evidence(indices) {
    const parts = [make("h3", "", `${say("panel.evidence")} ${indices.length}`)];
    if (!indices.length) return [...parts, make("p", "hint", say("panel.no_evidence"))];
    const ol = make("ol", "evidence");
    const add = (from, to) => {
      indices.slice(from, to).forEach((index) => {
        const row = payload.rows[index];
        const li = make("li");
        li.append(make("div", "place", say(row.sheet ? "evidence.place" : "evidence.place2", row)), make("code", "", row.ref));
        li.append(make("div", row.text ? "text" : "text hint", row.text || say("panel.no_text")));
        ol.append(li);
      });
    };
    add(0, MOST_ROWS);
    parts.push(ol);
    if (indices.length > MOST_ROWS) {
      const cut = make("p", "hint", say("rows.cut", { n: MOST_ROWS, total: indices.length }));
      const more = make("button", "", say("rows.all", { total: indices.length }));
      more.type = "button";
      more.addEventListener("click", () => {
        add(MOST_ROWS, indices.length);
        more.remove();
        cut.remove();
      });
      parts.push(cut, more);
    }
    return parts;
  }

  // Buttons for all edges that touch ``id``; with ``other`` only those between the two.
  function links(id, other, without) {
    const ul = make("ul", "links");
    scene().edges.forEach((edge, n) => {
      const far = edge.from === id ? edge.to : edge.from;
      if (n === without || (edge.from !== id && edge.to !== id) || (other && far !== other)) return;
      const about = payload.edges[language][n];
      const arrow = about.directed ? (edge.from === id ? "→" : "←") : "–";
      const words = [arrow, nodeAbout(far).name, about.kind, about.chip, about.score, other ? about.amount : ""];
      const button = make("button", "", words.filter(Boolean).join(" "));
      button.type = "button";
      button.addEventListener("click", () => choose("e", n, true));
      const li = make("li");
      li.append(button);
      ul.append(li);
    });
    return ul.children.length ? [make("h3", "", say(other ? "panel.beside" : "panel.links")), ul] : [];
  }

  function fillNode(index) {
    const about = payload.nodes[language][index];
    const kind = make("p", "", [about.kind, about.caption].filter(Boolean).join(" · "));
    const direct = links(`n${index}`);
    const rows = about.rows.length || !direct.length ? evidence(about.rows) : [];
    return [head(about.name, about), kind, ...facts(about.facts), ...direct, ...rows];
  }

  function fillEdge(index) {
    const about = payload.edges[language][index];
    const edge = scene().edges[index];
    const between = `${nodeAbout(edge.from).name} ${about.directed ? "→" : "–"} ${nodeAbout(edge.to).name}`;
    const line = make("p");
    if (about.score !== null) line.append(strength(about), ` ${about.score} · `);
    line.append([about.fact, about.kind].join(" · "));
    const parts = [head([about.title, between].filter(Boolean).join("  "), about), line];
    if (about.amount) parts.push(make("p", "", about.amount));
    const beside = links(edge.from, edge.to, index);
    return [...parts, ...facts(about.facts), ...evidence(about.rows), ...beside];
  }

  function fill() {
    const back = make("button", "", say("panel.back"));
    back.type = "button";
    back.addEventListener("click", clear);
    const parts = chosen.kind === "n" ? fillNode(chosen.index) : fillEdge(chosen.index);
    detail.replaceChildren(back, ...parts);
    detail.hidden = false;
    summary.hidden = true;
    detail.parentElement.scrollTop = 0;
  }

  function announce() {
    const box = document.getElementById("announce");
    if (chosen.kind === "n") {
      const about = payload.nodes[language][chosen.index];
      const n = network.getConnectedEdges(`n${chosen.index}`).length;
      box.textContent = say("announce", { name: about.name, role: about.kind, status: about.chip, n });
    } else {
      const about = payload.edges[language][chosen.index];
      const edge = scene().edges[chosen.index];
      const values = { from: nodeAbout(edge.from).name, to: nodeAbout(edge.to).name, kind: about.kind };
      box.textContent = say("announce.edge", { ...values, status: about.chip || about.fact, n: about.rows.length });
    }
  }

  // ---- keys, language, theme -------------------------------------------------------------------------------

  function step(by) {
    const order = scene().nodes.map((node, index) => ({ index, x: node.x, y: node.y }));
    order.sort((a, b) => a.y - b.y || a.x - b.x);
    if (!order.length) return;
    const at = chosen && chosen.kind === "n" ? order.findIndex((item) => item.index === chosen.index) : by > 0 ? -1 : 0;
    choose("n", order[(at + by + order.length) % order.length].index, true);
  }

  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const actions = {
      ArrowDown: () => step(1), ArrowRight: () => step(1), ArrowUp: () => step(-1), ArrowLeft: () => step(-1),
      "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit, Escape: clear,
      Enter: () => { if (chosen) detail.querySelector("h2").focus(); },
    };
    const action = actions[event.key];
    if (!action || (chain && "+=-".includes(event.key))) return;
    event.preventDefault();
    action();
  });

  document.getElementById("zoom-in").addEventListener("click", () => zoom(1.25));
  document.getElementById("zoom-out").addEventListener("click", () => zoom(0.8));
  document.getElementById("zoom-fit").addEventListener("click", fit);
  detail.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    clear();
    stage.focus();
  });

  document.getElementById("tables").addEventListener("click", (event) => {
    const button = event.target.closest("button[data-show]");
    if (!button) return;
    choose(button.dataset.show[0], Number(button.dataset.show.slice(1)), true);
    stage.scrollIntoView({ block: chain ? "nearest" : "start" });
    detail.querySelector("h2").focus({ preventScroll: true });
  });

  document.getElementById("language").addEventListener("click", (event) => {
    language = language === "en" ? "zh" : "en";
    root.lang = language === "en" ? "en" : "zh-CN";
    event.currentTarget.textContent = say("language");
    event.currentTarget.lang = language === "en" ? "zh-CN" : "en";
    document.title = document.querySelector(`#title .${language}`).textContent;
    stage.setAttribute("aria-label", say("canvas"));
    build();
    if (chosen) fill();
  });

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  addEventListener("resize", () => { if (chain) fit(); });
  root.classList.add("live");
  if (!chain) root.classList.add("free-view");
  build();
})();
