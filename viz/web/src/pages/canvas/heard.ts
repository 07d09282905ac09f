/** What the stage tells the page. */
import type { Told } from "./detail";
import type { Mark } from "./chart/marks";
import type { Target } from "./pointer";
import type { Point } from "./scene";

export interface Heard {
  click: (target: Target, event: MouseEvent) => void;
  open: (target: Target) => void;
  /** Objects and marks drawn by hand were dragged; `resized` where it was a grip. */
  moved: (
    places: Map<string, readonly [number, number]>,
    marks: ReadonlyMap<string, Mark>,
    resized: boolean,
  ) => void;
  lassoed: (ids: string[], marks: string[], add: boolean) => void;
  /** Somebody drew a mark with the tool. */
  made: (mark: Mark) => void;
  hover: (target: Target, at: Point) => void;
  menu: (target: Target, at: Point) => void;
  told: (told: Told) => void;
  /** The camera moved. */
  looked: () => void;
}
