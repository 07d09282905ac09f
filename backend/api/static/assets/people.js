// Search results, and one person with all that stands behind him.

import { drawing, enc, get } from "./api.js";
import { open as openCase } from "./chains.js";
import { byId, el, show } from "./dom.js";
import { open as openGang, supply } from "./gangs.js";
import { clear, drawingLink, openRows } from "./panel.js";
import { bilingual, code, nameOf, side, word } from "./words.js";

let last = null;

export async function search(query) {
  last = query;
  const found = await get("/search", { q: query, limit: 50 });
  clear();
  show(
    byId("list"),
    el("p", { class: "hint" }, counted(found, query)),
    el("ul", { class: "cards" }, found.hits.map(hit)),
  );
  const first = found.hits.find((each) => each.person);
  if (first) await person(first.person.id);
  else show(byId("view"));
}

function counted(found, query) {
  if (!found.hits.length) return word("none", { q: query });
  return word(found.hits.length < found.total ? "cut" : "hits", { n: found.hits.length, total: found.total });
}

export const again = () => (last ? search(last) : undefined);

function hit(each) {
  const choose = () => {
    if (each.kind === "case") return openCase(each.id);
    return each.person ? person(each.person.id) : undefined;
  };
  const title = each.person ? nameOf(each.person) : each.label;
  return el(
    "li",
    {},
    el("button", { type: "button", class: "card", onclick: choose }, el("span", { class: "title" }, title), each.label !== title && el("code", {}, each.label), el("span", { class: "line" }, each.why.split(": ").map(side).join(bilingual("：", ": ")))),
  );
}

export async function person(id) {
  const found = await get(`/persons/${enc(id)}`);
  const names = new Map(found.supplies.flatMap((edge) => [edge.supplier, edge.buyer]).map((each) => [each.id, nameOf(each)]));
  clear();
  show(
    byId("view"),
    el(
      "div",
      { class: "head" },
      el("h2", {}, nameOf(found.person)),
      found.fugitive && el("span", { class: "chip warn" }, word("fugitive")),
      found.registered_user && el("span", { class: "chip" }, word("user")),
      found.gangs.map((gang) => el("span", { class: "chip" }, code("role", gang.role))),
      el("span", { class: "gap" }),
      drawingLink(drawing(`persons/${enc(id)}`), word("drawing")),
    ),
    part("holds", found.holds.map(held)),
    part("inCases", found.cases.map(caseLine)),
    part("inChains", found.chains.map((chain) => el("li", {}, el("button", { type: "button", class: "quiet name", onclick: () => openCase(chain.case_no, (chain.rank ?? 1) - 1) }, `${chain.case_no} · ${word("chainN", { n: chain.rank })}`)))),
    part("inGangs", found.gangs.map((gang) => el("li", {}, el("button", { type: "button", class: "quiet name", onclick: () => openGang(gang.id) }, gang.id), code("role", gang.role)))),
    part("supplies", found.supplies.map((edge) => supply({ ...edge, supplier: edge.supplier.id, buyer: edge.buyer.id }, names))),
  );
  byId("view").scrollTop = 0;
}

const part = (key, items) => (items.length ? el("section", {}, el("h3", {}, word(key)), el("ul", { class: "plain" }, items)) : null);

const rowsButton = (title, refs) =>
  refs.length ? el("button", { type: "button", class: "quiet", onclick: () => openRows(title, refs) }, word("rows", { n: refs.length })) : null;

const held = (each) =>
  el("li", {}, el("code", { class: "big" }, each.identifier.replace(/^\w+:/, "")), el("span", { class: "hint" }, code("holds", each.reason || "")), rowsButton(word("holds"), each.evidence));

const caseLine = (each) =>
  el("li", {}, el("button", { type: "button", class: "quiet name", onclick: () => openCase(each.case_no) }, each.name || each.case_no), each.role && el("span", { class: "chip" }, each.role), rowsButton(word("inCases"), each.evidence || []));
