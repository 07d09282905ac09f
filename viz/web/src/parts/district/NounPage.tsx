/**
 * The page of a noun of the district: its list with filters, one item beside it, what is wrong with its data.
 * A noun gives its columns, its words and what it shows of one item; everything else is here.
 */
import { useAsk } from "~/core/ask";
import { go, to } from "~/core/router";
import { useShown } from "~/core/status";
import { StatusChip } from "~/parts/marks";
import { Page } from "~/parts/Page";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { statusWord } from "~/core/legend";
import { CheckTab } from "./CheckTab";
import { Detail } from "./Detail";
import { asked as inAddress, Filters } from "./Filters";
import { wholeDay, type Answer, type Item, type NounProps } from "./items";
import { SubjectLink } from "./Reasons";
import { RulesTold } from "./RulesTold";
import { w } from "./words";
import "./district.css";

const MOST = 1000;

export function NounPage<I extends Item>(props: NounProps<I>) {
  const { noun, title, note, item_id } = props;
  const tabs = [
    { id: "list", label: w.list },
    { id: "check", label: w.check },
  ];
  const tab = chosenTab(tabs);
  const chosen = tab === "list" ? item_id : undefined;
  const panel = chosen && <Detail key={chosen} noun={noun} id={chosen} page={props} />;
  return (
    <Page title={title} note={note} tools={props.tools} panel={panel}>
      <Tabs tabs={tabs} label={w.tabs} />
      <div class="fill noun-page">
        {tab === "list" ? <List page={props} /> : <CheckTab noun={noun} title={title} />}
      </div>
    </Page>
  );
}

function List<I extends Item>({ page }: { page: NounProps<I> }) {
  const { noun, filters = [] } = page;
  const query = { ...inAddress(filters), limit: MOST };
  const asked = useAsk(`/${noun}` as "/tasks", { query });
  const answer = asked.answer as Answer<I> | null;
  useShown(answer ? w.shown(answer.count, totalOf(page, answer)) : "");
  const units = [...new Set(answer?.items.map((each) => (each as { unit?: unknown }).unit) ?? [])]
    .filter((each): each is string => typeof each === "string")
    .sort();
  return (
    <>
      <Filters filters={filters} units={units} periodOf={page.periodOf} />
      {asked.error ? (
        <Failed error={asked.error} retry={asked.again} />
      ) : answer ? (
        <Listed page={page} answer={answer} asked={Object.keys(inAddress(filters)).length > 0} />
      ) : (
        <Skeleton lines={10} />
      )}
    </>
  );
}

function Listed<I extends Item>({
  page,
  answer,
  asked,
}: {
  page: NounProps<I>;
  answer: Answer<I>;
  asked: boolean;
}) {
  const { noun, title } = page;
  return (
    <>
      <About answer={answer} whole={page.whole ?? false} />
      {answer.items.length > 0 && page.above?.(answer)}
      {answer.items.length ? (
        <div class="noun-table">
          <Table
            name={noun}
            label={title}
            columns={columnsOf(page)}
            rows={answer.items}
            total={totalOf(page, answer)}
            rowKey={(item) => item.id}
            selected={page.item_id ?? null}
            onSelect={(item) => go(to`/district/${noun}/${item.id}` + location.search, true)}
          />
        </div>
      ) : (
        <Empty icon="info-circle">{asked ? w.nothing : page.none}</Empty>
      )}
    </>
  );
}

/** All items there are, listed or not. */
const totalOf = <I extends Item>(page: NounProps<I>, answer: Answer<I>): number =>
  answer.count + (page.whole ? 0 : answer.left_out);

/** How many are listed and left out, on which day, of which load, by which rules. */
function About<I extends Item>({ answer, whole }: { answer: Answer<I>; whole: boolean }) {
  return (
    <div class="noun-about small t2" role="status">
      <span>
        {whole ? w.listed(answer.count, answer.left_out) : w.counted(answer.count, answer.left_out)}
      </span>
      <span>{w.onDay(answer.on.slice(0, 10))}</span>
      {answer.as_of !== null && <span>{w.load(answer.as_of)}</span>}
      <RulesTold rules={answer.rules} />
    </div>
  );
}

/** Rank and subject, the noun's own, the review. */
function columnsOf<I extends Item>(page: NounProps<I>): Column<I>[] {
  const proposed = page.candidates !== false;
  const subject: Column<I> = {
    key: "subject",
    title: w.subject,
    value: (item) => item.subjects.map((each) => each.name ?? each.id).join(" "),
    cell: (item) => {
      const first = item.subjects[0];
      return first ? (
        <>
          <SubjectLink subject={first} />
          {item.subjects.length > 1 && <span class="t3"> +{item.subjects.length - 1}</span>}
        </>
      ) : (
        "—"
      );
    },
  };
  const review: Column<I> = {
    key: "review",
    title: w.state,
    value: (item) => (item.review || proposed ? statusWord(item.review?.decision ?? null) : null),
    cell: (item) =>
      item.review || proposed ? (
        <StatusChip status={item.review?.decision ?? null} />
      ) : (
        <span class="t3">—</span>
      ),
    width: 84,
  };
  const rank: Column<I> = {
    key: "rank",
    title: w.rank,
    value: (item) => item.rank,
    numeric: true,
    width: 52,
  };
  return [...(page.subject === false ? [] : [rank, subject]), ...page.columns, review];
}

/** A day column; `—` where there is none. */
export function dayColumn<I>(key: string, title: string, of: (item: I) => string | null): Column<I> {
  return { key, title, value: of, cell: (item) => <span class="keep">{wholeDay(of(item))}</span>, width: 96 };
}
