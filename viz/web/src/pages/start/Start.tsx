/** Start: at work in one line of typing; what waits, what is new, what was open last. */
import { useEffect } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { useAsk } from "~/core/ask";
import { chainNo, day, figure, moment, shortCase } from "~/core/format";
import { say } from "~/core/i18n";
import { recent } from "~/core/recent";
import { to } from "~/core/router";
import { dataRun } from "~/core/status";
import type { BoardRow, News as NewsFound } from "~/generated/api";
import { Icon, type IconName } from "~/parts/Icon";
import { Strength } from "~/parts/marks";
import { Page } from "~/parts/Page";
import { Failed, Skeleton } from "~/parts/states";
import { verdictWord } from "~/parts/Decide";
import { setCount } from "~/shell/counts";
import { focusSearch } from "~/shell/TopBar";
import { seizedText } from "~/core/substances";
import { w } from "./words";
import "./start.css";

const MOST = 8;

export default function Start() {
  useEffect(focusSearch, []);
  return (
    <Page title={w.title} note={w.lead}>
      <div class="fill start">
        <Work />
        <News />
        <Recent />
      </div>
    </Page>
  );
}

function Column({ title, icon, children }: { title: string; icon: IconName; children: ComponentChildren }) {
  return (
    <section class="column">
      <h2 class="row">
        <Icon name={icon} />
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Packet cases with a chain to a major case that nobody has judged yet, strongest first. */
function Work() {
  const board = useAsk("/board", { query: { limit: 500 } });
  const rows = [...(board.answer?.rows ?? [])];
  const leads = rows.filter((row) => row.major && row.chain?.status === "candidate");
  leads.sort((a, b) => (b.chain?.strength ?? 0) - (a.chain?.strength ?? 0));
  return (
    <Column title={w.work} icon="flag">
      {board.error && <Failed error={board.error} retry={board.again} />}
      {!board.answer && !board.error && <Skeleton />}
      <Leads />
      {board.answer && <p class="t2 small">{leads.length ? w.leads(leads.length) : w.noLeads}</p>}
      {leads.slice(0, MOST).map((row) => (
        <CaseLine key={row.case_no} row={row} />
      ))}
      {board.answer && (
        <a class="button" href="/board">
          {w.board}
        </a>
      )}
    </Column>
  );
}

/** What watches found and nobody has judged, and what is overdue at a unit. */
function Leads() {
  const asked = useAsk("/leads", { query: { limit: 200 } });
  const open = asked.answer?.leads ?? [];
  const fresh = open.filter((each) => each.status === "new").length;
  const late = open.filter((each) => each.overdue_days).length;
  useEffect(() => {
    if (asked.answer) setCount("/leads", fresh);
  }, [asked.answer]);
  if (!open.length) return null;
  return (
    <>
      <p class="t2 small">{w.watched(fresh, late)}</p>
      {open.slice(0, 4).map((each) => (
        <a key={each.id} class="item" href={to`/leads/${each.id}`}>
          <Icon name="eye" />
          <span class="grow cut">{say([each.title.zh, each.title.en])}</span>
        </a>
      ))}
    </>
  );
}

function CaseLine({ row }: { row: BoardRow }) {
  return (
    <a class="item" href={to`/chains/${row.case_no}/${chainNo(row.chain)}`} title={row.name ?? row.case_no}>
      <Icon name="route" />
      <span class="grow cut">
        <b>{shortCase(row.case_no)}</b> → {row.major && shortCase(row.major)}{" "}
        <span class="t2 small">{seizedText(row.seized)}</span>
      </span>
      {row.chain && <Strength value={row.chain.strength} />}
    </a>
  );
}

function News() {
  const runs = useAsk("/runs", { query: { limit: 3 } });
  const loads = useAsk("/loads", { query: { limit: 500 } });
  const current = runs.answer?.runs.find((each) => each.current);
  useEffect(() => {
    if (current) dataRun.value = { run: current.id, at: current.started };
  }, [current?.id]);
  const since = yesterday();
  const news = useAsk("/news", { query: { since } });
  const files = loads.answer?.files ?? [];
  const last = files.filter((file) => file.loaded_at && Date.parse(file.loaded_at) >= since);
  const sum = (name: "loaded" | "rejected") =>
    last.reduce((total, file) => total + Number(file[name] ?? 0), 0);
  const error = runs.error ?? loads.error;
  return (
    <Column title={w.news} icon="bell">
      {error && <Failed error={error} retry={loads.again} />}
      {current && (
        <p class="item">
          <Icon name="player-play" />
          <span class="grow">{w.run(moment(current.finished))}</span>
        </p>
      )}
      {last.length > 0 && (
        <a class="item" href="/imports">
          <Icon name="file-import" />
          <span class="grow">{w.loaded(last.length, loads.answer?.total ?? 0, sum("loaded"))}</span>
          <span class="t3 small keep">{day(String(last[0]?.loaded_at ?? ""))}</span>
        </a>
      )}
      {sum("rejected") > 0 && (
        <a class="item" href="/imports">
          <Icon name="alert-triangle" />
          <span class="grow warn">{w.rejected(sum("rejected"))}</span>
        </a>
      )}
      {news.error && <Failed error={news.error} retry={news.again} />}
      {news.answer && <Changed news={news.answer} />}
      {loads.answer && files.length === 0 && <p class="t2">{w.empty}</p>}
    </Column>
  );
}

/** Midnight a day ago in Beijing, ms. */
function yesterday(): number {
  const [hours8, day] = [8 * 3_600_000, 86_400_000];
  return Math.floor((Date.now() + hours8) / day) * day - hours8 - day;
}

/** What the present run says that the last one before did not. */
function Changed({ news }: { news: NewsFound }) {
  return (
    <>
      {news.opened.slice(0, MOST).map((each) => (
        <a
          key={`o${each.case_no}`}
          class="item"
          href={to`/cases/${each.case_no}`}
          title={each.name ?? each.case_no}
        >
          <Icon name="folder" />
          <span class="grow cut">{w.opened(shortCase(each.case_no))}</span>
          <span class="t3 small keep">{day(each.opened_at)}</span>
        </a>
      ))}
      {news.reached.slice(0, MOST).map((each) => (
        <a key={`r${each.case_no}`} class="item" href={to`/chains/${each.case_no}/1`}>
          <Icon name="route" />
          <span class="grow cut">
            {w.reached(shortCase(each.case_no), each.reaches.map(shortCase).join("、"))}
          </span>
          <Strength value={each.score} />
        </a>
      ))}
      {news.weaker.slice(0, MOST).map((each) => (
        <a key={`w${each.case_no}`} class="item" href={to`/cases/${each.case_no}`}>
          <Icon name="alert-triangle" />
          <span class="grow cut warn">
            {w.weaker(shortCase(each.case_no), figure(each.before), figure(each.now))}
          </span>
        </a>
      ))}
      {!news.opened.length && !news.reached.length && !news.weaker.length && (
        <p class="t2 small">{news.before ? w.unchanged : w.noBefore}</p>
      )}
    </>
  );
}

/** An opened address by what it is and its number. */
function placeName(path: string): readonly [IconName, string] {
  const [, kind, id = "", n = "1"] = path.split("/").map(decodeURIComponent);
  if (kind === "cases") return ["folder", w.case(shortCase(id))];
  if (kind === "chains") return ["route", w.chain(shortCase(id), n)];
  return kind === "gangs" ? ["users", w.gang(id)] : ["chart-dots-3", w.canvas(id.slice(0, 6))];
}

function Opened() {
  return (
    <>
      {recent.value.length === 0 && <p class="t2 small">{w.nothingOpened}</p>}
      {recent.value.map((path) => {
        const [icon, name] = placeName(path);
        return (
          <a key={path} class="item" href={path}>
            <Icon name={icon} />
            <span class="grow cut">{name}</span>
          </a>
        );
      })}
    </>
  );
}

function Recent() {
  const reviews = useAsk("/reviews", { query: { limit: MOST } });
  return (
    <Column title={w.lastOpened} icon="history">
      <Opened />
      <h2 class="row">
        <Icon name="checklist" />
        {w.recent}
      </h2>
      {reviews.error && <Failed error={reviews.error} retry={reviews.again} />}
      {reviews.answer?.reviews.length === 0 && <p class="t2 small">{w.noReviews}</p>}
      {reviews.answer?.reviews.map((entry) => (
        <p key={entry.id} class="item" title={entry.reason}>
          <span class="t3 small keep">{moment(entry.at)}</span>
          <span class="grow cut">
            {entry.author} <b>{verdictWord(entry.verdict)}</b> {entry.reason}
          </span>
        </p>
      ))}
    </Column>
  );
}
