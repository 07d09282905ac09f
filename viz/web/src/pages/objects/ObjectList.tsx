/** Accounts, numbers, vehicles or places as a table; what is looked for stands in the address. */
import { useEffect, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { nameOf } from "~/core/format";
import { bornOn } from "~/core/namesakes";
import { objectHref } from "~/core/numbers";
import { go, param, setParams } from "~/core/router";
import { useShown } from "~/core/status";
import type { Objects, ObjectShown } from "~/generated/api";
import { kindName } from "~/parts/hits";
import { ObjectLink } from "~/parts/objects";
import { PersonLink } from "~/parts/marks";
import { Band, Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { w } from "./words";

type Kind = "Account" | "Phone" | "Vehicle" | "Place";
const PAGE = 500;
const PAUSE_MS = 300;

export const Accounts = () => <ObjectList key="Account" kind="Account" />;
export const Phones = () => <ObjectList key="Phone" kind="Phone" />;
export const Vehicles = () => <ObjectList key="Vehicle" kind="Vehicle" />;
export const Places = () => <ObjectList key="Place" kind="Place" />;

function ObjectList({ kind }: { kind: Kind }) {
  const q = param("q") ?? "";
  const [cursor, setCursor] = useState<string | null>(null);
  const [rows, setRows] = useState<readonly ObjectShown[]>([]);
  const asked = useAsk("/objects", { query: { kind, q, limit: PAGE, cursor } });
  const answer = asked.answer;
  useEffect(() => setCursor(null), [q]);
  useEffect(() => {
    if (!answer || answer.kind !== kind) return;
    const before = cursor ? rows : [];
    setRows([...new Map([...before, ...answer.objects].map((each) => [each.ref, each])).values()]);
  }, [answer]);
  useShown(answer ? w.shown(rows.length, answer.total) : "");
  const next = answer?.next;
  const more = next && (
    <button type="button" class="button" disabled={asked.waiting} onClick={() => setCursor(next)}>
      {w.moreObjects}
    </button>
  );
  return (
    <>
      <div class="bounds objects-search">
        <Search q={q} label={w.part(kindName(kind))} />
      </div>
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {!answer && !asked.error && <Skeleton lines={10} />}
      {answer && <Cut answer={answer} />}
      {answer && !answer.total && <Empty icon="search">{q ? w.nothingFits : w.noObjects}</Empty>}
      {answer && answer.total > 0 && (
        <Table
          name={kind.toLowerCase()}
          label={kindName(kind)}
          columns={columnsOf(kind)}
          rows={rows}
          total={answer.total}
          rowKey={(each) => each.ref}
          tools={more}
          onOpen={(each) => go(objectHref(each.ref) ?? "/objects")}
        />
      )}
    </>
  );
}

/** Says that more may fit than were looked at. */
export function Cut({ answer }: { answer: Pick<Objects, "total" | "truncated"> }) {
  return answer.truncated ? <Band>{w.cut(answer.total)}</Band> : null;
}

/** Asks when one has stopped typing. */
function Search({ q, label }: { q: string; label: string }) {
  const [typed, setTyped] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => setParams({ q: typed.trim() || null }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      class="field"
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

function columnsOf(kind: Kind): Column<ObjectShown>[] {
  return [
    {
      key: "number",
      title: kind === "Place" ? w.place : w.number,
      value: (each) => each.caption,
      cell: (each) => <ObjectLink reference={each.ref} />,
    },
    { key: "about", title: w.about, value: (each) => each.about.join(" ") },
    {
      key: "holder",
      title: w.holder,
      value: (each) => (each.holder ? nameOf(each.holder) : null),
      cell: (each) => (each.holder ? <PersonLink person={each.holder} /> : "—"),
      hidden: kind === "Place",
    },
    {
      key: "born",
      title: w.born,
      value: (each) => (each.holder && bornOn(each.holder)) || null,
      hidden: kind === "Place",
    },
    {
      key: "id",
      title: w.idNo,
      value: (each) => each.holder?.resident_id,
      cell: (each) => <span class="mono">{each.holder?.resident_id ?? "—"}</span>,
      hidden: kind === "Place",
    },
    { key: "relations", title: w.relations, value: (each) => each.relations, numeric: true },
  ];
}
