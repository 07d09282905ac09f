/** The rows of source files behind everything: as a dialog from any reference, or in place. */
import { signal } from "@preact/signals";
import { useAsk } from "~/core/ask";
import { words, type Both } from "~/core/i18n";
import type { SourceRow } from "~/generated/api";
import { Dialog } from "./Dialog";
import { Icon } from "./Icon";
import { Failed, Skeleton } from "./states";

const MOST = 40;
const opened = signal<readonly string[]>([]);

const w = words({
  title: (n: number): Both => [`原始记录 ${n} 行`, `${n} source rows`],
  cut: (n: number, all: number): Both => [`只显示前 ${n} 行，共 ${all} 行。`, `First ${n} of ${all} rows.`],
  where: (sheet: string, row: number): Both => [`${sheet}第 ${row} 行`, `${sheet}row ${row}`],
  gone: ["没有这一行，或无权查看。", "There is no such row, or you may not see it."],
  basis: ["调取依据", "Legal basis"],
});

export function openRows(refs: readonly string[]): void {
  opened.value = refs;
}

/** Mounted once by the shell. */
export function RowsDialog() {
  const refs = opened.value;
  if (!refs.length) return null;
  return (
    <Dialog title={w.title(refs.length)} wide onClose={() => (opened.value = [])}>
      <SourceRows refs={refs} />
    </Dialog>
  );
}

/** Rows in place, every file side by side; `most` rows are asked for. */
export function SourceRows({ refs, most = MOST }: { refs: readonly string[]; most?: number }) {
  const shown = refs.slice(0, most);
  const asked = useAsk("/evidence", shown.length ? { query: { row: [...shown] } } : null, false);
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={3} />;
  return (
    <div>
      {asked.answer.rows.map((row) => (
        <Row key={row.evidence} row={row} />
      ))}
      {refs.length > shown.length && <p class="small t3">{w.cut(shown.length, refs.length)}</p>}
    </div>
  );
}

function Row({ row }: { row: SourceRow }) {
  if (!row.found)
    return (
      <article class="source">
        <header>
          <span class="mono">{row.evidence}</span>
        </header>
        <p style={{ padding: "5px 8px" }}>{w.gone}</p>
      </article>
    );
  const cells = row.cells ?? [];
  const sheet = row.sheet ? `${row.sheet} · ` : "";
  return (
    <article class="source">
      <header>
        <Icon name="file-spreadsheet" size={14} />
        <span class="grow cut" title={row.file ?? ""}>
          {row.file}
        </span>
        <span class="mono t3 keep">{w.where(sheet, row.row ?? 0)}</span>
      </header>
      <dl>
        {(row.headings ?? []).map((heading, at) =>
          cells[at] ? (
            <div key={`${at}${heading}`}>
              <dt>{heading}</dt>
              <dd>{cells[at]}</dd>
            </div>
          ) : null,
        )}
        {row.basis && (
          <div>
            <dt>{w.basis}</dt>
            <dd>{row.basis}</dd>
          </div>
        )}
      </dl>
    </article>
  );
}
