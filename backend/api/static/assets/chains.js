// Packet cases on the left, the chains of one of them in the middle, upstream on top.

import { all, drawing, enc, get } from "./api.js";
import { byId, el, show } from "./dom.js";
import { clear, drawingLink, openRows, openSupply } from "./panel.js";
import { code, glyph, nameOf, side, span, word, yuan } from "./words.js";

let cases = [];
let total = 0;
let roles = new Map();
let onlyPackets = true;
let chosen = null;

export async function load() {
  const [listed, gangs] = await Promise.all([
    all("/chains", "cases", { k: 5, limit: 300 }),
    all("/gangs", "gangs", { min_size: 2, limit: 300 }),
  ]);
  cases = listed.found;
  total = listed.total;
  roles = new Map(gangs.found.flatMap((gang) => gang.members.map((member) => [member.person.id, member.role])));
  onlyPackets = cases.some((each) => each.tier === "packet");
  return gangs;
}

const best = (entry) => Math.max(-1, ...entry.chains.map((chain) => chain.score ?? 0));

export function list() {
  const shown = cases.filter((each) => !onlyPackets || each.tier === "packet").sort((a, b) => best(b) - best(a));
  const filters = [
    [true, "filterPacket"],
    [false, "filterAll"],
  ].map(([value, key]) =>
    el("button", { type: "button", "aria-pressed": String(onlyPackets === value), onclick: () => ((onlyPackets = value), list()) }, word(key)),
  );
  show(
    byId("list"),
    el("div", { class: "filters", role: "group" }, filters),
    shown.length ? null : el("p", { class: "hint" }, word("noCases")),
    el("ul", { class: "cards" }, shown.map(card)),
    cases.length < total ? el("p", { class: "hint" }, word("cut", { n: cases.length, total })) : null,
  );
}

function card(entry) {
  const top = entry.chains[0];
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "card", "aria-current": String(chosen === entry.case_no), onclick: () => open(entry.case_no) },
      el("span", { class: "title" }, entry.name || entry.case_no),
      el("code", {}, entry.case_no),
      el(
        "span",
        { class: "line" },
        el("span", { class: `chip tier ${entry.tier}` }, code("tier", entry.tier)),
        el("span", {}, entry.chains.length ? word("chains", { n: entry.chains.length }) : word("noChain")),
        top && el("b", { class: "figure" }, (top.score ?? 0).toFixed(2)),
      ),
    ),
  );
}

export async function open(caseNo, n = 0) {
  chosen = caseNo;
  list();
  const { cases: found } = await get(`/chains/${enc(caseNo)}`, { k: 5 });
  draw(found[0], n);
  clear();
  location.hash = `case=${enc(caseNo)}`;
}

export function start() {
  list();
  const asked = new URLSearchParams(location.hash.slice(1)).get("case");
  const first = cases.find((each) => each.chains.length && (!onlyPackets || each.tier === "packet"));
  const wanted = cases.find((each) => each.case_no === asked) || first;
  if (wanted) return open(wanted.case_no);
  show(byId("view"), el("p", { class: "hint" }, word(cases.length ? "noChain" : "noCases")));
  return undefined;
}

function draw(entry, n) {
  const chain = entry.chains[n];
  if (!chain) {
    show(byId("view"), heading(entry, null, n), el("p", { class: "hint" }, word("noChain")));
    return;
  }
  // Up is upstream: what it reaches on top, the packet case at the bottom.
  const ladder = [];
  if (chain.reaches.length) ladder.push(end("reaches", chain.reaches));
  const level = new Map(chain.persons.map((person, i) => [person.id, i]));
  const upper = (hop, h) => Math.max(level.get(hop.from) ?? -1, level.get(hop.to) ?? -1, 0) || h + 1;
  const cards = chain.hops.map((hop, h) => [Math.min(upper(hop, h), chain.persons.length), hopCard(chain, hop, h)]);
  for (let i = chain.persons.length; i >= 0; i -= 1) {
    if (chain.persons[i]) ladder.push(personLine(chain.persons[i]));
    ladder.push(...cards.filter(([at]) => at === i).map(([, card]) => card));
  }
  ladder.push(end("start", [entry.case_no]));
  show(byId("view"), heading(entry, chain, n), el("ol", { class: "ladder" }, ladder), requests(chain));
}

