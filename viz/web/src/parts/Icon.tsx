/** One icon of the vendored set; decoration unless it has a label. */
import { ICONS, type IconName } from "~/icons/icons";

export type { IconName };

export function Icon({ name, size = 16, label }: { name: IconName; size?: number; label?: string }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {ICONS[name].split("|").map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
