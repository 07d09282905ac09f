// Fills the side panel; what comes from the data goes in as text only.
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

function remarks(list) {
  const ul = make("ul", "remarks");
  list.forEach((remark) => ul.append(make("li", "", remark)));
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
  return [head(about.name, about), kind, ...remarks(about.remarks), ...direct, ...rows];
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
  return [...parts, ...remarks(about.remarks), ...evidence(about.rows), ...beside];
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
