/** Start: at work in one line of typing; what waits, what is new, what was open last. */
import { useEffect } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { moment, shortCase } from "~/core/format";
import { recent } from "~/core/recent";
import { Icon, type IconName } from "~/parts/Icon";
import { Page } from "~/parts/Page";
import { Failed } from "~/parts/states";
import { verdictWord } from "~/parts/Decide";
import { focusSearch } from "~/shell/TopBar";
import { Column, MOST } from "./Column";
import { News } from "./News";
import { Work } from "./Work";
import { w } from "./words";
import "./start.css";

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
