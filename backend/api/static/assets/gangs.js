// Gang candidates: members by rank with role and reasons, supplies inside.

import { drawing, enc, get } from "./api.js";
import { disc, meter } from "./chains.js";
import { byId, el, show } from "./dom.js";
import { clear, drawingLink, openSupply } from "./panel.js";
import { code, nameOf, span, word } from "./words.js";

let gangs = [];
let total = 0;
let chosen = null;

export function take({ found, total: all }) {
  gangs = found.filter((gang) => gang.members.length >= 3);
  total = Math.max(gangs.length, all - (found.length - gangs.length));
}

export function list() {
  show(
    byId("list"),
    gangs.length ? null : el("p", { class: "hint" }, word("noGangs")),
    el("ul", { class: "cards" }, gangs.map(card)),
    gangs.length < total ? el("p", { class: "hint" }, word("cut", { n: gangs.length, total })) : null,
  );
}

function card(gang) {
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "card", "aria-current": String(chosen === gang.id), onclick: () => open(gang.id) },
      el("span", { class: "title" }, gang.members.slice(0, 3).map((member) => nameOf(member.person)).join("、")),
      el("code", {}, gang.id),
      el(
        "span",
        { class: "line" },
        el("span", { class: `chip ${gang.status}` }, word(gang.status)),
        el("span", {}, word("members", { n: gang.members.length })),
        el("b", { class: "figure" }, (gang.score ?? 0).toFixed(2)),
      ),
    ),
  );
}

export async function open(id) {
  chosen = id;
  list();
  const { gang, supplies } = await get(`/gangs/${enc(id)}`);
  const names = new Map(gang.members.map((member) => [member.person.id, nameOf(member.person)]));
  clear();
  show(
    byId("view"),
    el(
      "div",
      { class: "head" },
      el("h2", {}, word("gangTitle", { id: gang.id, n: gang.members.length })),
      el("span", { class: `chip ${gang.status}` }, word(gang.status)),
      el("span", { class: "gap" }),
      drawingLink(drawing(`gangs/${enc(id)}`), word("drawing")),
    ),
    el("p", { class: "hint" }, word("roleNote")),
    el("ul", { class: "members" }, gang.members.map(memberLine)),
    supplies.length ? el("h3", {}, word("supplies")) : null,
    el("ul", { class: "supplies" }, supplies.map((edge) => supply(edge, names))),
  );
}

export function start() {
  list();
  if (gangs.length) return open(chosen || gangs[0].id);
  show(byId("view"), el("p", { class: "hint" }, word("noGangs")));
  return undefined;
}

function memberLine(member) {
  return el(
    "li",
    { class: "person" },
    disc(member.role),
    el("button", { type: "button", class: "quiet name", onclick: () => document.dispatchEvent(new CustomEvent("person", { detail: member.person.id })) }, nameOf(member.person)),
    el("span", { class: "chip" }, code("role", member.role)),
    el("code", {}, [...member.person.phones, ...member.person.accounts].slice(0, 3).join(" · ")),
  );
}

export function supply(edge, names) {
  const who = (id) => names.get(id) || id;
  const rows = [...new Set(edge.signals.flatMap((signal) => signal.evidence))];
  return el(
    "li",
    {},
    el("button", { type: "button", class: "quiet name", onclick: () => openSupply(word("supplies"), edge.supplier, edge.buyer, rows) }, `${who(edge.supplier)} → ${who(edge.buyer)}`),
    meter(edge.score),
    el("span", { class: "figure" }, edge.score.toFixed(2)),
    el("span", { class: "hint" }, span(edge.from, edge.to)),
  );
}
