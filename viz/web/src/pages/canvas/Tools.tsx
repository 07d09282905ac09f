/** The toolbar: take back, layout, style, channels (legend and filter in one), strength, find, add, save. */
import { useState } from "preact/hooks";
import { type ApiError, asApiError } from "~/core/api";
import { say } from "~/core/i18n";
import { param, setParams } from "~/core/router";
import { LEGEND } from "~/generated/schema";
import { Icon } from "~/parts/Icon";
import { Menu, MenuItem } from "~/parts/Menu";
import { LAYOUTS, type LayoutName } from "./layouts";
import type { Model } from "./model";
import { one } from "./opening";
import type { StyleName } from "./stage";
import type { TakenFormat } from "./taking";
import { w } from "./words";

interface ToolsProps {
  model: Model;
  look: StyleName;
  onLayout: (name: LayoutName) => void;
  onStep: (forward: boolean) => void;
  onSave: () => void;
  onTake: (format: TakenFormat, paper?: "a4" | "a3") => void;
  onFind: (id: string) => void;
  onError: (error: ApiError) => void;
}
const HUES = ["ink", "money", "talk", "goods", "words", "move"] as const;

export function Tools({ model, look, onLayout, onStep, onSave, onTake, onFind, onError }: ToolsProps) {
  const [adding, setAdding] = useState("");
  const { behind, ahead, last, next } = model.undo;
  const filter = model.filter.value;
  const layout = (param("layout") ?? (param("gang") || param("chain") ? "roles" : "force")) as LayoutName;
  const styles: Record<StyleName, string> = { role: w.byRole, gang: w.byGang, case: w.byCase };
  const switchHue = (hue: string) =>
    model.sieve(
      say(
        LEGEND.hues[hue as (typeof HUES)[number]]
          ? [LEGEND.hues[hue as (typeof HUES)[number]].zh, LEGEND.hues[hue as (typeof HUES)[number]].en]
          : [hue, hue],
      ),
      {
        off: filter.off.includes(hue) ? filter.off.filter((each) => each !== hue) : [...filter.off, hue],
      },
    );
  const find = (text: string) => {
    const wanted = text.trim().toLowerCase();
    const hit = wanted
      ? model
          .visible()
          .find(
            (node) => node.caption.toLowerCase().includes(wanted) || node.id.toLowerCase().includes(wanted),
          )
      : undefined;
    if (hit) onFind(hit.id);
  };
  const add = async () => {
    try {
      for (const line of adding.split(/[\n,;；]/)) if (line.trim()) await one(model, line.trim());
      setAdding("");
    } catch (failed) {
      onError(asApiError(failed));
    }
  };
  return (
    <div class="canvas-tools" role="toolbar" aria-label={w.title}>
      <button
        type="button"
        class="button"
        title={w.undo(behind.value, last.value)}
        aria-label={w.undo(behind.value, last.value)}
        disabled={!behind.value}
        onClick={() => onStep(false)}
      >
        <Icon name="arrow-back-up" /> {behind.value}
      </button>
      <button
        type="button"
        class="button"
        title={w.redo(ahead.value, next.value)}
        aria-label={w.redo(ahead.value, next.value)}
        disabled={!ahead.value}
        onClick={() => onStep(true)}
      >
        <Icon name="arrow-forward-up" /> {ahead.value}
      </button>
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
      <span class="channels" role="group" aria-label={w.legend}>
        {HUES.map((hue) => (
          <button
            key={hue}
            type="button"
            class={`button channel${filter.off.includes(hue) ? " off" : ""}`}
            aria-pressed={!filter.off.includes(hue)}
            onClick={() => switchHue(hue)}
          >
            <i class={`hue-${hue}`} aria-hidden="true" />
            {hue === "ink" ? say(["供货", "supply"]) : say([LEGEND.hues[hue].zh, LEGEND.hues[hue].en])}
          </button>
        ))}
      </span>
      <Menu left stay label={w.strengthFrom(filter.strength.toFixed(2))}>
        <label class="item">
          <input
            type="range"
            min="0"
            max="0.95"
            step="0.05"
            value={String(filter.strength)}
            aria-label={w.strengthFrom(filter.strength.toFixed(2))}
            onChange={(event) =>
              model.sieve(w.strengthFrom(event.currentTarget.value), {
                strength: Number(event.currentTarget.value),
              })
            }
          />
        </label>
        <label class="item">
          {w.amountFrom}
          <input
            class="field"
            type="number"
            min="0"
            value={String(filter.fen / 100)}
            onChange={(event) => model.sieve(w.amountFrom, { fen: Number(event.currentTarget.value) * 100 })}
          />
        </label>
      </Menu>
      <input
        id="find-on-canvas"
        class="field find"
        type="search"
        placeholder={`${w.find} /`}
        aria-label={w.find}
        onInput={(event) => find(event.currentTarget.value)}
      />
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
      <span class="grow" />
      <Menu label={w.take} icon="download">
        <MenuItem onClick={() => onTake("png")}>PNG</MenuItem>
        <MenuItem onClick={() => onTake("svg")}>SVG</MenuItem>
        <MenuItem onClick={() => onTake("pdf")}>PDF A4</MenuItem>
        <MenuItem onClick={() => onTake("pdf", "a3")}>PDF A3</MenuItem>
      </Menu>
      <button type="button" class="button" onClick={onSave} title={`${w.save} Ctrl S`}>
        <Icon name="bookmark" /> {w.save}
      </button>
    </div>
  );
}
