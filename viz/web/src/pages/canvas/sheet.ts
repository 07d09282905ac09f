/** The canvas element marks are drawn on. */
import type { Palette } from "./colours";
import type { Point } from "./scene";

/** Clear a canvas at the size of its box; null where the browser gives no pen. */
export function cleared(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const dense = devicePixelRatio || 1;
  const [wide, tall] = [Math.round(width * dense), Math.round(height * dense)];
  if (canvas.width !== wide || canvas.height !== tall) [canvas.width, canvas.height] = [wide, tall];
  const pen = canvas.getContext("2d");
  pen?.setTransform(dense, 0, 0, dense, 0, 0);
  pen?.clearRect(0, 0, width, height);
  return pen;
}

export function drawLasso(
  pen: CanvasRenderingContext2D,
  points: readonly Point[],
  { accent }: Palette,
): void {
  pen.beginPath();
  for (const point of points) pen.lineTo(point.x, point.y);
  pen.closePath();
  pen.strokeStyle = accent;
  pen.setLineDash([4, 3]);
  pen.stroke();
  pen.setLineDash([]);
}
