/** The whole canvas in small with the frame that is looked at, and buttons to zoom. */
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "~/parts/Icon";
import { palette } from "./colours";
import type { CanvasState } from "./state";
import { w } from "./words";

const WIDE = 148;
const TALL = 92;
const EDGE = 6;

export function Minimap({ state }: { state: CanvasState }) {
  const box = useRef<HTMLCanvasElement>(null);
  const { stage, drawn, looked } = state;
  const { nodes } = drawn.value;
  const turn = looked.value;
  useEffect(() => {
    const asked = requestAnimationFrame(() => box.current && draw(box.current, state));
    return () => cancelAnimationFrame(asked);
  }, [nodes, turn]);
  const go = (event: PointerEvent) => {
    const scale = scaleOf(state);
    if (!scale || !(event.buttons & 1)) return;
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect();
    stage.current?.centre(...scale.back(event.clientX - frame.left, event.clientY - frame.top));
  };
  return (
    <div class="minimap">
      <div class="zoom" role="group" aria-label={w.zoom}>
        <button
          type="button"
          class="button quiet icon"
          title={`${w.zoomIn} +`}
          aria-label={w.zoomIn}
          onClick={() => stage.current?.zoom(1.4)}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="button quiet icon"
          title={`${w.zoomOut} −`}
          aria-label={w.zoomOut}
          onClick={() => stage.current?.zoom(1 / 1.4)}
        >
          <Icon name="minus" />
        </button>
        <button
          type="button"
          class="button quiet icon"
          title={`${w.fit} Z`}
          aria-label={w.fit}
          onClick={() => stage.current?.fit()}
        >
          <Icon name="zoom-in-area" />
        </button>
      </div>
      <canvas ref={box} width={WIDE} height={TALL} aria-hidden="true" onPointerDown={go} onPointerMove={go} />
    </div>
  );
}

interface Scale {
  to: (x: number, y: number) => [number, number];
  back: (x: number, y: number) => [number, number];
}

function scaleOf(state: CanvasState): Scale | null {
  const bounds = state.stage.current?.bounds();
  if (!bounds) return null;
  const [wide, tall] = [Math.max(1, bounds.right - bounds.left), Math.max(1, bounds.high - bounds.low)];
  const unit = Math.min((WIDE - 2 * EDGE) / wide, (TALL - 2 * EDGE) / tall);
  const [x, y] = [(bounds.left + bounds.right) / 2, (bounds.low + bounds.high) / 2];
  return {
    to: (px, py) => [WIDE / 2 + (px - x) * unit, TALL / 2 - (py - y) * unit],
    back: (px, py) => [x + (px - WIDE / 2) / unit, y - (py - TALL / 2) / unit],
  };
}

function draw(canvas: HTMLCanvasElement, state: CanvasState): void {
  const [pen, scale, stage] = [canvas.getContext("2d"), scaleOf(state), state.stage.current];
  if (!pen || !scale || !stage) return;
  const colours = palette();
  pen.clearRect(0, 0, WIDE, TALL);
  for (const node of state.drawn.peek().nodes) {
    const [x, y] = scale.to(node.x, node.y);
    pen.fillStyle =
      node.label === "Person" && node.role !== "unknown" ? colours.role(node.role) : colours.line;
    pen.fillRect(x - 1, y - 1, 2, 2);
  }
  const { left, right, low, high } = stage.frame();
  const [a, b] = [scale.to(left, high), scale.to(right, low)];
  pen.strokeStyle = colours.accent;
  pen.lineWidth = 1.5;
  pen.strokeRect(
    Math.max(1, a[0]),
    Math.max(1, a[1]),
    Math.min(WIDE - 1, b[0]) - Math.max(1, a[0]),
    Math.min(TALL - 1, b[1]) - Math.max(1, a[1]),
  );
}
