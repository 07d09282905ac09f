/** Comments on a case, chain, gang or person: whom they name, by when, and whether it is done. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError, lost } from "~/core/api";
import { useAsk } from "~/core/ask";
import { tellChanged } from "~/core/changed";
import { useDraft } from "~/core/drafts";
import { day, moment } from "~/core/format";
import { words, type Both } from "~/core/i18n";
import { takeBack } from "~/core/judging";
import { may, who } from "~/core/session";
import type { NoteShown } from "~/generated/api";
import { Chip } from "./marks";
import { Failed } from "./states";

const w = words({
  title: ["意见", "Comments"],
  none: ["还没有意见。", "No comments yet."],
  text: ["写意见，@ 点名请人办理", "Comment; @ names somebody"],
  due: ["办结期限", "To be done by"],
  add: ["发表", "Add"],
  names: ["点名", "Names"],
  until: (at: string): Both => [`期限 ${at}`, `due ${at}`],
  done: ["已办", "done"],
  doneBy: (name: string): Both => [`${name} 已办`, `done by ${name}`],
  finish: ["标为已办", "Mark done"],
  remove: ["撤销", "Undo"],
  why: ["作者撤回意见", "Taken back by its author"],
  decides: ["意见不作结论，记入台账。", "A comment decides nothing; it is kept in the ledger."],
});

export function Notes({ about }: { about: string }) {
  const asked = useAsk("/reviews/notes", { query: { about } });
  const found = asked.answer?.notes ?? [];
  return (
    <section class="notes" aria-label={w.title}>
      <h3>
        {w.title} <span class="t3">{found.length || ""}</span>
      </h3>
      {asked.error && <Failed error={asked.error} retry={asked.again} />}
      {asked.answer && !found.length && <p class="small t3">{w.none}</p>}
      <ul class="small">
        {found.map((each) => (
          <li key={each.id}>
            <Note note={each} />
          </li>
        ))}
      </ul>
      {may("judge") && <Write about={about} people={asked.answer?.people ?? []} />}
    </section>
  );
}

/** Today in Beijing as in a field of dates. */
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** What is to be done by when; grey once it is done. */
export function Due({ note }: { note: NoteShown }) {
  if (note.done) return <Chip kind="ok">{w.doneBy(note.done.by)}</Chip>;
  if (!note.due) return null;
  return <Chip kind={note.due < today() ? "bad" : "warn"}>{w.until(day(note.due))}</Chip>;
}

/** Where it is a comment of one's own or names one, say that it is done. */
export function Finish({ note }: { note: NoteShown }) {
  const [error, setError] = useState<ApiError | null>(null);
  const me = who.value?.user ?? "";
  if (note.done || !note.names.length || !(note.names.includes(me) || note.by === me)) return null;
  const finish = () =>
    api
      .post("/reviews/notes/{review_id}/done", { path: { review_id: note.id } })
      .then(tellChanged, (failed: unknown) => setError(asApiError(failed)));
  return (
    <>
      <button type="button" class="link" disabled={lost.value > 0} onClick={() => void finish()}>
        {w.finish}
      </button>
      {error && <Failed error={error} />}
    </>
  );
}

function Note({ note }: { note: NoteShown }) {
  return (
    <>
      <p class="between">
        <span class="t3">
          {note.by} {moment(note.at)}
        </span>
        <span class="row">
          <Due note={note} />
          <Finish note={note} />
          {note.by === who.value?.user && !note.done && (
            <button type="button" class="link" onClick={() => void takeBack(note.id, w.why)}>
              {w.remove}
            </button>
          )}
        </span>
      </p>
      <p class="note-text">{note.text}</p>
    </>
  );
}

function Write({ about, people }: { about: string; people: readonly string[] }) {
  const [text, setText] = useDraft(`note.${about}`);
  const [due, setDue] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const typed = /(?<![A-Za-z0-9_.])@([^\s@]*)$/.exec(text)?.[1];
  const fits = typed === undefined ? [] : people.filter((each) => each.startsWith(typed) && each !== typed);
  const add = async () => {
    setBusy(true);
    setError(null);
    try {
      await api.post("/reviews/notes", { body: { about, text: text.trim(), due: due || null } });
      setText("");
      setDue("");
      tellChanged();
    } catch (failed) {
      setError(asApiError(failed));
    } finally {
      setBusy(false);
    }
  };
  const id = `note-${about.replace(/\W/g, "-")}`;
  return (
    <div class="stack">
      <label class="unseen" for={id}>
        {w.text}
      </label>
      <textarea
        id={id}
        class="field"
        rows={2}
        maxLength={1000}
        placeholder={w.text}
        title={w.decides}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      {fits.length > 0 && (
        <p class="row wrap" role="group" aria-label={w.names}>
          {fits.slice(0, 6).map((name) => (
            <button
              key={name}
              type="button"
              class="button"
              onClick={() => setText(`${text.slice(0, text.length - (typed ?? "").length)}${name} `)}
            >
              @{name}
            </button>
          ))}
        </p>
      )}
      {error && <Failed error={error} />}
      <div class="between">
        <label class="row small t2">
          {w.due}
          <input
            type="date"
            class="field"
            value={due}
            min={today()}
            onInput={(event) => setDue(event.currentTarget.value)}
          />
        </label>
        <button
          type="button"
          class="button"
          disabled={!text.trim() || busy || lost.value > 0}
          onClick={() => void add()}
        >
          {w.add}
        </button>
      </div>
    </div>
  );
}
