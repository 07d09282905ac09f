/** A gang: who, how, what if, how stable, and the decision in place. */
import { useEffect, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { changed } from "~/core/changed";
import { figure, knownAs } from "~/core/format";
import { meaningOf } from "~/core/glossary";
import { language } from "~/core/i18n";
import { go, param, to } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import { useShown } from "~/core/status";
import type { GangPage } from "~/generated/api";
import { DecideAmong, type Choice } from "~/parts/DecideAmong";
import { StatusChip } from "~/parts/marks";
import { Explained } from "~/parts/Explained";
import { Notes } from "~/parts/Notes";
import { Page, Panel } from "~/parts/Page";
import { Bars } from "~/parts/plots";
import { TakeAway } from "~/parts/TakeAway";
import { Waiting } from "~/parts/Waiting";
import { GANG, MEMBER } from "~/parts/verdicts";
import { useCrumbs } from "~/shell/crumbs";
import type { Params } from "../registry";
import { MeasuresTable, MembersTable, PayersTable } from "./tables";
import { MonthsTable, SeizuresTable, SuppliesTable } from "./flows";
import { w } from "./words";
import { KeyPlayers, RemovalPart } from "./Measures";
import "./gang.css";

export default function Gang({ params }: { params: Params }) {
  const id = params.id ?? "";
  const asked = useAsk("/gangs/{gang_id}", { path: { gang_id: id } });
  useCrumbs([{ text: id }]);
  if (asked.error || !asked.answer) return <Waiting title={id} asked={asked} />;
  return <Shown key={id} page={asked.answer} />;
}

function Shown({ page }: { page: GangPage }) {
  const { gang } = page;
  const measured = useAsk("/gangs/{gang_id}/measures", { path: { gang_id: gang.id } });
  const spoken = language.value;
  const canvas = to`/canvas?gang=${gang.id}`;
  useKeys({ g: { label: w.canvas, run: () => go(canvas) } });
  useShown(w.shown(gang.members.length));
  const drawing = `/api/v1/drawings/gangs/${encodeURIComponent(gang.id)}?format=`;
  const confirmed = gang.status === "confirmed";
  const about = `Gang:${gang.id}`;
  const chosen = gang.members.find((each) => each.person.id === param("member"));
  const choices: readonly Choice[] = [
    { id: "gang", label: `${w.gang} ${gang.id}`, kind: "gang", subjects: [gang.id], about, verdicts: GANG },
    ...(chosen
      ? [
          {
            id: "member",
            label: knownAs(chosen.person),
            kind: "member" as const,
            subjects: [gang.id, chosen.person.id],
            about,
            verdicts: MEMBER,
          },
        ]
      : []),
  ];
  return (
    <Page
      title={`${confirmed ? w.gang : w.candidate} ${gang.id}`}
      note={
        <span class="row">
          <StatusChip status={gang.status} />{" "}
          <span title={`${meaningOf("cohesion")}\n${meaningOf("stability")}`}>
            {w.note(gang.members.length, figure(gang.cohesion), figure(gang.stability))}
          </span>
        </span>
      }
      tools={
        <>
          <a class="button" href={canvas}>
            {w.canvas}
          </a>
          <TakeAway about={`gangs/${encodeURIComponent(gang.id)}`} />
        </>
      }
      panel={
        <Panel name="gang" width={330} decide={<DecideAmong choices={choices} />}>
          {measured.answer && <RemovalPart page={page} measured={measured.answer} />}
          {measured.answer && <KeyPlayers page={page} measured={measured.answer} />}
          <section>
            <h3>
              <Explained term="stability">{w.stable}</Explained>
            </h3>
            {gang.stability === null ? "—" : w.stableText(`${Math.round(gang.stability * 100)}%`)}
          </section>
          <Notes about={about} />
        </Panel>
      }
    >
      <div class="fill gang-page" tabIndex={0}>
        <section>
          <h2>
            {w.members} {gang.members.length} <span class="t3 small">{w.choose}</span>
          </h2>
          <MembersTable page={page} />
        </section>
        <Drawing source={`${drawing}svg&language=${spoken}`} id={gang.id} />
        <section class="wide">
          <h2>{w.measures}</h2>
          <p class="t2 small">{w.measuresHint}</p>
          <MeasuresTable page={page} />
        </section>
        {measured.answer && measured.answer.months.length > 0 && (
          <section class="wide">
            <h2>{w.months}</h2>
            <p class="t2 small">{w.monthsHint}</p>
            <Bars
              label={w.months}
              hue="ink"
              height={110}
              bars={measured.answer.months.map((each) => ({
                label: each.month,
                value: each.active.length,
                title: w.monthOf(each.month, each.active.length, each.events),
              }))}
            />
            <MonthsTable page={page} months={measured.answer.months} />
          </section>
        )}
        <section class="wide">
          <h2>{w.seizures}</h2>
          {page.seizures.length ? <SeizuresTable page={page} /> : <p class="t2">{w.noSeizures}</p>}
        </section>
        {page.payers.length > 0 && (
          <section class="wide">
            <details>
              <summary>
                <h2>
                  {w.payers} {page.payers.length}
                </h2>
              </summary>
              <p class="t2 small">{w.payersHint}</p>
              <PayersTable page={page} />
            </details>
          </section>
        )}
        <section class="wide">
          <h2>{w.supplies}</h2>
          {page.supplies.length ? <SuppliesTable page={page} /> : <p class="t2">{w.noSupplies}</p>}
        </section>
      </div>
    </Page>
  );
}

function Drawing({ source, id }: { source: string; id: string }) {
  const [picture, setPicture] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  // Asked for as an answer: a picture of the same address would stay as it was before a decision.
  useEffect(() => {
    const stop = new AbortController();
    const drawn = async () => {
      const answer = await fetch(source, { signal: stop.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      setPicture(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(await answer.text())}`);
      setFailed(false);
    };
    drawn().catch(() => !stop.signal.aborted && setFailed(true));
    return () => stop.abort();
  }, [source, changed.value]);
  return (
    <section>
      <h2>
        {w.structure} <span class="t3 small">{w.hint}</span>
      </h2>
      {failed ? (
        <p class="warn">{w.notDrawn}</p>
      ) : (
        picture && <img class="drawing" src={picture} alt={w.drawn(id)} />
      )}
    </section>
  );
}
