import { expect, it } from "vitest";
import { arranged, asHtml, asTexts, asTsv, type Column } from "~/parts/tableRows";

interface Row {
  name: string | null;
  n: number | null;
}
const ROWS: readonly Row[] = [
  { name: "李四", n: 10 },
  { name: null, n: 9 },
  { name: "王五", n: null },
  { name: "陈六", n: 100 },
];
const COLUMNS: readonly Column<Row>[] = [
  { key: "name", title: "姓名", value: (row) => row.name },
  { key: "n", title: "次数", value: (row) => row.n, numeric: true },
];
const names = (sort: string, filter = "") => arranged(ROWS, COLUMNS, sort, filter).map((row) => row.name);

it("sorts numbers as numbers and Chinese names by pinyin", () => {
  // Trap: 100 before 9, and names in the order of their code points.
  expect(arranged(ROWS, COLUMNS, "n", "").map((row) => row.n)).toEqual([9, 10, 100, null]);
  expect(names("name")).toEqual(["陈六", "李四", "王五", null]);
});

it("keeps the order of the answer where nobody sorted, and the rows of the answer as they are", () => {
  // Trap: a sort that changes the answer itself.
  names("-n");
  expect(names("")).toEqual(["李四", null, "王五", "陈六"]);
});

it("filters by what any column says", () => {
  // Trap: a number one sees is not found.
  expect([names("", " 四 "), names("", "100")]).toEqual([["李四"], ["陈六"]]);
});

it("copies long numbers as text and texts as texts", () => {
  // Trap: a card number that Excel rounds, a note that becomes markup.
  expect(asHtml([["6222000000000000000", "a<b & c"]])).toBe(
    "<table><tr><td style=\"mso-number-format:'\\@'\">6222000000000000000</td>" +
      "<td style=\"mso-number-format:'\\@'\">a&lt;b &amp; c</td></tr></table>",
  );
});

it("copies a note of two lines as one cell, and what is not known as nothing", () => {
  // Trap: a line break in a note moves every cell below it; "null" in a table of evidence.
  const rows: readonly Row[] = [{ name: "李\n四\t", n: null }];
  expect(asTsv(asTexts(rows, COLUMNS))).toBe("姓名\t次数\r\n李 四 \t");
});
