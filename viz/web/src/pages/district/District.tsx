/** The district's nouns as tiles: what each is, and how many items it has now. */
import { useEffect, useState } from "preact/hooks";
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
  // One after the other: what is counted quickly does not wait for the rest.
  const [counted, setCounted] = useState(0);
  return (
    <Page title={w.title} note={w.note}>
      <div class="fill">
        <div class="nouns">
          {nouns.map(
            (page, n) =>
              page.tile && (
                <Tile
                  key={page.tile.noun}
                  page={page}
                  tile={page.tile}
                  turn={n <= counted}
                  done={() => setCounted((before) => Math.max(before, n + 1))}
                />
              ),
          )}
        </div>
      </div>
    </Page>
  );
}

interface OfTile {
  page: PageSpec;
  tile: NonNullable<PageSpec["tile"]>;
  turn: boolean;
  done: () => void;
}

function Tile({ page, tile, turn, done }: OfTile) {
  const { answer, error } = useAsk("/district", turn ? { query: { noun: tile.noun } } : null);
  const known = answer !== null || error !== null;
  useEffect(() => {
    if (known) done();
  }, [known]);
  const found = answer?.items[0];
  const status = error ? w.failed : found ? w.items(found.items) : w.asking;
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
