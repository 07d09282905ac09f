/** The field in which the text of a mark is written, where the mark stands. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CanvasState } from "../state";
import type { Drawing } from "./acts";
import { MOST_TEXT } from "./marks";
import { w } from "./words";

const LEAST = { w: 190, h: 44 }; // px

export function Editor({ state, drawing }: { state: CanvasState; drawing: Drawing }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const now = state.chart.editing.value;
  void state.looked.value;
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [now]);
  const stage = state.stage.current;
  if (!now || !stage) return null;
  const { mark } = now;
  const box = stage.chart.box(mark) ?? { x: stage.width / 2, y: stage.height / 2, ...LEAST };
  const [wide, tall] = [Math.max(LEAST.w, box.w), Math.max(LEAST.h, mark.kind === "frame" ? 0 : box.h)];
  const size = Math.max(12, Math.min(40, mark.size * stage.unit));
  return (
    <textarea
      key={mark.id}
      ref={field}
      class="mark-text"
      aria-label={w.typing}
      title={w.typing}
      placeholder={w.typing}
      maxLength={MOST_TEXT}
      defaultValue={mark.text}
      style={{
        left: `${Math.max(4, Math.min(box.x, stage.width - wide - 4))}px`,
        top: `${Math.max(4, Math.min(box.y, stage.height - tall - 4))}px`,
        width: `${wide}px`,
        height: `${tall}px`,
        fontSize: `${size}px`,
      }}
      onBlur={(event) => drawing.write(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.isComposing) return;
        if (event.key === "Escape") {
          event.stopPropagation();
          drawing.write(null);
        } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          drawing.write(event.currentTarget.value);
        }
      }}
    />
  );
}
