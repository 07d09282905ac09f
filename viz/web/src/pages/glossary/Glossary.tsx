/** The words of the workbench that need explaining. */
import { meaningOf, TERMS, type Term, wordOf } from "~/core/glossary";
import { words } from "~/core/i18n";
import { Page } from "~/parts/Page";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";

const w = words({
  title: ["术语", "Glossary"],
  note: [
    "页面上有虚线下划线的词，鼠标停留即显示解释。",
    "Words with a dotted underline are explained where they stand when you hover over them.",
  ],
  word: ["词", "Word"],
  means: ["意思", "Meaning"],
});

export default function Glossary() {
  const columns: Column<Term>[] = [
    { key: "word", title: w.word, value: wordOf, cell: (term) => <b>{wordOf(term)}</b>, width: 180 },
    {
      key: "means",
      title: w.means,
      value: meaningOf,
      cell: (term) => <span class="whole">{meaningOf(term)}</span>,
    },
  ];
  return (
    <Page title={w.title} note={w.note}>
      <div class="fill">
        <Table
          name="glossary"
          label={w.title}
          columns={columns}
          rows={TERMS}
          rowKey={(term) => term}
          rowHeight={44}
        />
      </div>
    </Page>
  );
}
