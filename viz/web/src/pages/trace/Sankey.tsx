/** The flow picture: parties in columns by layer, flows as ribbons as wide as their sum. */
import { money } from "~/core/format";
import type { Ordered } from "~/generated/api";
import { useWidth } from "~/parts/plots";
import { type Box, BAR, drawn, mainCurrency, type Ribbon } from "./layout";
import type { Parties } from "./parties";
import { w } from "./words";

const COLUMN = 150;
const TOP = 24;
const LABEL = 120;
const LEAST = 420;
const FOOT = 52;

interface SankeyProps {
  found: Ordered;
  parties: Parties;
  chosen: string | null;
  onChoose: (ribbon: Ribbon) => void;
}

export function Sankey({ found, parties, chosen, onChoose }: SankeyProps) {
  const { box, width } = useWidth<HTMLDivElement>(900);
  const currency = mainCurrency(found.flows);
  const flows = found.flows.filter((each) => each.currency === currency);
  const depth = Math.max(1, ...flows.map((each) => each.layer));
  const wide = Math.max(width - 4, (depth + 1) * COLUMN);
  const tall = Math.max(LEAST, (box.current?.clientHeight ?? 0) - TOP - FOOT);
  const picture = drawn(flows, found.direction, { width: wide - LABEL, height: tall });
  const first = flows.filter((each) => each.layer === 1).reduce((sum, each) => sum + each.fen, 0);
  const other = found.flows.length - flows.length;
  return (
    <div class="sankey" ref={box} tabIndex={0}>
      <svg
        width={wide}
        height={tall + TOP}
        viewBox={`0 0 ${wide} ${tall + TOP}`}
        role="img"
        aria-label={w.label(flows.length, depth, money(first, currency))}
      >
        <Heads found={found} columns={picture.columns} width={wide - LABEL} />
        <g transform={`translate(0 ${TOP})`}>
          {picture.ribbons.map((each) => (
            <OneRibbon
              key={each.key}
              ribbon={each}
              on={each.key === chosen}
              title={`${parties.box(each.from)} → ${parties.box(each.to)} ${money(each.fen, currency)}`}
              choose={() => onChoose(each)}
            />
          ))}
          {picture.boxes.map((each) => (
            <OneBox key={each.key} box={each} parties={parties} origin={found.origin} currency={currency} />
          ))}
        </g>
      </svg>
      <p class="small t2">
        {w.legend} {other > 0 && w.otherCurrencies(other)}
      </p>
    </div>
  );
}

function Heads({ found, columns, width }: { found: Ordered; columns: number; width: number }) {
  const at = (column: number) => (columns < 2 ? 0 : (column * (width - BAR)) / (columns - 1));
  return (
    <>
      {Array.from({ length: columns }, (_, column) => {
        const layer = found.direction === "down" ? column : columns - 1 - column;
        return (
          <text key={column} class="axis" x={at(column)} y={14}>
            {layer ? w.nthLayer(layer) : w.origin}
          </text>
        );
      })}
    </>
  );
}

interface RibbonProps {
  ribbon: Ribbon;
  on: boolean;
  title: string;
  choose: () => void;
}

function OneRibbon({ ribbon, on, title, choose }: RibbonProps) {
  const [x0, x1] = [ribbon.from.x + BAR, ribbon.to.x];
  const bend = (x0 + x1) / 2;
  const path = `M${x0} ${ribbon.y0}C${bend} ${ribbon.y0} ${bend} ${ribbon.y1} ${x1} ${ribbon.y1}`;
  return (
    <path
      class={`ribbon${on ? " on" : ""}${ribbon.cash ? " cash" : ""}`}
      d={path}
      stroke-width={ribbon.width}
      onClick={choose}
    >
      <title>{title}</title>
    </path>
  );
}

interface BoxProps {
  box: Box;
  parties: Parties;
  origin: string | null;
  currency: string | null;
}

function OneBox({ box, parties, origin, currency }: BoxProps) {
  const sum = money(box.fen, currency);
  const name = parties.box(box);
  const again = box.party !== null && box.party === origin;
  const y = box.y + box.height / 2;
  return (
    <g class={`party${again ? " origin" : ""}`}>
      <title>{`${name} ${sum}`}</title>
      <rect x={box.x} y={box.y} width={BAR} height={box.height} rx={2} />
      <text x={box.x + BAR + 4} y={y - 1}>
        {short(name)}
      </text>
      <text class="second" x={box.x + BAR + 4} y={y + 12}>
        {[sum, ...parties.marks(box)].join(" ")}
      </text>
    </g>
  );
}

const short = (name: string): string => (name.length > 14 ? `${name.slice(0, 13)}…` : name);