function heading(entry, chain, n) {
  const tabs = entry.chains.map((each, i) =>
    el("button", { type: "button", "aria-pressed": String(i === n), onclick: () => draw(entry, i) }, `${word("chainN", { n: i + 1 })} · ${(each.score ?? 0).toFixed(2)}`),
  );
  return el(
    "div",
    { class: "head" },
    el("h2", {}, entry.name || entry.case_no),
    chain && el("span", { class: `chip ${chain.status}` }, word(chain.status)),
    chain && el("span", { class: "meter", title: word("strength") }, meter(chain.strength), ` ${(chain.strength ?? 0).toFixed(2)} ${word("strength")}`),
    el("span", { class: "gap" }),
    tabs.length > 1 && el("span", { class: "filters", role: "group" }, tabs),
    chain && drawingLink(drawing(`chains/${enc(entry.case_no)}/${n + 1}`), word("drawing")),
  );
}

export function meter(score) {
  const level = [0.25, 0.5, 0.7, 0.85].filter((bound) => (score ?? 0) >= bound).length;
  return el("span", { class: "bars", "aria-hidden": "true" }, [1, 2, 3, 4].map((bar) => el("i", { class: bar <= level ? "on" : "" })));
}

const end = (key, numbers) =>
  el("li", { class: "end" }, el("span", { class: "box" }, word(key)), numbers.map((no) => el("button", { type: "button", class: "quiet", onclick: () => open(no) }, no)));

export function disc(role) {
  return el("span", { class: `disc ${role}`, "aria-hidden": "true" }, glyph(role));
}

function personLine(person) {
  const role = roles.get(person.id) || (person.name ? "unknown" : "nobody");
  const held = [...person.phones, ...person.accounts];
  return el(
    "li",
    { class: "person" },
    role === "nobody" ? el("span", { class: "disc nobody", "aria-hidden": "true" }, "?") : disc(role),
    el(
      "button",
      { type: "button", class: "quiet name", onclick: () => document.dispatchEvent(new CustomEvent("person", { detail: person.id })) },
      nameOf(person),
    ),
    role !== "nobody" && role !== "unknown" && el("span", { class: "chip" }, code("role", role)),
    el("code", {}, held.slice(0, 3).join(" · ")),
  );
}

function hopCard(chain, hop, h) {
  const weakest = h === chain.weakest;
  const title = `${word("hop", { n: h + 1 })} · ${code("kind", hop.kind)}`;
  const facts = [
    hop.count ? word("times", { n: hop.count }) : "",
    hop.fen ? yuan(hop.fen) : "",
    span(hop.first, hop.last),
  ].filter(Boolean);
  const choose = () =>
    hop.kind === "supply" ? openSupply(title, hop.to, hop.from, hop.evidence) : openRows(title, hop.evidence);
  return el(
    "li",
    { class: `hop ${hop.kind}${weakest ? " weakest" : ""}` },
    el(
      "div",
      {},
      el("b", {}, title),
      meter(hop.score),
      el("span", { class: "figure" }, hop.score.toFixed(2)),
      weakest && el("span", { class: "chip warn" }, word("weakest")),
    ),
    el("div", { class: "facts" }, facts.join("　")),
    el("button", { type: "button", onclick: choose }, hop.evidence.length ? word("rows", { n: hop.evidence.length }) : word("why")),
  );
}

function requests(chain) {
  if (!chain.ask_for.length) return null;
  const names = new Map(chain.persons.map((person) => [person.id, nameOf(person)]));
  const rows = chain.ask_for.map((ask) =>
    el(
      "tr",
      {},
      el("td", { class: "whole" }, names.get(ask.holder) || ask.holder),
      el("td", { class: "whole" }, el("code", {}, ask.identifier)),
      el("td", { class: "whole" }, span(ask.from, ask.to)),
      el("td", {}, side(ask.content)),
      el("td", { class: "whole" }, word("hop", { n: ask.hop + 1 })),
    ),
  );
  const head = ["askHolder", "askId", "askPeriod", "askContent", "askHop"].map((key) => el("th", { scope: "col", class: "whole" }, word(key)));
  return el("section", { class: "requests" }, el("h3", {}, word("ask")), el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)));
}
