// The right panel: source rows of whatever was chosen, and why a supply is one.

import { enc, get } from "./api.js";
import { byId, el, show } from "./dom.js";
import { bilingual, word } from "./words.js";

const AT_ONCE = 20;
let signals = null;

export function clear() {
  show(byId("panel"), el("p", { class: "hint" }, word("panelHint")));
}

/** Show the rows behind references, the first twenty at once; `top` stands above them. */
export async function openRows(title, refs, top = []) {
  const panel = byId("panel");
  const list = el("div", { class: "rows" });
  show(panel, el("h2", {}, title), ...top, refs.length ? null : el("p", { class: "hint" }, word("noRows")), list);
  panel.scrollTop = 0;
  await more(list, refs, 0);
}

async function more(list, refs, from) {
  const part = refs.slice(from, from + AT_ONCE);
  if (!part.length) return;
  const query = new URLSearchParams(part.map((ref) => ["row", ref]));
  const { rows } = await get(`/evidence?${query}`);
  list.append(...rows.map(row));
  const left = refs.length - from - part.length;
  if (left > 0) {
    const button = el("button", { type: "button" }, word("more", { n: Math.min(left, AT_ONCE) }));
    button.addEventListener("click", () => {
      button.remove();
      more(list, refs, from + AT_ONCE);
    });
    list.append(button);
  }
}

function row(found) {
  if (!found.found) {
    return el("article", { class: "row" }, el("p", { class: "hint" }, word("gone")), el("code", {}, found.evidence));
  }
  const place = [found.file, found.sheet, word("row", { n: found.row })].filter(Boolean).join(" / ");
  const cells = found.cells.map((cell, i) => [found.headings[i] || `${i + 1}`, cell, i]).filter(([, cell]) => cell !== "");
  return el(
    "article",
    { class: "row" },
    el("h3", {}, place, found.state !== "loaded" && el("span", { class: "chip warn" }, word(found.state))),
    el("dl", {}, cells.map(([name, cell]) => [el("dt", {}, name), el("dd", { class: name === found.column ? "wrong" : "" }, cell)])),
    el("p", { class: "source" }, found.basis ? `${word("basis")} ${found.basis} ` : "", el("code", {}, found.evidence)),
  );
}

/** Why a supply: signals with their weights, each opening its rows; then all rows of the hop. */
export async function openSupply(title, supplier, buyer, refs) {
  signals ??= new Map((await get("/signals")).signals.map((each) => [each.name, each]));
  let found = [];
  try {
    const why = await get("/explain", { id: `${supplier}>${buyer}` });
    found = why.edges.flatMap((edge) => edge.signals);
  } catch (problem) {
    if (problem.code !== "E-NOT-FOUND") throw problem;
  }
  const most = Math.max(0.1, ...found.map((each) => Math.abs(each.weight)));
  const bars = found
    .filter((each) => Math.abs(each.weight) >= 0.005)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map((each) => bar(each, most));
  await openRows(title, refs, bars.length ? [el("ul", { class: "signals" }, bars)] : []);
}

function bar(signal, most) {
  const known = signals.get(signal.name);
  const fill = el("i", { class: signal.weight < 0 ? "minus" : "plus" });
  fill.style.setProperty("inline-size", `${Math.round((Math.abs(signal.weight) / most) * 100)}%`);
  const label = known ? bilingual(known.zh, known.en) : signal.name;
  const value = (signal.weight > 0 ? "+" : "−") + Math.abs(signal.weight).toFixed(2);
  const open = signal.evidence.length
    ? el("button", { type: "button", class: "quiet", onclick: () => openRows(label, signal.evidence) }, `${signal.evidence.length} ↗`)
    : el("span");
  return el("li", { title: known ? known.reason : "" }, el("span", {}, label), el("span", { class: "track" }, fill), el("b", {}, value), open);
}

export const drawingLink = (href, text) => el("a", { class: "button", href, target: "_blank", rel: "noopener noreferrer" }, text);
export { enc };
