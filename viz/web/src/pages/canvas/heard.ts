/** What the stage tells the page. */
import type { Told } from "./detail";
import type { Target } from "./pointer";
import type { Point } from "./scene";

export interface Heard {
  click: (target: Target, event: MouseEvent) => void;
  open: (id: string) => void;
  moved: (places: Map<string, readonly [number, number]>) => void;
  lassoed: (ids: string[], add: boolean) => void;
  hover: (target: Target, at: Point) => void;
  menu: (target: Target, at: Point) => void;
  told: (told: Told) => void;
  /** The camera moved. */
  looked: () => void;
}
