/** The toolbar: take back, layout, style, channels (legend and filter in one), strength, find, add, save. */
import { useState } from "preact/hooks";
import { asApiError } from "~/core/api";
import { say } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { LEGEND } from "~/generated/schema";
import { Icon } from "~/parts/Icon";
import { Menu, MenuItem } from "~/parts/Menu";
import { ChartMenu } from "./chart/ChartMenu";
import type { Commands, requestsOf } from "./commands";
import { LAYOUTS, type LayoutName } from "./layouts";
import type { Model } from "./model";
import { one } from "./opening";
import type { StyleName } from "./looks";
import type { CanvasState } from "./state";
import { w } from "./words";

type Requests = ReturnType<typeof requestsOf>;
interface ToolsProps {
  state: CanvasState;
  commands: Commands;
  requests: Requests;
}
const HUES = ["ink", "money", "talk", "goods", "words", "move"] as const;

export function Tools({ state, commands, requests }: ToolsProps) {
  const { model } = state;
  return (
    <div class="canvas-tools" role="toolbar" aria-label={w.title}>
      <Steps model={model} onStep={commands.step} />
      <Looks look={state.style.value} onLayout={requests.arrange} />
      <Channels model={model} />
      <Least model={model} />
      <Find model={model} onFind={commands.reveal} />
      <Add state={state} />
      <span class="grow" />
      <ChartMenu state={state} />
      <Menu label={w.take} icon="download">
        <MenuItem onClick={() => requests.take("png")}>PNG</MenuItem>
        <MenuItem onClick={() => requests.take("svg")}>SVG</MenuItem>
        <MenuItem onClick={() => requests.take("pdf")}>PDF A4</MenuItem>
        {(["a3", "a2", "a1", "a0"] as const).map((paper) => (
          <MenuItem key={paper} onClick={() => requests.take("pdf", paper)}>
            PDF {paper.toUpperCase()}
          </MenuItem>
        ))}
        <MenuItem onClick={requests.copyPicture}>{w.copyPicture}</MenuItem>
        <MenuItem onClick={requests.copyTable}>{w.copyTable}</MenuItem>
      </Menu>
      <button type="button" class="button" onClick={requests.save} title={`${w.save} Ctrl S`}>
        <Icon name="bookmark" /> {w.save}
      </button>
    </div>
  );
}

function Steps({ model, onStep }: { model: Model; onStep: (forward: boolean) => void }) {
  const { behind, ahead, last, next } = model.undo;
  const [back, again] = [w.undo(behind.value, last.value), w.redo(ahead.value, next.value)];
  return (
    <>
      <button
        type="button"
        class="button"
        title={back}
        aria-label={back}
        disabled={!behind.value}
        onClick={() => onStep(false)}
      >
        <Icon name="arrow-back-up" /> {behind.value}
      </button>
      <button
        type="button"
        class="button"
        title={again}
        aria-label={again}
        disabled={!ahead.value}
        onClick={() => onStep(true)}
      >
        <Icon name="arrow-forward-up" /> {ahead.value}
      </button>
    </>
  );
}

function Looks({ look, onLayout }: { look: StyleName; onLayout: (name: LayoutName) => void }) {
  const layout = (param("layout") ?? (param("gang") || param("chain") ? "roles" : "force")) as LayoutName;
  const styles: Record<StyleName, string> = { role: w.byRole, gang: w.byGang, case: w.byCase };
  return (
    <>
      <Menu left label={w.chosen(w.layout, w[layout])}>
        {LAYOUTS.map((name) => (
          <MenuItem key={name} onClick={() => onLayout(name)}>
            {w[name]}
          </MenuItem>
        ))}
      </Menu>
      <Menu left label={w.chosen(w.style, styles[look])}>
        {(Object.keys(styles) as StyleName[]).map((name) => (
          <MenuItem key={name} onClick={() => setParams({ style: name === "role" ? null : name })}>
            {styles[name]}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

/** Legend and filter in one: a hue that is off hides its relations. */
function Channels({ model }: { model: Model }) {
  const { off } = model.filter.value;
  const turn = (hue: (typeof HUES)[number]) =>
    model.sieve(say([LEGEND.hues[hue].zh, LEGEND.hues[hue].en]), {
      off: off.includes(hue) ? off.filter((each) => each !== hue) : [...off, hue],
    });
  return (
    <span class="channels" role="group" aria-label={w.legend}>
      {HUES.map((hue) => (
        <button
          key={hue}
          type="button"
          class={`button channel${off.includes(hue) ? " off" : ""}`}
          aria-pressed={!off.includes(hue)}
          onClick={() => turn(hue)}
        >
          <i class={`hue-${hue}`} aria-hidden="true" />
          {hue === "ink" ? say(["供货", "Supply"]) : say([LEGEND.hues[hue].zh, LEGEND.hues[hue].en])}
        </button>
      ))}
    </span>
  );
}

/** The least strength of a conclusion and the least amount of a payment that are drawn. */
function Least({ model }: { model: Model }) {
  const { strength, fen } = model.filter.value;
  const label = w.strengthFrom(strength.toFixed(2));
  const weaker = (text: string) => model.sieve(w.strengthFrom(text), { strength: Number(text) });
  return (
    <Menu left stay label={label}>
      <label class="item">
        <input
          type="range"
          min="0"
          max="0.95"
          step="0.05"
          value={String(strength)}
          aria-label={label}
          onChange={(event) => weaker(event.currentTarget.value)}
        />
      </label>
      <label class="item">
        {w.amountFrom}
        <input
          class="field"
          type="number"
          min="0"
          value={String(fen / 100)}
          onChange={(event) => model.sieve(w.amountFrom, { fen: Number(event.currentTarget.value) * 100 })}
        />
      </label>
    </Menu>
  );
}

function Find({ model, onFind }: { model: Model; onFind: (id: string) => void }) {
  const find = (text: string) => {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return;
    const hit = model
      .visible()
      .find((node) => node.caption.toLowerCase().includes(wanted) || node.id.toLowerCase().includes(wanted));
    if (hit) onFind(hit.id);
  };
  return (
    <input
      id="find-on-canvas"
      class="field find"
      type="search"
      placeholder={`${w.find} /`}
      aria-label={w.find}
      onInput={(event) => find(event.currentTarget.value)}
    />
  );
}

function Add({ state }: { state: CanvasState }) {
  const [adding, setAdding] = useState("");
  const add = async () => {
    try {
      const left: (string | null)[] = [];
      for (const line of adding.split(/[\n,;；]/))
        if (line.trim()) left.push(await one(state.model, line.trim()));
      state.left.value = left.filter(Boolean).join(" ") || null;
      setAdding("");
    } catch (failed) {
      state.error.value = asApiError(failed);
    }
  };
  return (
    <input
      class="field find"
      type="text"
      placeholder={w.add}
      title={w.addHint}
      aria-label={w.addHint}
      value={adding}
      onInput={(event) => setAdding(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && !event.isComposing && void add()}
    />
  );
}
