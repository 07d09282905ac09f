/** A hit of a search: what it is, the part that fits marked, and why it fits. */
import type { IconName } from "./Icon";
import { Icon } from "./Icon";
import { say, oneOf } from "~/core/i18n";
import { papers } from "~/core/namesakes";
import { LABELS } from "~/generated/schema";
import { objectHref } from "~/core/numbers";
import { to } from "~/core/router";
import type { Hit } from "~/generated/api";
import { RoleGlyph } from "./marks";

export const KIND_ICONS: Readonly<Record<string, IconName>> = {
  Phone: "device-mobile",
  Sim: "device-sim",
  Device: "device-mobile-cog",
  Account: "credit-card",
  Case: "folder",
  Company: "building-factory-2",
  Seizure: "pills",
  Parcel: "package",
  Chemical: "flask",
  Clue: "bulb",
  Vehicle: "car",
  Place: "map-pin",
  Cell: "building-broadcast-tower",
  Gang: "topology-star-3",
  Chain: "route",
  ResidentId: "user",
};
const HUES: Readonly<Record<string, string>> = {
  Phone: "talk",
  Sim: "talk",
  Device: "talk",
  Account: "money",
  Seizure: "goods",
  Parcel: "goods",
  Chemical: "goods",
  Clue: "words",
  Vehicle: "move",
  Place: "move",
  Cell: "move",
};

const BY_KIND = new Map(Object.keys(LABELS).map((name) => [name.toLowerCase(), name]));

/** The label of the schema behind the kind of a hit, which is written small. */
const labelOf = (kind: string): string => BY_KIND.get(kind.toLowerCase()) ?? kind;

export function kindName(kind: string): string {
  const label = labelOf(kind);
  const spec = label in LABELS ? LABELS[label as keyof typeof LABELS] : undefined;
  return spec ? say([spec.zh, spec.en]) : label;
}

/** What a reference is called: its kind and number; an id of ours says nothing, its kind does. */
export function refName(ref: string): string {
  const [label = "", ...rest] = ref.split(":");
  const key = rest.join(":");
  const ours = label === "Person" || label === "Record" || label === "Chain";
  return ours ? kindName(label) : `${kindName(label)} ${key.replace(/^[a-z_]+:/, "")}`;
}

export function KindIcon({ kind, size = 16 }: { kind: string; size?: number }) {
  return (
    <span class={`hue-${HUES[labelOf(kind)] ?? "text"}`} style={{ display: "inline-grid" }}>
      <Icon name={KIND_ICONS[labelOf(kind)] ?? "file-unknown"} size={size} />
    </span>
  );
}

/** Where a hit leads: the person who holds what was found, else the thing itself. */
export function hitHref(hit: Hit): string {
  if (labelOf(hit.kind) === "Case") return to`/cases/${hit.id.replace(/^Case:/, "")}`;
  if (hit.person) return to`/persons/${hit.person.id}`;
  const page = objectHref(hit.identifier ?? hit.id);
  if (page) return page;
  return `/search?q=${encodeURIComponent(hit.label)}`;
}

export function Marked({ text, query }: { text: string; query: string }) {
  const at = text.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0 || !query) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + query.length)}</mark>
      {text.slice(at + query.length)}
    </>
  );
}

export function HitLine({ hit, query }: { hit: Hit; query: string }) {
  const name = hit.person?.name;
  const more = hit.label === name ? (hit.person?.phones[0] ?? hit.person?.accounts[0] ?? "") : hit.label;
  const told = hit.person && name ? papers(hit.person) : "";
  return (
    <>
      {labelOf(hit.kind) === "Person" ? (
        <RoleGlyph role="unknown" size={20} holderUnknown={!name} />
      ) : (
        <KindIcon kind={hit.kind} />
      )}
      <span class="grow cut">
        {name && (
          <b>
            <Marked text={name} query={query} />
          </b>
        )}{" "}
        {told && <span class="t2 small">{told} </span>}
        {more && more !== name && (
          <span class={labelOf(hit.kind) === "Case" ? "" : "mono t2"}>
            <Marked text={more} query={query} />
          </span>
        )}
      </span>
      <span class="t3 small keep">{oneOf(hit.why)}</span>
    </>
  );
}
