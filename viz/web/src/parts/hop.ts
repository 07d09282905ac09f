/**
 * What a hop of a chain rests on, in the same words wherever it stands: its count, its sum, and whose they
 * are.
 */
import { nameOf, yuan } from "~/core/format";
import { type Both, words } from "~/core/i18n";
import type { Hop } from "~/generated/api";

const w = words({
  paid: (n: number, sum: string): Both => [`资金 ${n} 笔 ${sum}`, `${n} payments ${sum}`],
  paidTo: (a: string, b: string, n: number, sum: string): Both => [
    `${a} 付给 ${b} ${n} 笔 ${sum}`,
    `${a} paid ${b} ${n} times ${sum}`,
  ],
  called: (n: number): Both => [`通联 ${n}`, `${n} calls`],
  rang: (a: string, b: string, n: number): Both => [`${a} 与 ${b} 通联 ${n}`, `${n} calls of ${a} with ${b}`],
  parcels: (n: number): Both => [`快递 ${n}`, `${n} parcels`],
  statements: (n: number): Both => [`供述 ${n} 份`, `${n} statements`],
  seizures: (n: number): Both => [`缴获 ${n} 份`, `${n} exhibits`],
});

/** Names the two persons if others than the ends of the hop paid, were paid or were called. */
export function restsOn(hop: Hop): string {
  const [a, b] = hop.rows_of ? [nameOf(hop.rows_of.from), nameOf(hop.rows_of.to)] : ["", ""];
  if (hop.rows === "calls") return a ? w.rang(a, b, hop.count) : w.called(hop.count);
  if (hop.rows === "parcels") return w.parcels(hop.count);
  if (hop.rows === "statements") return w.statements(hop.count);
  if (hop.rows === "seizures") return w.seizures(hop.count);
  const sum = hop.fen ? yuan(hop.fen) : "";
  return (a ? w.paidTo(a, b, hop.count, sum) : w.paid(hop.count, sum)).trim();
}
