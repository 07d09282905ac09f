import { expect, it } from "vitest";
import { apart, hasNamesake, papers } from "~/core/namesakes";

const person = (id: string, resident_id: string | null, phones: string[] = []) => ({
  id,
  name: "张三",
  resident_id,
  phones,
  accounts: [],
});

it("tells two of one name apart, and nobody else", async () => {
  // Trap: two of one name in a list that look the same; the first of them, drawn before the second was met.
  const [one, other] = [person("P1", "990101199003070018"), person("P2", null, ["+8613900001234"])];
  expect([hasNamesake(one), hasNamesake(one)]).toEqual([false, false]);
  hasNamesake(other);
  await Promise.resolve();
  expect([hasNamesake(one), hasNamesake(other)]).toEqual([true, true]);
  expect(apart(one)).toContain("1990-03-07");
  expect(apart(one)).toContain("0018");
  expect(apart(other)).toContain("1234");
  expect(papers(other)).toBe("");
});
