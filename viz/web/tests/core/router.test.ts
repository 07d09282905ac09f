import { expect, it } from "vitest";
import { match, param, place, setParams, to } from "~/core/router";

it("finds the parts of an address and no address that is broken", () => {
  // Trap: a link with a stray % ends in an exception instead of the page that says so.
  expect(match("/chains/:case/:n", "/chains/A%2F1/2/")).toEqual({ case: "A/1", n: "2" });
  expect(match("/chains/:case/:n", "/chains/A01")).toBeNull();
  expect(match("/chains/:case/:n", "/chains/%E0%A4%A/2")).toBeNull();
});

it("encodes what it puts into an address", () => {
  // Trap: a case number with a slash leads to another page.
  expect(to`/chains/${"A/1"}/${2}`).toBe("/chains/A%2F1/2");
});

it("keeps the other parameters when one is changed", () => {
  // Trap: a sort takes the filter away.
  setParams({ filter: "张", sort: "at" });
  setParams({ sort: null });
  expect([param("filter"), param("sort"), place.value.path]).toEqual(["张", null, "/board"]);
});
