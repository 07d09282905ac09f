import { describe, expect, it } from "vitest";
import { Cut } from "~/pages/objects/ObjectList";

describe("a list of accounts or numbers", () => {
  it("says where more fitted than were looked at", () => {
    // Trap: the first 20,000 taken for all there are.
    expect(Cut({ answer: { total: 20_000, truncated: true } })).not.toBeNull();
    expect(Cut({ answer: { total: 20_000, truncated: false } })).toBeNull();
  });
});
