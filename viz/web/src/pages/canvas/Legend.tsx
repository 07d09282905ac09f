/** On the canvas: roles, kinds and lines that are there, each a switch with its count; what is not drawn. */
import { useEffect, useRef } from "preact/hooks";
import { roleWord } from "~/core/legend";
import { kindName } from "~/parts/hits";
import { Icon } from "~/parts/Icon";
import { KIND_ICONS } from "~/parts/hits";
import { RoleGlyph } from "~/parts/marks";
import { groupsOf, type Group } from "./groups";
import type { Model } from "./model";
import type { CanvasState } from "./state";
import { w } from "./words";

export function Legend({ state }: { state: CanvasState }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => state.stage.current?.cover(box.current?.offsetHeight ?? 0));
  const { model, told, drawn } = state;
  void model.version.value;
  const groups = groupsOf(model.nodes.values());
  const { edges } = drawn.value;
  const hidden = groups.reduce((sum, group) => sum + group.hidden, 0);
  const [firm, candidate] = [true, false].map((sure) => edges.some((edge) => edge.derived === !sure));
  const seen = told.value;
  const { within, names, glyphs, unlined, lines } = seen ?? {
    within: 0,
    names: 0,
    glyphs: 0,
    unlined: 0,
    lines: 0,
  };
  const notes = seen
    ? [
        names < within && w.namesShown(names, within),
        glyphs < within && w.glyphsShown(glyphs, within),
        lines < edges.length && state.stage.current?.bundled() && w.linesJoined(edges.length, lines),
        unlined > 0 && w.unlined(unlined),
      ].filter(Boolean)
    : [];
  return (
    <div class="canvas-legend" ref={box}>
      {notes.length > 0 && <p class="small t2">{`${notes.join(" · ")}${w.sentenceEnd}${w.zoomForMore}`}</p>}
      <div role="group" aria-label={w.legend}>
        {groups.map((group) => (
          <Switch key={group.key} group={group} model={model} />
        ))}
        {candidate && <LineSample dashed label={w.derived} />}
        {firm && <LineSample label={w.observed} />}
        {hidden > 0 && (
          <button type="button" class="link" onClick={() => model.hide(w.showAll, model.nodes.keys(), false)}>
            {w.showHidden(hidden)}
          </button>
        )}
      </div>
    </div>
  );
}

function Switch({ group, model }: { group: Group; model: Model }) {
  const { role, label, shown, hidden, ids } = group;
  const name = role ? roleWord(role) : kindName(label);
  const off = shown === 0;
  return (
    <button
      type="button"
      class={`entry${off ? " off" : ""}`}
      aria-pressed={!off}
      title={off ? w.showKind(name) : w.hideKind(name)}
      onClick={() => model.hide(off ? w.showKind(name) : w.hideKind(name), ids, !off)}
    >
      {role ? (
        <RoleGlyph role={role} size={16} />
      ) : (
        <Icon name={KIND_ICONS[label] ?? "file-unknown"} size={14} />
      )}
      {name} {shown}
      {hidden > 0 && !off && <span class="t3">{w.ofHidden(hidden)}</span>}
    </button>
  );
}

function LineSample({ label, dashed = false }: { label: string; dashed?: boolean }) {
  return (
    <span class="entry">
      <i class={`sample${dashed ? " dashed" : ""}`} aria-hidden="true" /> {label}
    </span>
  );
}
