/** One item: what it is about, why and why not, what the noun adds, its rows, and the decision. */
import { useAsk } from "~/core/ask";
import { moment } from "~/core/format";
import { language, type Both } from "~/core/i18n";
import { actTo } from "~/core/legend";
import { go, param, to } from "~/core/router";
import { may } from "~/core/session";
import { Decide, type Verdict } from "~/parts/Decide";
import { Icon } from "~/parts/Icon";
import { StatusChip } from "~/parts/marks";
import { Menu, MenuItem } from "~/parts/Menu";
import { Panel } from "~/parts/Page";
import { SourceRows } from "~/parts/rows";
import { Failed, Skeleton } from "~/parts/states";
import { HandOver } from "./HandOver";
import type { Answer, Item, NounProps } from "./items";
import { Reasons, SubjectLink } from "./Reasons";
import { RulesTold } from "./RulesTold";
import { w } from "./words";

const CONFIRM: Both = ["属实", "Confirm"];
const VERDICTS: readonly Verdict[] = [
  { verdict: "confirmed", label: CONFIRM },
  { verdict: "rejected", label: actTo("rejected") },
  { verdict: "unsure", label: actTo("unsure") },
];
const ROWS = 12;

/** Whether this user decides about items of a noun. */
const decides = (noun: string): boolean => may(noun === "care" ? "care" : "judge");

export function Detail<I extends Item>({ noun, id, page }: { noun: string; id: string; page: NounProps<I> }) {
  const on = param("on");
  const asked = useAsk(`/${noun}/{item_id}` as "/tasks/{item_id}", {
    path: { item_id: id },
    query: { on },
  });
  const answer = asked.answer as Answer<I> | null;
  const item = answer?.items[0];
  const close = (
    <button
      type="button"
      class="button quiet icon"
      title={w.close}
      aria-label={w.close}
      onClick={() => go(to`/district/${noun}` + location.search, true)}
    >
      <Icon name="x" />
    </button>
  );
  if (asked.error)
    return (
      <Panel name="district" head={<div class="between">{close}</div>}>
        <Failed error={asked.error} retry={asked.again} />
      </Panel>
    );
  if (!answer || !item)
    return (
      <Panel name="district">
        <Skeleton />
      </Panel>
    );
  const deciding = page.decide?.(item) ?? {
    kind: "item" as const,
    subjects: [`${noun}:${id}`],
    about: `${noun}:${id}`,
    verdicts: VERDICTS,
  };
  const seen = () => ({ on: answer.on, rank: item.rank, score: item.score, run: answer.run });
  return (
    <Panel
      name="district"
      head={
        <div class="between">
          <h2 class="row grow">
            {(item.review || page.candidates !== false) && (
              <StatusChip status={item.review?.decision ?? null} />
            )}
            <span class="t2 cut" title={item.id}>
              {headed(item)}
            </span>
            {page.heading?.(item)}
          </h2>
          <TakeReport noun={noun} id={id} />
          {close}
        </div>
      }
      decide={decides(noun) && <Decide key={id} {...deciding} seen={seen} />}
    >
      <div class="stack noun-detail">
        <ul class="plain noun-subjects">
          {item.subjects.map((each) => (
            <li key={`${each.label}${each.id}`}>
              <SubjectLink subject={each} />
            </li>
          ))}
        </ul>
        {item.review && (
          <p class="small t2">{w.decided(item.review.by, moment(item.review.at), item.review.reason)}</p>
        )}
        {page.reasons !== false && <Reasons title={w.reasons} reasons={item.reasons} />}
        <Reasons title={w.against} reasons={item.against} />
        <Reasons title={w.missing} reasons={item.missing} hideEmpty />
        {page.extras?.(item)}
        {page.handOver && may("judge") && <HandOver item={item} title={page.handOver} />}
        <section aria-label={w.rows}>
          <h3>{w.rows}</h3>
          {item.evidence.length ? (
            <SourceRows refs={item.evidence} most={ROWS} />
          ) : (
            <p class="small t3">{w.noRows}</p>
          )}
        </section>
        <div class="small t2">
          <RulesTold rules={answer.rules} />
        </div>
      </div>
    </Panel>
  );
}

/** The item as a report, for a file or a meeting. */
function TakeReport({ noun, id }: { noun: string; id: string }) {
  const link = (format: string) =>
    `/api/v1/${noun}/reports/${encodeURIComponent(id)}?format=${format}&language=${language.value}`;
  return (
    <Menu label={w.report} icon="report">
      <MenuItem href={link("docx")}>{w.report} DOCX</MenuItem>
      <MenuItem href={link("pdf")}>{w.report} PDF</MenuItem>
    </Menu>
  );
}

/** Firms and persons by their name; what else there is by its own number, which people use. */
function headed(item: Item): string {
  const first = item.subjects[0];
  const named = first && ["Company", "ResidentId", "Person"].includes(first.label) ? first.name : null;
  return named ?? item.id.replaceAll("|", " · ");
}
