/** Map over timeline: both show the same persons, period and chosen event; every mark opens its rows. */
import { useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import { nameOf } from "~/core/format";
import { param, setParams } from "~/core/router";
import { selection } from "~/core/selection";
import type { Whereabouts } from "~/generated/api";
import { Page } from "~/parts/Page";
import { Empty, Failed, Skeleton } from "~/parts/states";
import { Shown } from "./Shown";
import { w } from "./words";
import "./map.css";

const PERSON = /^P[-\w]+$/;

export default function MapPage() {
  const about = (param("about") ?? "").split(",").filter(Boolean);
  const asked = useAsk("/whereabouts", about.length ? { query: { about } } : null);
  return (
    <Page title={w.title} note={w.note}>
      <div class="fill map-page">
        <About about={about} answer={asked.answer} />
        {!about.length && <Empty icon="map-pin">{w.empty}</Empty>}
        {asked.error && <Failed error={asked.error} retry={asked.again} />}
        {about.length > 0 && !asked.answer && !asked.error && <Skeleton lines={10} />}
        {asked.answer && <Shown answer={asked.answer} />}
      </div>
    </Page>
  );
}

/** Who is asked about: typed in, taken from the selection, or taken off again. */
function About({ about, answer }: { about: readonly string[]; answer: Whereabouts | null }) {
  const [text, setText] = useState("");
  const chosen = selection.value.filter((id) => PERSON.test(id.replace(/^Person:/, "")));
  const set = (ids: readonly string[]) => setParams({ about: [...new Set(ids)].join(",") || null });
  const add = () => {
    const wanted = text.split(/[,，;；\s]+/).filter(Boolean);
    if (wanted.length) set([...about, ...wanted]);
    setText("");
  };
  return (
    <form
      class="row map-about"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input
        class="field"
        type="search"
        placeholder={w.about}
        aria-label={w.about}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="button" disabled={!text.trim()}>
        {w.add}
      </button>
      {chosen.length > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => set([...about, ...chosen.map((id) => id.replace(/^Person:/, ""))])}
        >
          {w.selected(chosen.length)}
        </button>
      )}
      {about.map((each) => {
        const person = answer?.persons.find((one) => one.id === each);
        const name = person ? nameOf(person) : each;
        return (
          <button
            key={each}
            type="button"
            class="chip"
            title={w.remove(name)}
            aria-label={w.remove(name)}
            onClick={() => set(about.filter((other) => other !== each))}
          >
            {name} ×
          </button>
        );
      })}
    </form>
  );
}
