/** The tools on the canvas itself. */
import { Icon, type IconName } from "~/parts/Icon";
import { w } from "./words";

type Act = () => unknown;
interface PaletteProps {
  acts: Record<
    | "select"
    | "lasso"
    | "draw"
    | "expand"
    | "link"
    | "path"
    | "common"
    | "fold"
    | "pin"
    | "hide"
    | "showAll"
    | "fit",
    Act
  >;
  lasso: boolean;
  drawing: boolean;
  chosen: number;
}

export function Palette({ acts, lasso, drawing, chosen }: PaletteProps) {
  const tools: readonly [keyof PaletteProps["acts"], IconName, string, string, boolean][] = [
    ["select", "pointer", w.select, "V", false],
    ["lasso", "lasso", w.lasso, "L", false],
    ["expand", "arrows-maximize", chosen > 1 ? w.expandAll(chosen) : w.expand, "E", !chosen],
    ["link", "link", w.linkAll(chosen), "K", chosen < 2],
    ["path", "route-2", w.path, "P", !chosen],
    ["common", "layers-intersect", w.common, "N", chosen !== 2],
    ["fold", "circles", w.fold, "G", false],
    ["pin", "pin", w.pin, "F", !chosen],
    ["hide", "eye-off", w.hide, "H", !chosen],
    ["showAll", "eye", w.showAll, "", false],
    ["fit", "zoom-in-area", w.fit, "Z", false],
    ["draw", "edit", w.draw, "D", false],
  ];
  return (
    <div class="palette" role="toolbar" aria-label={w.title} aria-orientation="vertical">
      {tools.map(([name, icon, label, key, off]) => {
        const on =
          name === "lasso" ? lasso : name === "select" ? !lasso : name === "draw" ? drawing : undefined;
        const title = key ? `${label} ${key}` : label;
        return (
          <button
            key={name}
            type="button"
            class="button quiet icon"
            title={title}
            aria-label={title}
            aria-pressed={on}
            disabled={off}
            onClick={() => acts[name]()}
          >
            <Icon name={icon} size={18} />
          </button>
        );
      })}
    </div>
  );
}
