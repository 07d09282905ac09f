/** The drawing tools: over the canvas, while somebody draws. */
import { selection } from "~/core/selection";
import { Icon, type IconName } from "~/parts/Icon";
import { Menu, MenuItem } from "~/parts/Menu";
import type { CanvasState } from "../state";
import type { Drawing } from "./acts";
import type { Axis, Side } from "./arranging";
import { type Letters, LETTERS, type MarkKind, OWN_ICONS, PENS } from "./marks";
import { tokenOf } from "./painting";
import { iconWord, KIND_WORDS, penWord, w } from "./words";

interface BarProps {
  state: CanvasState;
  drawing: Drawing;
}
export const TOOLS: readonly [MarkKind, IconName, string][] = [
  ["text", "file-text", "T"],
  ["arrow", "arrow-right", "A"],
  ["frame", "focus-2", "R"],
  ["note", "message-2", "S"],
  ["icon", "flag", "I"],
];
const SIDES: readonly Side[] = ["left", "centre", "right", "top", "middle", "bottom"];
const AXES: readonly Axis[] = ["across", "down"];

export function ChartBar({ state, drawing }: BarProps) {
  const { chart, model } = state;
  if (!chart.drawing.value) return null;
  const { tool, picked } = chart;
  const chosen = selection.value.filter((id) => model.nodes.has(id)).length;
  const [marks, all] = [picked.value.length, picked.value.length + chosen];
  return (
    <div class="chart-bar" role="toolbar" aria-label={w.drawHint}>
      {TOOLS.map(([kind, , key]) => (
        <button
          key={kind}
          type="button"
          class="button"
          aria-pressed={tool.value === kind}
          title={`${KIND_WORDS[kind]()} ${key}`}
          onClick={() => {
            drawing.take(kind);
            document.getElementById("main")?.focus(); // Enter now draws, and presses this no more
          }}
        >
          {KIND_WORDS[kind]()}
        </button>
      ))}
      <Pens state={state} drawing={drawing} />
      <Icons state={state} drawing={drawing} />
      <Menu left label={w.letters} title={w.letters}>
        {(Object.keys(LETTERS) as Letters[]).map((letters) => (
          <MenuItem key={letters} onClick={() => drawing.letters(letters)}>
            {chart.letters.value === letters ? "✓ " : ""}
            {w[letters]}
          </MenuItem>
        ))}
      </Menu>
      <Arrange drawing={drawing} count={all} />
      <button
        type="button"
        class="button"
        aria-pressed={chart.snap.value}
        title={w.snapHint}
        onClick={() => (chart.snap.value = !chart.snap.value)}
      >
        {w.snap}
      </button>
      <button
        type="button"
        class="button icon"
        title={`${w.remove} Delete`}
        aria-label={w.remove}
        disabled={!marks}
        onClick={drawing.remove}
      >
        <Icon name="trash" />
      </button>
      <button
        type="button"
        class="button quiet icon"
        title={`${w.close} D`}
        aria-label={w.close}
        onClick={drawing.toggle}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}

/** How the tool at hand is used, over the canvas. */
export function ToolHint({ state }: { state: CanvasState }) {
  const kind = state.chart.tool.value;
  return (
    <p class="tool-hint small" role="status">
      {kind ? w.how(KIND_WORDS[kind]()) : ""}
    </p>
  );
}

function Pens({ state, drawing }: BarProps) {
  const now = state.chart.pen.value;
  return (
    <span class="pens" role="group" aria-label={w.pen}>
      {PENS.map((pen) => (
        <button
          key={pen}
          type="button"
          class="pen"
          title={penWord[pen]}
          aria-label={`${w.pen} ${penWord[pen]}`}
          aria-pressed={now === pen}
          style={{ color: `var(--${tokenOf(pen)})` }}
          onClick={() => drawing.colour(pen)}
        />
      ))}
      <button
        type="button"
        class="button quiet icon"
        title={w.noPen}
        aria-label={w.noPen}
        onClick={() => drawing.colour(null)}
      >
        <Icon name="ban" size={14} />
      </button>
    </span>
  );
}

function Icons({ state, drawing }: BarProps) {
  const now = state.chart.icon.value;
  return (
    <Menu left label={<Icon name={now} />} title={`${w.icon}: ${iconWord[now]}`}>
      {OWN_ICONS.map((icon) => (
        <MenuItem key={icon} onClick={() => drawing.wear(icon)}>
          <Icon name={icon} /> {iconWord[icon]}
        </MenuItem>
      ))}
      <MenuItem onClick={() => drawing.wear(null)}>
        <Icon name="ban" /> {w.noIcon}
      </MenuItem>
    </Menu>
  );
}

function Arrange({ drawing, count }: { drawing: Drawing; count: number }) {
  return (
    <Menu left label={w.arrange} title={w.arrange}>
      {SIDES.map((side) => (
        <MenuItem key={side} onClick={() => drawing.align(side)}>
          {w[side]}
        </MenuItem>
      ))}
      {AXES.map((axis) => (
        <MenuItem key={axis} onClick={() => drawing.distribute(axis)}>
          {w[axis]}
        </MenuItem>
      ))}
      {count < 2 && <p class="small t2 hint">{w.needsTwo}</p>}
    </Menu>
  );
}
