import { afterEach, expect, it } from "vitest";
import { type Both, oneOf, say, speak, words } from "~/core/i18n";

const w = words({
  title: ["链条", "Chain"],
  rows: (n: number): Both => [`${n} 行`, `${n} rows`],
  gone: (n: number): Both => [`${n} 个`, `${n} unnamed persons of 21 persons`],
});

afterEach(() => speak("zh"));

it("follows the language while the page stands", () => {
  // Trap: a catalogue read once at load keeps half a page in the other language.
  expect([w.title, w.rows(2)]).toEqual(["链条", "2 行"]);
  speak("en");
  expect([w.title, w.rows(2), say(["甲", "A"])]).toEqual(["Chain", "2 rows", "A"]);
});

it("keeps the language for the next time", () => {
  // Trap: a choice that is lost with the window.
  speak("en");
  expect(localStorage.getItem("upline.language")).toBe("en");
});

it("says one row, and leaves 21 persons alone", () => {
  // Trap: "1 rows", or a number cut in two: "2 1 person".
  speak("en");
  expect(w.rows(1)).toBe("1 row");
  expect(w.gone(1)).toBe("1 unnamed person of 21 persons");
});

it("takes one language out of a text of the service, and keeps one that has only one", () => {
  // Trap: a Chinese name with Latin letters in it loses its tail, or a colon inside a sentence cuts it.
  expect([oneOf("收款人 / payee"), oneOf("银行 A"), oneOf("bank only")]).toEqual([
    "收款人",
    "银行 A",
    "bank only",
  ]);
  expect(oneOf("读不了：甲.xlsx / Cannot read: 甲.xlsx")).toBe("读不了：甲.xlsx");
  expect(oneOf("号码 / Phone: 末尾一致 / ends with it")).toBe("号码：末尾一致");
  speak("en");
  expect(oneOf("收款人 / payee")).toBe("payee");
  expect(oneOf("读不了：甲.xlsx / Cannot read: 甲.xlsx")).toBe("Cannot read: 甲.xlsx");
  expect(oneOf("号码 / Phone: 末尾一致 / ends with it")).toBe("Phone: ends with it");
});
