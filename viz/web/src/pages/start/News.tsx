/** What changed since I was last here, in words and links. */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { day, figure, moment, shortCase } from "~/core/format";
import { changedText, mine } from "~/core/mine";
import { param, setParams, to } from "~/core/router";
import { who } from "~/core/session";
import { dataRun } from "~/core/status";
import { lastVisit } from "~/core/visit";
import type { News as NewsFound, ReviewShown } from "~/generated/api";
import { refName } from "~/parts/hits";
import { Icon } from "~/parts/Icon";
import { Strength } from "~/parts/marks";
import { Menu, MenuItem } from "~/parts/Menu";
import { Failed } from "~/parts/states";
import { verdictWord } from "~/parts/Decide";
import { Column, MOST } from "./Column";
import { w } from "./words";

export function News() {
  const runs = useAsk("/runs", { query: { limit: 3 } });
  const loads = useAsk("/loads", { query: { limit: 500 } });
  const current = runs.answer?.runs.find((each) => each.current);
  useEffect(() => {
    if (current) dataRun.value = { run: current.id, at: current.started };
  }, [current?.id]);
  const since = sinceNow();
  const news = useAsk("/news", since === null ? null : { query: { since } });
  const files = loads.answer?.files ?? [];
  const last = files.filter((file) => file.loaded_at && Date.parse(file.loaded_at) >= (since ?? Infinity));
  const sum = (name: "loaded" | "rejected") =>
    last.reduce((total, file) => total + Number(file[name] ?? 0), 0);
  const error = runs.error ?? loads.error;
  return (
    <Column title={w.news} icon="bell">
      <Since />
      {error && <Failed error={error} retry={loads.again} />}
      {current && (
        <p class="item">
          <Icon name="player-play" />
          <span class="grow">
            {w.run(moment(current.finished))}
            {news.answer && news.answer.runs > 1 && ` · ${w.runs(news.answer.runs)}`}
          </span>
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
      <Mine />
      {news.answer && <Changed news={news.answer} />}
      {since !== null && <Decided since={since} />}
      {loads.answer && files.length === 0 && <p class="t2">{w.empty}</p>}
    </Column>
  );
}

/** Midnight a day ago in Beijing, ms. */
function yesterday(): number {
  const [hours8, day] = [8 * 3_600_000, 86_400_000];
  return Math.floor((Date.now() + hours8) / day) * day - hours8 - day;
}

/** From when on one is told: since the last visit, else since yesterday; null until that is known. */
function sinceNow(): number | null {
  const chosen = param("since");
  if (chosen === "day") return yesterday();
  if (chosen === "week") return yesterday() - 6 * 86_400_000;
  return lastVisit.value === undefined ? null : (lastVisit.value ?? yesterday());
}

/** Since when: one was last here, yesterday, a week ago. */
function Since() {
  const chosen = param("since") ?? "";
  const last = lastVisit.value;
  const at = last ? moment(new Date(last + 8 * 3_600_000).toISOString()) : "";
  const choices: [string, string][] = [
    ["", last === null ? w.firstVisit : w.sinceVisit(at)],
    ["day", w.sinceDay],
    ["week", w.sinceWeek],
  ];
  return (
    <div class="row since">
      <Menu label={choices.find(([id]) => id === chosen)?.[1] ?? ""} icon="history" left>
        {choices.map(([id, label]) => (
          <MenuItem key={id} onClick={() => setParams({ since: id || null })}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}

/** Of what I decided, what looks otherwise now. */
function Mine() {
  return (
    <>
      {(mine.value?.changed ?? []).slice(0, MOST).map((each) => (
        <a key={`${each.id}${each.what}`} class="item" href={each.href}>
          <Icon name="alert-triangle" />
          <span class="grow warn">{changedText(each)}</span>
        </a>
      ))}
    </>
  );
}

/** What others decided meanwhile, each with its page. */
function Decided({ since }: { since: number }) {
  const reviews = useAsk("/reviews", { query: { limit: 200 } });
  const me = who.value?.user;
  const others = (reviews.answer?.reviews ?? []).filter(
    (each) => each.author !== me && each.standing && !each.undoes && Date.parse(each.at) >= since,
  );
  return (
    <>
      {others.slice(0, MOST).map((each) => {
        const [name, href] = subjectOf(each);
        const text = (
          <>
            <Icon name="checklist" />
            <span class="grow cut" title={each.reason}>
              {each.author} <b>{verdictWord(each.verdict)}</b> {name}
            </span>
            <span class="t3 small keep">{moment(each.at)}</span>
          </>
        );
        return href ? (
          <a key={each.id} class="item" href={href}>
            {text}
          </a>
        ) : (
          <p key={each.id} class="item">
            {text}
          </p>
        );
      })}
    </>
  );
}

/** What an entry of the ledger is about, in words, and its page where it has one. */
function subjectOf(entry: ReviewShown): readonly [string, string | null] {
  const [label = "", key = ""] = (entry.subjects[0] ?? "").split(":");
  const kept = entry.seen as { case_no?: string; object?: { case_no?: string; rank?: number } } | null;
  const caseNo = kept?.object?.case_no ?? kept?.case_no;
  if (label === "Gang") return [w.gang(key), to`/gangs/${key}`];
  if (label === "Case") return [w.case(shortCase(key)), to`/cases/${key}`];
  if (label === "Chain" && caseNo) {
    const n = String(kept?.object?.rank ?? 1);
    return [w.chain(shortCase(caseNo), n), to`/chains/${caseNo}/${n}`];
  }
  return [refName(entry.subjects[0] ?? ""), null];
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
      {news.stronger.slice(0, MOST).map((each) => (
        <a key={`s${each.case_no}`} class="item" href={to`/chains/${each.case_no}/1`}>
          <Icon name="route" />
          <span class="grow cut">
            {w.stronger(shortCase(each.case_no), figure(each.before), figure(each.now))}
          </span>
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
      {![news.opened, news.reached, news.weaker, news.stronger].some((each) => each.length) && (
        <p class="t2 small">{news.before ? w.unchanged : w.noBefore}</p>
      )}
    </>
  );
}
