import { afterEach, expect, it } from "vitest";
import { speak } from "~/core/i18n";
import {
  actTo,
  bars,
  roleBefore,
  roleGlyph,
  roleLook,
  stateOf,
  statusWord,
  strengthWord,
} from "~/core/legend";
import { LEGEND } from "~/generated/schema";
import { CHAIN, GANG, HOP, MEMBER, verdictWord } from "~/parts/verdicts";

afterEach(() => speak("zh"));

it("has one English word for a state on chip, button and in the history", () => {
  // Trap: 不成立 is excluded, refused, rejected and "Refuse" on four pages.
  speak("en");
  expect([statusWord("rejected"), verdictWord("rejected"), actTo("rejected")[1]]).toEqual([
    "excluded",
    "excluded",
    "Exclude",
  ]);
  const labels = [CHAIN, HOP, GANG].flatMap((all) => all.filter(({ verdict }) => verdict === "rejected"));
  expect(new Set(labels.map(({ label }) => label[1]))).toEqual(new Set(["Exclude"]));
  expect(MEMBER.map(({ label }) => label[1])).toContain("Unsure");
});

it("counts a result nobody has judged as a candidate", () => {
  // Trap: an empty chip beside a name reads as confirmed.
  expect([statusWord(null), stateOf("same")]).toEqual(["候选", undefined]);
});

it("fills one bar more at each bound", () => {
  // Trap: 0.50 drawn as weak in a drawing and as medium on the page.
  expect([0, 0.49, 0.5, 0.69, 0.7, 0.9, 1].map(bars)).toEqual([1, 1, 2, 2, 3, 4, 4]);
  expect([strengthWord(0.5), strengthWord(1)]).toEqual(["中", "很强"]);
});

it("draws a role as the declaration says, and says nothing of one that is not known", () => {
  // Trap: radius 13 on the canvas and 14 in the drawing; "unknown candidate" on a chip.
  expect(roleLook("unknown").radius).toBe(LEGEND.roles.unknown.radius);
  expect([roleGlyph("payee"), roleBefore("unknown"), roleBefore("user")]).toEqual(["收", "", "购买 "]);
});
