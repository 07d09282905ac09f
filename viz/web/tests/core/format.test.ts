import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as format from "~/core/format";
import { speak } from "~/core/i18n";

const PERSON = { name: null, phones: ["+8613900000001"], accounts: [], resident_id: "110000199001010017" };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-06-01T12:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
  speak("zh");
});

describe("amounts and figures", () => {
  it("reads fen as yuan and groups thousands", () => {
    // Trap: an amount a hundred times too high, or 22600 that nobody reads at a glance.
    expect(format.yuan(2_260_000)).toBe("¥22,600");
    expect(format.yuan(5)).toBe("¥0.05");
    expect(format.yuan(1_418_830)).toBe("¥14,188.30");
  });
  it("writes what is not known as a dash", () => {
    // Trap: a missing amount reads as a payment of nothing.
    expect([format.yuan(null), format.yuan(undefined), format.yuan(0)]).toEqual(["—", "—", "¥0"]);
    expect([format.figure(null), format.figure(0)]).toEqual(["—", "0.00"]);
  });
  it("names a currency that is not the yuan, and one that nobody knows", () => {
    // Trap: dollars, or money of which nobody knows what it is, read as yuan.
    expect([format.money(1_250, "CNY"), format.money(1_250, "USD")]).toEqual(["¥12.50", "12.50 USD"]);
    expect([format.money(100_000, null), format.money(null, "USD")]).toEqual(["1,000（币种不明）", "—"]);
    speak("en");
    expect(format.money(1_250, null)).toBe("12.50 (currency unknown)");
  });
  it("gives a weight its sign, and none where nothing is left of it", () => {
    // Trap: −0.0 beside a signal that counts for nothing.
    expect([1.24, -0.4, 0.04, -0.04, 0].map(format.signed)).toEqual(["+1.2", "−0.4", "0.0", "0.0", "0.0"]);
  });
});

describe("times", () => {
  it("keeps the Beijing time of the service wherever the machine stands", () => {
    // Trap: a call at 08:00 in Beijing shown as 19:00 of the day before.
    expect(format.moment("2026-03-04T08:05:00+08:00")).toBe("03-04 08:05");
  });
  it("says no hour where only the day is known", () => {
    // Trap: a day of a register read as midnight.
    expect(format.moment("2026-03-04")).toBe("03-04");
  });
  it("says the year where it is another one", () => {
    // Trap: last year's deadline read as this year's.
    expect(format.day("2025-11-23")).toBe("2025-11-23");
  });
  it("writes a period that is open on one side", () => {
    // Trap: a number still in use shown as one of which nothing is known.
    expect(format.period("2026-01-02", null)).toBe("01-02 – —");
    expect(format.period(null, undefined)).toBe("—");
  });
});

describe("names and numbers", () => {
  it("calls an unnamed holder by what he is known by, and invents nothing", () => {
    // Trap: an id of ours, or a made-up name, in a sentence that goes to a court.
    expect(format.knownAs(PERSON)).toBe("+8613900000001");
    expect(format.knownAs(format.NOBODY)).toBe("持有人未知");
    speak("en");
    expect(format.nameOf({ name: null })).toBe("Holder unknown");
  });
  it("finds a chain by its rank, and one that was kept by its place", () => {
    // Trap: after a judgement the link of a board row opens another chain.
    expect(format.chainNo({ rank: 3, kept: false }, 0)).toBe(3);
    expect(format.chainNo({ rank: 3, kept: true }, 4)).toBe(5);
    expect(format.chainNo(null, 1)).toBe(2);
  });
  it("shortens a reference to a row and keeps sheet and row whole", () => {
    // Trap: row 1208 and row 1209 look the same.
    expect(format.shortRow("9f3a77c0d1/1/1208")).toBe("9f3a…/1/1208");
  });
});
