/**
 * What is on the canvas: nodes, single events and what is drawn of them; every change is a step one can take
 * back.
 */
import { computed, signal } from "@preact/signals";
import { Undo } from "~/core/undo";
import type { Role } from "~/core/legend";
import type { Expansion } from "~/generated/api";
import type { Ask, PathKept } from "./asks";
import type { TimeAxis } from "./axis";
import type { ChartKept } from "./chart/kept";
import { type Hand, NOTHING } from "./chart/marks";
import { drawnEdges, type Filter, type GEvent, type GNode } from "./elements";

export const MOST_NODES = 20_000;

export class Model {
  readonly nodes = new Map<string, GNode>();
  readonly events = new Map<string, GEvent>();
  readonly asks: Ask[] = [];
  readonly paths: PathKept[] = [];
  readonly version = signal(0);
  readonly filter = signal<Filter>({ off: [], range: null, night: false, strength: 0.3, fen: 0 });
  /** The axis objects stand along in the layout by time. */
  readonly axis = signal<TimeAxis | null>(null);
  /** What is drawn by hand, and the chart it is kept in. */
  readonly hand = signal<Hand>(NOTHING);
  readonly chart = signal<ChartKept | null>(null);
  readonly undo = new Undo();
  private open: { redo: () => void; undo: () => void }[] | null = null;
  private cases: ReadonlyMap<string, string> = new Map();
  private roles = new Map<string, { role: Role; gang: string; confirmed: boolean }>();

  readonly edges = computed(() => {
    void this.version.value;
    return drawnEdges(this.nodes, this.events.values(), this.filter.value);
  });

  visible(): GNode[] {
    return [...this.nodes.values()].filter((node) => !node.hidden);
  }

  /** Cases of persons, for "style by case"; a person in several is drawn by the first. */
  knowCases(cases: ReadonlyMap<string, string>): void {
    this.cases = cases;
    for (const node of this.nodes.values()) node.caseNo = cases.get(node.id) ?? null;
    this.version.value++;
  }

  /** Roles and gangs as the published run has them. */
  know(roles: Map<string, { role: Role; gang: string; confirmed: boolean }>): void {
    this.roles = roles;
    for (const node of this.nodes.values()) Object.assign(node, this.roleOf(node.id));
    this.version.value++;
  }

  private roleOf(id: string): { role: Role; gang: string | null; confirmed: boolean } {
    return this.roles.get(id) ?? { role: "unknown", gang: null, confirmed: false };
  }

  /** Add what an answer brought, next to where it was asked from; existing nodes never move. */
  add(
    name: string,
    answer: Pick<Expansion, "nodes" | "edges">,
    origin: string | null,
    ask?: Ask,
    path?: PathKept,
  ): void {
    const fresh: GNode[] = [];
    const events: GEvent[] = [];
    const ids = answer.nodes.id;
    const centre = origin ? this.nodes.get(origin) : undefined;
    const around = centre ?? { x: 0, y: 0 };
    const unknown = ids.reduce((sum, id) => sum + (this.nodes.has(id) ? 0 : 1), 0);
    for (const [at, id] of ids.entries()) {
      if (this.nodes.has(id)) continue;
      const turn = (fresh.length / Math.max(1, unknown)) * 2 * Math.PI;
      const ring = centre || unknown > 1 ? 60 + 14 * Math.sqrt(unknown) : 0;
      fresh.push({
        id,
        label: answer.nodes.label[at] ?? "Thing",
        caption: answer.nodes.caption[at] ?? id,
        ...this.roleOf(id),
        caseNo: this.cases.get(id) ?? null,
        x: around.x + ring * Math.cos(turn),
        y: around.y + ring * Math.sin(turn),
        pinned: false,
        hidden: false,
      });
    }
    const e = answer.edges;
    for (const [at, type] of e.type.entries()) {
      const from = ids[e.from[at] ?? -1];
      const to = ids[e.to[at] ?? -1];
      if (from === undefined || to === undefined) continue;
      const key = e.id[at] ?? `${from}|${type}|${to}`;
      if (this.events.has(key)) continue;
      const when = e.at[at];
      events.push({
        key,
        type,
        from,
        to,
        at: when ? Date.parse(when) : null,
        dayOnly: e.at_precision[at] === "day",
        amount: e.amount[at] ?? null,
        score: e.score[at] ?? null,
        evidence: e.evidence[at] ?? [],
      });
    }
    if (!fresh.length && !events.length) return;
    this.step(
      name,
      () => {
        for (const node of fresh) this.nodes.set(node.id, node);
        for (const event of events) this.events.set(event.key, event);
        if (ask) this.asks.push(ask);
        if (path) this.paths.push(path);
      },
      () => {
        for (const node of fresh) this.nodes.delete(node.id);
        for (const event of events) this.events.delete(event.key);
        if (ask) this.asks.pop();
        if (path) this.paths.pop();
      },
    );
  }

