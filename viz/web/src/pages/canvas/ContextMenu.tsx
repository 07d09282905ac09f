/** What can be done with what was clicked on, where it was clicked; Shift F10 opens it at what is chosen. */
import { useEffect, useRef } from "preact/hooks";
import { say } from "~/core/i18n";
import { roleWord } from "~/core/legend";
import { objectHref } from "~/core/numbers";
import { go, to } from "~/core/router";
import { select, selection } from "~/core/selection";
import { LEGEND } from "~/generated/schema";
import { kindName } from "~/parts/hits";
import type { Commands, requestsOf } from "./commands";
import type { GNode } from "./elements";
import { groupOf } from "./groups";
import type { CanvasState } from "./state";
import { w } from "./words";

interface MenuProps {
  state: CanvasState;
  commands: Commands;
  requests: ReturnType<typeof requestsOf>;
}
type Entry = readonly [label: string, run: () => unknown, off?: boolean];

const ROOM = 210; // px a menu takes across
const EACH = 30;

export function ContextMenu(props: MenuProps) {
  const { menu, stage } = props.state;
  const box = useRef<HTMLDivElement>(null);
  const open = menu.value;
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
    const close = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) menu.value = null;
    };
    addEventListener("pointerdown", close, true);
    return () => removeEventListener("pointerdown", close, true);
  }, [open]);
  if (!open) return null;
  const entries = entriesOf(props);
  const { width, height } = stage.current ?? { width: ROOM, height: 0 };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.stopPropagation();
      menu.value = null;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    const items = [...(box.current?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items.at((at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length)?.focus();
  };
  return (
    <div
      ref={box}
      class="context-menu"
      role="menu"
      aria-label={w.menu}
      style={{
        left: `${Math.max(4, Math.min(open.at.x, width - ROOM))}px`,
        top: `${Math.max(4, Math.min(open.at.y, height - EACH * entries.length - 10))}px`,
      }}
      onKeyDown={keys}
    >
      {entries.map(([label, run, off]) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          disabled={off}
          onClick={() => {
            menu.value = null;
            run();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function entriesOf(props: MenuProps): Entry[] {
  const { state } = props;
  const target = state.menu.value?.target ?? {};
  const node = target.node ? state.drawn.peek().nodes.find((each) => each.id === target.node) : null;
  if (node) return ofNode(node, props);
  return target.line ? ofLine(target.line, props) : ofGround(props);
}

function ofNode(node: GNode, { state, commands, requests }: MenuProps): Entry[] {
  const { model } = state;
  const several = selection.peek().length > 1;
  const kind = node.label === "Person" ? roleWord(node.role) : kindName(node.label);
  const page = node.label === "Person" ? to`/persons/${node.id}` : objectHref(node.id);
  const together = state.drawn
    .peek()
    .nodes.filter((each) => each.label === "Person" && selection.peek().includes(each.id))
    .map((each) => each.id);
  const same = () =>
    model
      .visible()
      .filter((each) => groupOf(each) === groupOf(node))
      .map((each) => each.id);
  return [
    [several ? w.expandAll(selection.peek().length) : `${w.expand} E`, commands.expand],
    [w.linkAll(selection.peek().length), requests.link, !several],
    [`${w.path} P`, commands.path],
    [w.neighbours, () => commands.neighbours(node.id)],
    [`${node.pinned ? w.unpin : w.pin} F`, commands.pin],
    [`${w.hide} H`, commands.hide],
    [`${w.hideOthers} Shift H`, commands.hideOthers],
    [w.hideKind(kind), () => model.hide(w.hideKind(kind), same())],
    [w.selectKind(kind), () => select(same())],
    [w.openPage, () => go(page ?? ""), !page],
    [w.compare, () => go(`/compare?ids=${together.join(",")}`), together.length < 2 || together.length > 6],
    [w.copyName, () => void navigator.clipboard.writeText(node.caption)],
  ];
}

function ofLine(key: string, { state, commands }: MenuProps): Entry[] {
  const line = state.stage.current?.lineOf(key);
  if (!line) return [];
  const hue = line.hue as keyof typeof LEGEND.hues;
  const name = hue in LEGEND.hues ? say([LEGEND.hues[hue].zh, LEGEND.hues[hue].en]) : line.hue;
  const off = state.model.filter.peek().off;
  return [
    [w.lineEvents, () => commands.openLine(key)],
    [w.selectEnds, () => select([line.from, line.to])],
    [w.hideChannel(name), () => state.model.sieve(name, { off: [...off, line.hue] })],
  ];
}

function ofGround({ state, commands }: MenuProps): Entry[] {
  const { model } = state;
  const shown = state.drawn.peek().nodes.map((node) => node.id);
  const hidden = model.nodes.size - model.visible().length;
  return [
    [`${w.fit} Z`, commands.fit],
    [w.selectAll, () => select(shown)],
    [w.showHidden(hidden), commands.showAll, !hidden],
    [`${w.fold} G`, commands.fold],
  ];
}
