/** The district's nouns as tiles: what each is, and how many items it has now. */
import { useAsk } from "~/core/ask";
import { say, words, type Both } from "~/core/i18n";
import { PAGES, visible, type PageSpec } from "~/pages/registry";
import { Icon } from "~/parts/Icon";
import { Page } from "~/parts/Page";
import "~/parts/district/district.css";

const w = words({
  title: ["全区", "District"],
  note: [
    "案件之外的各项工作。各项均为线索或提示，由人判断。",
    "The work around cases. Every item is a lead or a reminder; people decide.",
  ],
  items: (n: number): Both => [`${n} 项`, `${n} ${n === 1 ? "item" : "items"}`],
  failed: ["暂时读不出", "cannot be read now"],
  asking: ["正在查询……", "Asking…"],
});

export default function District() {
  const nouns = PAGES.filter((page) => page.tile && visible(page)).sort(
    (a, b) => (a.tile?.order ?? 0) - (b.tile?.order ?? 0),
  );
  const counts = useAsk("/district", {});
  const status = (noun: string): string => {
    if (counts.error) return w.failed;
    const found = counts.answer?.items.find((each) => each.noun === noun);
    return found ? w.items(found.items) : w.asking;
  };
  return (
    <Page title={w.title} note={w.note}>
      <div class="fill">
        <div class="nouns">
          {nouns.map(
            (page) =>
              page.tile && (
                <Tile key={page.tile.noun} page={page} tile={page.tile} status={status(page.tile.noun)} />
              ),
          )}
        </div>
      </div>
    </Page>
  );
}

function Tile({
  page,
  tile,
  status,
}: {
  page: PageSpec;
  tile: NonNullable<PageSpec["tile"]>;
  status: string;
}) {
  return (
    <a href={`/district/${tile.noun}`}>
      <Icon name={tile.icon} size={22} />
      <span class="grow">
        <h2>{say(page.name)}</h2>
        <span class="small t2">{say(tile.about)}</span>
        <br />
        <span class="small t3" role="status">
          {status}
        </span>
      </span>
    </a>
  );
}
