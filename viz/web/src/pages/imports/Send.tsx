/** Choosing files, what is known of them, sending, and what became of each. */
import { useRef, useState } from "preact/hooks";
import { useShown } from "~/core/status";
import { Icon } from "~/parts/Icon";
import { Failed } from "~/parts/states";
import { Mapping } from "./Mapping";
import {
  about,
  add,
  busy,
  chosen,
  clear,
  dropped,
  failure,
  FIELDS,
  job,
  picked,
  results,
  send,
  type Field,
  type Picked,
} from "./work";
import { w } from "./words";
import { Outcome, Progress } from "./Outcome";

export function Send() {
  const [over, setOver] = useState(false);
  const [mapping, setMapping] = useState<Picked | null>(null);
  const found = results(job.value);
  useShown(picked.value.length ? w.chosen(picked.value.length, megabytes(picked.value)) : "");
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer) void dropped(event.dataTransfer).then(add);
  };
  return (
    <div class="import-send">
      <section
        class={`drop${over ? " over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" size={26} />
        <b>{picked.value.length ? w.chosen(picked.value.length, megabytes(picked.value)) : w.drop}</b>
        <span class="row">
          <Chooser label={w.choose} />
          <Chooser label={w.folder} folder />
          {picked.value.length > 0 && (
            <button type="button" class="button" disabled={busy(job.value)} onClick={clear}>
              {w.clear}
            </button>
          )}
        </span>
      </section>
      <About />
      <div class="row import-go">
        <button
          type="button"
          class="button"
          disabled={!picked.value.length || busy(job.value)}
          onClick={() => void send(true)}
        >
          {w.check}
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!picked.value.length || busy(job.value)}
          onClick={() => void send(false)}
        >
          <Icon name="file-import" />
          {w.load}
        </button>
        <Progress />
      </div>
      {failure.value && <Failed error={failure.value} />}
      {found.length > 0 && <Outcome files={found} onMap={setMapping} />}
      {mapping && <Mapping picked={mapping} onClose={() => setMapping(null)} />}
    </div>
  );
}

const megabytes = (files: readonly Picked[]): string =>
  (files.reduce((sum, each) => sum + each.file.size, 0) / 1e6).toFixed(1);

function Chooser({ label, folder = false }: { label: string; folder?: boolean }) {
  const box = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={box}
        type="file"
        multiple
        hidden
        aria-label={label}
        {...(folder ? { webkitdirectory: true } : {})}
        onChange={(event) => {
          add(chosen(event.currentTarget.files));
          event.currentTarget.value = "";
        }}
      />
      <button type="button" class="button" disabled={busy(job.value)} onClick={() => box.current?.click()}>
        <Icon name={folder ? "folder" : "file-text"} />
        {label}
      </button>
    </>
  );
}

function About() {
  return (
    <div class="import-about">
      {FIELDS.map((field) => (
        <label key={field}>
          <span class="field-label">{w[field]}</span>
          <Entry field={field} />
        </label>
      ))}
    </div>
  );
}

function Entry({ field }: { field: Field }) {
  const value = about.value[field] ?? "";
  const write = (text: string) => (about.value = { ...about.peek(), [field]: text });
  if (field === "password")
    return (
      <input
        class="field"
        type="password"
        autocomplete="off"
        value={value}
        onInput={(event) => write(event.currentTarget.value)}
      />
    );
  if (/until|from/.test(field))
    return (
      <input class="field" type="date" value={value} onInput={(event) => write(event.currentTarget.value)} />
    );
  return (
    <input
      class="field"
      type="text"
      autocomplete="off"
      value={value}
      onInput={(event) => write(event.currentTarget.value)}
    />
  );
}
