/**
 * How a canvas begins: from ids, a gang or a chain in the address, or from a saved view, asked anew so that
 * rights hold.
 */
import { api, ApiError } from "~/core/api";
import { param } from "~/core/router";
import { knownBy, nameOf } from "~/core/format";
import type { Chains, Gangs, Person, Route } from "~/generated/api";
import type { Role } from "~/core/legend";
import { forcedPlaces, MANY } from "./forcing";
import { axisFor, laidOut, type LayoutName } from "./layouts";
import { typeOf } from "./relations";
import type { Ask } from "./asks";
import type { Model } from "./model";
import { w } from "./words";

const OF_GANG = 300;
const MOST_TOLD = 2;
const AROUND = 30;
const LINKS = 5_000;

/** Every page of a list, one after the other. */
async function* pages<T extends { next: string | null }>(
  ask: (cursor: { cursor?: string }) => Promise<T>,
): AsyncGenerator<T> {
  for (let cursor: string | null = null; ; ) {
    const page = await ask(cursor ? { cursor } : {});
    yield page;
    if (!page.next) return;
    cursor = page.next;
  }
}

/** The answer, or null where what was asked about is gone or not to be seen: then it is simply not there. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.code === "E-NOT-FOUND") return null;
    throw error;
  }
}

/** Roles and gangs of everybody in a gang candidate. */
export async function learn(model: Model): Promise<void> {
  const roles = new Map<string, { role: Role; gang: string; confirmed: boolean }>();
  for await (const page of pages<Gangs>((cursor) =>
    api.get("/gangs", { query: { limit: 200, min_size: 1, ...cursor } }),
  ))
    for (const gang of page.gangs)
      for (const member of gang.members)
        if (!roles.has(member.person.id))
          roles.set(member.person.id, {
            role: member.role,
            gang: gang.id,
            confirmed: gang.status === "confirmed" || member.status === "confirmed",
          });
  model.know(roles);
}

/** Cases by person: those a chain begins at or passes, the strongest first. */
export async function learnCases(model: Model): Promise<void> {
  const found = new Map<string, string>();
  const chains: { score: number; caseNo: string; persons: string[] }[] = [];
  for await (const page of pages<Chains>((cursor) =>
    api.get("/chains", { query: { limit: 200, ...cursor } }),
  ))
    for (const each of page.cases)
      for (const chain of each.chains)
        chains.push({
          score: chain.score ?? 0,
          caseNo: each.case_no,
          persons: chain.persons.map((person) => person.id),
        });
  for (const { caseNo, persons } of chains.sort((a, b) => b.score - a.score))
    for (const id of persons) if (!found.has(id)) found.set(id, caseNo);
  model.knowCases(found);
}

/** What the address asks for; returns what was left out of it. */
export async function seed(model: Model): Promise<string | null> {
  const [gang, chain, ids] = [param("gang"), param("chain"), param("ids")];
  if (model.nodes.size || !(gang || chain || ids)) return null;
  await learn(model);
  const left: (string | null)[] = [];
  if (gang) left.push(await ofGang(model, gang));
  if (chain) await ofChain(model, chain, Number(param("n") ?? "1"));
  for (const id of ids?.split(",") ?? []) left.push(await one(model, id));
  const soon = model.nodes.size > MANY; // laid out while one already works: that can be taken back
  if (soon) model.undo.clear();
  await arranged(model, gang || chain ? "roles" : "force");
  if (!soon) model.undo.clear();
  const told = left.filter((each) => each !== null);
  return told.length > MOST_TOLD ? w.cutAt(told.length) : told.join(" ") || null;
}

/**
 * Lay out what is visible; many nodes by force in a worker, while the canvas shows them where they came in.
 */
export async function arranged(model: Model, name: LayoutName, centre?: string): Promise<void> {
  const [nodes, edges] = [model.visible(), model.edges.peek()];
  const title = `${w.layout}: ${w[name]}`;
  const axis = name === "time" ? axisFor(model.extent(), nodes, edges) : null;
  if (name !== "force" || nodes.length <= MANY)
    return model.move(title, laidOut(name, nodes, edges, centre, axis), axis);
  const places = await forcedPlaces(nodes, edges);
  for (const node of nodes) if (node.pinned) places.set(node.id, [node.x, node.y]);
  model.move(title, places, null);
}

/** One object with what surrounds it, of every kind; says what was left out. */
export async function one(model: Model, id: string): Promise<string | null> {
  if (!model.nodes.size) await learn(model);
  const ask: Ask = { node: id, types: [], limit: AROUND };
  const found = await api.get("/graph/expand", { query: { node: id, limit: ask.limit } });
  model.add(w.add, found, null, ask);
  return found.truncated ? w.cutOf(found.node.caption, found.shown, found.total) : null;
}

/** What links some objects among themselves, of every kind; says what was left out. */
export async function linked(model: Model, ids: readonly string[]): Promise<string | null> {
  const add = await links(ids);
  return add(model, w.linkAll(ids.length));
}

