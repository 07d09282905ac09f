/** What can be taken away of a chain, a gang or a person: report and drawing in every form there is. */
import { asOf } from "~/core/asof";
import { language, words } from "~/core/i18n";
import { Menu, MenuItem } from "./Menu";

const w = words({
  take: ["报告与图", "Report and drawing"],
  report: ["研判报告", "Report"],
  short: ["研判报告简版", "Report, short form"],
  drawing: ["关系图", "Drawing"],
  wall: ["A3 挂图", "A3 wall chart"],
  page: ["可离线打开的网页", "page that opens offline"],
});

/**
 * `about` is the address below /reports and /drawings: `chains/A01/1`; without `report` there is none of its
 * kind.
 */
export function TakeAway({ about, report = true }: { about: string; report?: boolean }) {
  const spoken = language.value;
  const past = asOf.value === null ? "" : `&as_of=${asOf.value}`;
  const link = (kind: string, format: string, more = "") =>
    `/api/v1/${kind}/${about}?format=${format}&language=${spoken}${more}${past}`;
  return (
    <Menu label={w.take} icon="report">
      {report && <MenuItem href={link("reports", "docx")}>{w.report} DOCX</MenuItem>}
      {report && <MenuItem href={link("reports", "pdf")}>{w.report} PDF</MenuItem>}
      {about.startsWith("gangs/") && (
        <MenuItem href={link("reports", "pdf", "&short=true")}>{w.short} PDF</MenuItem>
      )}
      <MenuItem href={link("drawings", "png")}>{w.drawing} PNG</MenuItem>
      <MenuItem href={link("drawings", "svg")}>{w.drawing} SVG</MenuItem>
      <MenuItem href={link("drawings", "pdf")}>{w.drawing} PDF A4</MenuItem>
      <MenuItem href={link("drawings", "pdf", "&paper=a3")}>{w.wall} PDF</MenuItem>
      <MenuItem href={link("drawings", "html")}>
        {w.drawing} HTML（{w.page}）
      </MenuItem>
    </Menu>
  );
}
