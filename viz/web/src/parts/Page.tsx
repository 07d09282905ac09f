/**
 * The frame of a page: head with title and tools, the work, at most one panel that resizes, folds and
 * overlays.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { words } from "~/core/i18n";
import { keep, kept } from "~/core/prefs";
import { useKeys } from "~/core/shortcuts";
import { Icon } from "./Icon";

const w = words({
  fold: ["收起侧栏", "Fold panel"],
  unfold: ["展开侧栏", "Unfold panel"],
  wider: ["加宽侧栏", "Wider panel"],
  narrower: ["收窄侧栏", "Narrower panel"],
  panel: ["侧栏", "Panel"],
});

interface PageProps {
  title?: ComponentChildren;
  note?: ComponentChildren;
  tools?: ComponentChildren;
  panel?: ComponentChildren;
  children: ComponentChildren;
}

export function Page({ title, note, tools, panel, children }: PageProps) {
  return (
    <>
      <main class="page" id="main" tabIndex={-1}>
        {title !== undefined && (
          <div class="head">
            <div class="grow">
              <h1>{title}</h1>
              {note && <span class="t2 cut">{note}</span>}
            </div>
            {tools}
          </div>
        )}
        {children}
      </main>
      {panel}
    </>
  );
}

interface PanelProps {
  /** Remembers its width under this name. */
  name: string;
  width?: number;
  head?: ComponentChildren;
  decide?: ComponentChildren;
  children: ComponentChildren;
}

const LEAST = 260;
const MOST = 640;
const STEP = 24;

export function Panel({ name, width = 366, head, decide, children }: PanelProps) {
  const fallback = innerWidth >= 1680 ? (width > 340 ? 470 : 380) : width;
  const [wide, setWide] = useState(Number(kept(`panel.${name}`)) || fallback);
  const [folded, setFolded] = useState(false);
  const set = (next: number) => {
    const within = Math.min(MOST, Math.max(LEAST, next));
    setWide(within);
    keep(`panel.${name}`, String(within));
  };
  useKeys({
    "\\": { label: folded ? w.unfold : w.fold, run: () => setFolded(!folded) },
    "Alt+ArrowLeft": { label: w.wider, run: () => set(wide + STEP) },
    "Alt+ArrowRight": { label: w.narrower, run: () => set(wide - STEP) },
  });
  if (folded)
    return (
      <aside class="panel folded" aria-label={w.panel}>
        <button
          type="button"
          class="button quiet icon"
          title={`${w.unfold} \\`}
          aria-label={w.unfold}
          onClick={() => setFolded(false)}
        >
          <Icon name="layout-sidebar-right-expand" />
        </button>
      </aside>
    );
  const drag = (event: PointerEvent) => {
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const move = (moved: PointerEvent) => set(wide + from - moved.clientX);
    const end = () => {
      grip.removeEventListener("pointermove", move);
      grip.removeEventListener("pointerup", end);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end);
  };
  return (
    <aside class="panel" aria-label={w.panel} style={{ width: `${wide}px` }}>
      <div class="grip" onPointerDown={drag} />
      {head && <header>{head}</header>}
      <div class="body" tabIndex={0}>
        {children}
      </div>
      {decide && <div class="decide">{decide}</div>}
    </aside>
  );
}
