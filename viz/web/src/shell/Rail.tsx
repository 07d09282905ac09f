/** The left rail: the places one's role has. */
import { say, words } from "~/core/i18n";
import { placed, type PageSpec } from "~/pages/registry";
import { Icon } from "~/parts/Icon";
import { counts } from "./counts";

const w = words({ label: ["主导航", "Main navigation"] });

export function Rail({ current }: { current: PageSpec | undefined }) {
  const links = (foot: boolean) =>
    placed()
      .filter((page) => (page.rail?.foot ?? false) === foot)
      .map((page) => {
        const rail = page.rail;
        if (!rail) return null;
        const count = counts.value[rail.href];
        const here = current === page || (current?.under !== undefined && current.under === rail.href);
        return (
          <a key={rail.href} href={rail.href} aria-current={here ? "page" : undefined}>
            <Icon name={rail.icon} size={19} />
            {say(page.name)}
            {count ? <span class="count">{count > 99 ? "99+" : count}</span> : null}
          </a>
        );
      });
  return (
    <nav class="rail" aria-label={w.label}>
      <div class="brand" lang="zh-CN">
        溯链
      </div>
      {links(false)}
      <div class="foot">{links(true)}</div>
    </nav>
  );
}
