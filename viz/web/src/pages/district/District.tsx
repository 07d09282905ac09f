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
  items: (n: number): Both => [`${n} 项`, `${n} items`],
  failed: ["暂时读不出", "cannot be read now"],
  asking: ["正在查询……", "Asking…"],
});

const MOST = 1000;

export default function District() {
  const nouns = PAGES.filter((page) => page.tile && visible(page)).sort(
    (a, b) => (a.tile?.order ?? 0) - (b.tile?.order ?? 0),
  );
  return (
    <Page title={w.title} note={w.note}>
      <div class="fill">
        <div class="nouns">
          {nouns.map((page) => page.tile && <Tile key={page.tile.noun} page={page} tile={page.tile} />)}
        </div>
      </div>
    </Page>
  );
}

function Tile({ page, tile }: { page: PageSpec; tile: NonNullable<PageSpec["tile"]> }) {
  // What the risk net leaves out are firms nobody needs to look at, so those listed are counted.
  const asked = useAsk(`/${tile.noun}` as "/tasks", { query: { limit: tile.whole ? MOST : 1 } });
  const answer = asked.answer;
  return (
    <a href={`/district/${tile.noun}`}>
      <Icon name={tile.icon} size={22} />
      <span class="grow">
        <h2>{say(page.name)}</h2>
        <span class="small t2">{say(tile.about)}</span>
        <br />
        <span class="small t3" role="status">
          {asked.error
            ? w.failed
            : answer
              ? w.items(tile.whole ? answer.count : answer.count + answer.left_out)
              : w.asking}
        </span>
      </span>
    </a>
  );
}
