/** The marks of workbench.md section 6: status chips, role glyphs, strength, person and row references. */
import type { ComponentChildren } from "preact";
import type { Person } from "~/generated/api";
import { figure, knownBy, nameOf, shortRow } from "~/core/format";
import { type Both, language, words } from "~/core/i18n";
import { bars, type Role, roleGlyph, roleWord, type Status, statusWord, strengthWord } from "~/core/legend";
import { apart, hasNamesake } from "~/core/namesakes";
import { to } from "~/core/router";
import { openRows } from "./rows";

const CHIPS: Readonly<Partial<Record<Status, ChipKind>>> = {
  candidate: "candidate",
  confirmed: "confirmed",
  rejected: "rejected",
  under_review: "info",
  sent_back: "warn",
};

const w = words({
  bars: (value: string, word: string): Both => [`强度 ${value}，${word}`, `strength ${value}, ${word}`],
  row: (ref: string): Both => [`查看原始记录 ${ref}`, `Open source row ${ref}`],
});

export type ChipKind =
  | "candidate"
  | "confirmed"
  | "rejected"
  | "plain"
  | "warn"
  | "bad"
  | "ok"
  | "info"
  | "ink";

export function Chip({
  kind = "plain",
  title,
  children,
}: {
  kind?: ChipKind;
  title?: string;
  children: ComponentChildren;
}) {
  return (
    <span class={`chip ${kind}`} title={title}>
      {children}
    </span>
  );
}

/** 候选 dashed, 确认 solid, 不成立 struck through, 存疑 grey; `of` puts a word before it. */
export function StatusChip({ status, of = "" }: { status: Status | null; of?: string }) {
  const kind = CHIPS[status ?? "candidate"] ?? "plain";
  return <Chip kind={kind}>{`${of}${statusWord(status)}`}</Chip>;
}

interface GlyphProps {
  role: Role;
  size?: number;
  /** Draw the ring (only from 28 px on): dashed unless confirmed. */
  ring?: "candidate" | "confirmed";
  holderUnknown?: boolean;
}

export function RoleGlyph({ role, size = 24, ring, holderUnknown = false }: GlyphProps) {
  const kind = holderUnknown ? "unknown" : role;
  const text = holderUnknown ? "?" : roleGlyph(role);
  const classes = `glyph ${kind}${ring ? ` ring ${ring}` : ""}`;
  return (
    <span
      class={classes}
      style={{
        width: `${size}px`,
        height: `${size}px`,
        fontSize: `${Math.max(10, Math.round(size * 0.5))}px`,
      }}
      title={roleWord(role)}
    >
      <span aria-hidden="true">{text}</span>
      <span class="unseen">{roleWord(role)}</span>
    </span>
  );
}

export function Strength({ value, number = true }: { value: number | null; number?: boolean }) {
  if (value === null) return <span class="t3">—</span>;
  const filled = bars(value);
  const label = w.bars(figure(value), strengthWord(value));
  return (
    <span class="strength" title={label}>
      <span class="bars" role="img" aria-label={label}>
        {[1, 2, 3, 4].map((n) => (
          <i key={n} class={n <= filled ? "on" : ""} />
        ))}
      </span>
      {number && <b>{figure(value)}</b>}
    </span>
  );
}

type Named = Pick<Person, "id" | "name" | "phones" | "accounts" | "resident_id">;

/**
 * A person's name as a link to his page; an unknown holder says what he is known by, a namesake what tells
 * him apart.
 */
export function PersonLink({ person, known = false }: { person: Named; known?: boolean }) {
  void language.value;
  const twin = hasNamesake(person);
  return (
    <a
      href={to`/persons/${person.id}`}
      class="person"
      title={[apart(person), knownBy(person)].filter(Boolean).join(" ")}
    >
      {nameOf(person)}
      {twin && <span class="t3 small"> {apart(person)}</span>}
      {(known || !person.name) && <span class="mono t3"> {knownBy(person)}</span>}
    </a>
  );
}

/** A row reference; a click opens the row as it was read. */
export function RowRef({ refs, label }: { refs: readonly string[]; label?: string }) {
  const first = refs[0];
  if (first === undefined) return null;
  return (
    <button type="button" class="ref" title={w.row(first)} onClick={() => openRows(refs)}>
      {label ?? shortRow(first)}
    </button>
  );
}