  hide(name: string, ids: Iterable<string>, hidden = true): void {
    const changed = [...ids]
      .map((id) => this.nodes.get(id))
      .filter((node): node is GNode => !!node && node.hidden !== hidden);
    if (changed.length) this.toggle(name, changed, (node, on) => (node.hidden = on === hidden));
  }

  pin(name: string, ids: Iterable<string>): void {
    const chosen = [...ids].map((id) => this.nodes.get(id)).filter((node): node is GNode => !!node);
    const on = chosen.some((node) => !node.pinned);
    const changed = chosen.filter((node) => node.pinned !== on);
    if (changed.length) this.toggle(name, changed, (node, forward) => (node.pinned = forward === on));
  }

  /** Places of nodes as one step: a layout, or a node that was dragged. */
  move(
    name: string,
    places: ReadonlyMap<string, readonly [number, number]>,
    axis: TimeAxis | null = this.axis.peek(),
  ): void {
    const stood = this.axis.peek();
    const before = new Map<string, readonly [number, number]>();
    for (const id of places.keys()) {
      const node = this.nodes.get(id);
      if (node) before.set(id, [node.x, node.y]);
    }
    const put = (all: ReadonlyMap<string, readonly [number, number]>) => {
      for (const [id, [x, y]] of all) {
        const node = this.nodes.get(id);
        if (node) [node.x, node.y] = [x, y];
      }
    };
    if (before.size)
      this.step(
        name,
        () => {
          put(places);
          this.axis.value = axis;
        },
        () => {
          put(before);
          this.axis.value = stood;
        },
      );
  }

  /** What is drawn by hand, changed as one step. */
  draw(name: string, changed: Partial<Hand>): void {
    const before = this.hand.peek();
    const after = { ...before, ...changed };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    this.step(
      name,
      () => (this.hand.value = after),
      () => (this.hand.value = before),
    );
  }

  sieve(name: string, changed: Partial<Filter>): void {
    const before = this.filter.peek();
    const after = { ...before, ...changed };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    this.step(
      name,
      () => (this.filter.value = after),
      () => (this.filter.value = before),
    );
  }

  private toggle(name: string, nodes: GNode[], set: (node: GNode, forward: boolean) => void): void {
    const all = (forward: boolean) => () => {
      for (const node of nodes) set(node, forward);
    };
    this.step(name, all(true), all(false));
  }

  /** Several changes as one step. */
  together(name: string, work: () => void): void {
    const steps: { redo: () => void; undo: () => void }[] = [];
    this.open = steps;
    try {
      work();
    } finally {
      this.open = null;
    }
    if (!steps.length) return;
    for (const step of [...steps].reverse()) step.undo();
    this.step(
      name,
      () => {
        for (const step of steps) step.redo();
      },
      () => {
        for (const step of [...steps].reverse()) step.undo();
      },
    );
  }

  private step(name: string, redo: () => void, undo: () => void): void {
    if (this.open) {
      redo();
      this.open.push({ redo, undo });
      return;
    }
    const told = (run: () => void) => () => {
      run();
      this.version.value++;
    };
    this.undo.do({ name, redo: told(redo), undo: told(undo) });
  }

  /** First and last time of all events; null where none has one. */
  extent(): readonly [number, number] | null {
    let first = Infinity;
    let last = -Infinity;
    for (const { at } of this.events.values())
      if (at !== null) [first, last] = [Math.min(first, at), Math.max(last, at)];
    return first <= last ? [first, last + 1] : null;
  }
}