/** Ask what links some objects; what it answers adds it at once, and says what was left out. */
async function links(ids: readonly string[]): Promise<(model: Model, title: string) => string | null> {
  if (ids.length < 2) return () => null;
  const ask: Ask = { node: "", among: [...ids], types: [], limit: LINKS };
  const found = await api.get("/graph/among", { query: { node: [...ids], limit: LINKS } });
  return (model, title) => {
    model.add(title, found, null, ask);
    return found.truncated ? w.linksCut(found.shown) : null;
  };
}

/** The name beside a disc; an unnamed holder is called by what he is known by. */
const captionOf = (person: Person): string => person.name ?? `${nameOf(person)} ${knownBy(person)}`.trim();

/** The members of a gang with its supplies and whatever else links them; returns what was left out. */
export async function ofGang(model: Model, id: string): Promise<string | null> {
  const page = await api.get("/gangs/{gang_id}", { path: { gang_id: id } });
  const members = page.gang.members.slice(0, OF_GANG);
  // Asked before anything is shown: a step somebody takes meanwhile would be lost.
  const addLinks = await links(members.map((m) => m.person.id));
  const at = new Map(members.map((member, n) => [member.person.id, n]));
  const inside = page.supplies.filter((each) => at.has(each.supplier) && at.has(each.buyer));
  model.add(
    `${w.gang} ${id}`,
    {
      nodes: {
        id: members.map((m) => m.person.id),
        label: members.map(() => "Person"),
        person: members.map((m) => m.person.id),
        caption: members.map((m) => captionOf(m.person)),
      },
      edges: {
        id: inside.map((each) => `${each.supplier}|SUPPLIES|${each.buyer}`),
        type: inside.map(() => "SUPPLIES"),
        from: inside.map((each) => at.get(each.supplier) ?? 0),
        to: inside.map((each) => at.get(each.buyer) ?? 0),
        at: inside.map(() => null),
        at_precision: inside.map(() => null),
        amount: inside.map(() => null),
        score: inside.map((each) => each.score),
        via: inside.map(() => []),
        evidence: inside.map((each) => [...new Set(each.signals.flatMap((signal) => signal.evidence))]),
      },
    },
    null,
  );
  const left = addLinks(model, `${w.gang} ${id}`);
  const all = page.gang.members.length;
  return all > OF_GANG ? w.membersCut(OF_GANG, all) : left;
}

export async function ofChain(model: Model, caseNo: string, n: number): Promise<void> {
  const chain = (
    await api.get("/chains/{case_no}", { path: { case_no: caseNo }, query: { k: Math.max(3, n) } })
  ).cases[0]?.chains[n - 1];
  if (!chain) return;
  const at = new Map(chain.persons.map((person, place) => [person.id, place]));
  model.add(
    `${caseNo.slice(-4)}`,
    {
      nodes: {
        id: chain.persons.map((p) => p.id),
        label: chain.persons.map(() => "Person"),
        person: chain.persons.map((p) => p.id),
        caption: chain.persons.map(captionOf),
      },
      edges: {
        id: chain.hops.map((_, place) => `${chain.id}|${place}`),
        type: chain.hops.map((hop) => typeOf(hop.kind)),
        from: chain.hops.map((hop) => at.get(hop.from) ?? 0),
        to: chain.hops.map((hop) => at.get(hop.to) ?? 0),
        at: chain.hops.map((hop) => hop.first ?? null),
        at_precision: chain.hops.map(() => "second"),
        amount: chain.hops.map((hop) => hop.fen ?? null),
        score: chain.hops.map((hop) => hop.score ?? null),
        via: chain.hops.map(() => []),
        evidence: chain.hops.map((hop) => hop.evidence),
      },
    },
    null,
  );
  for (const person of chain.persons) await one(model, person.id);
}

/**
 * A found path in the columns an expansion comes in; a hop walked backward keeps the direction it happened
 * in.
 */
export function asColumns(route: Route): Parameters<Model["add"]>[1] {
  const { stations, hops } = route;
  const ends = hops.map((hop, n) => (hop.direction === "backward" ? [n + 1, n] : [n, n + 1]));
  return {
    nodes: {
      id: stations.map((s) => s.id),
      label: stations.map((s) => s.label),
      caption: stations.map((s) => (s.person ? captionOf(s.person) : s.caption)),
      person: stations.map((s) => s.person?.id ?? null),
    },
    edges: {
      id: hops.map((hop, n) => hop.event ?? `path|${stations[n]?.id}|${hop.kind}|${stations[n + 1]?.id}`),
      type: hops.map((hop) => typeOf(hop.kind)),
      from: ends.map(([from]) => from ?? 0),
      to: ends.map(([, to]) => to ?? 0),
      at: hops.map((hop) => hop.first ?? null),
      at_precision: hops.map((hop) => hop.at_precision ?? null),
      amount: hops.map((hop) => hop.fen ?? null),
      score: hops.map((hop) => hop.score ?? null),
      via: hops.map(() => []),
      evidence: hops.map((hop) => hop.evidence),
    },
  };
}
