/** One column of the start page. */
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "~/parts/Icon";

/** Lines of one sort at most. */
export const MOST = 8;

export function Column({
  title,
  icon,
  children,
}: {
  title: string;
  icon: IconName;
  children: ComponentChildren;
}) {
  return (
    <section class="column">
      <h2 class="row">
        <Icon name={icon} />
        {title}
      </h2>
      {children}
    </section>
  );
}
