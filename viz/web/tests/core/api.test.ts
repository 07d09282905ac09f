import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api, asApiError, lost, onSignIn } from "~/core/api";
import { asOf } from "~/core/asof";
import { speak } from "~/core/i18n";
import { setPurpose } from "~/core/purpose";

const answer = (status: number, body: unknown) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, statusText: "told by the server" });
const problem = (code: string) => ({ code, title: "标题", detail: "说明", fields: ["case_no"] });
const asking = () => vi.fn<typeof fetch>();
let fetched = asking();

beforeEach(() => {
  fetched = asking();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => {
  vi.useRealTimers();
  setPurpose("");
  asOf.value = null;
  speak("zh");
});

const failing = (work: Promise<unknown>): Promise<ApiError> =>
  work.then(
    () => Promise.reject(new Error("nothing failed")),
    (error: unknown) => error as ApiError,
  );

describe("errors", () => {
  it("hands on code, title, detail and fields of a refusal", async () => {
    // Trap: "400 Bad Request" where the service said which field is wrong.
    fetched.mockResolvedValue(answer(400, problem("E-BAD-REQUEST")));
    const error = await failing(api.get("/board", {}));
    expect([error.code, error.title, error.detail, error.fields]).toEqual([
      "E-BAD-REQUEST",
      "标题",
      "说明",
      ["case_no"],
    ]);
  });
  it("tells an answer that is no problem document by its status", async () => {
    // Trap: a proxy's HTML page ends as "Unexpected token <".
    fetched.mockResolvedValue(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
    const error = await failing(api.get("/board", {}));
    expect([error instanceof ApiError, error.code, error.title]).toEqual([true, "E-502", "Bad Gateway"]);
  });
  it("keeps a fault of the page apart from one of the service", () => {
    // Trap: a TypeError of ours shown as if the service had refused.
    expect(asApiError(new TypeError("x is undefined")).code).toBe("E-PAGE");
    const refused = new ApiError("E-NOT-FOUND", "", "");
    expect(asApiError(refused)).toBe(refused);
  });
});

describe("a lost connection", () => {
  it("is tried again for reads, and forgotten once an answer comes", async () => {
    // Trap: a service that restarts for a second empties every page.
    vi.useFakeTimers();
    fetched
      .mockRejectedValueOnce(new TypeError("failed to fetch"))
      .mockResolvedValue(answer(200, { rows: [] }));
    const asked = api.get("/board", {});
    await vi.advanceTimersByTimeAsync(100);
    expect(lost.value).toBe(1);
    await vi.advanceTimersByTimeAsync(500);
    expect([await asked, lost.value, fetched.mock.calls.length]).toEqual([{ rows: [] }, 0, 2]);
  });
  it("is never tried again for a judgement", async () => {
    // Trap: the judgement had arrived, and stands in the ledger twice.
    fetched.mockRejectedValue(new TypeError("failed to fetch"));
    speak("en");
    const error = await failing(
      api.post("/reviews/{review_id}/undo", { path: { review_id: "R1" }, body: { reason: "x" } }),
    );
    expect([error.code, error.title, fetched.mock.calls.length]).toEqual([
      "E-CONNECTION",
      "Connection lost",
      1,
    ]);
  });
  it("ends at once where nobody waits any more", async () => {
    // Trap: a page one has left goes on asking for seconds.
    const stop = new AbortController();
    stop.abort();
    fetched.mockRejectedValue(new DOMException("aborted", "AbortError"));
    const error = await failing(api.get("/board", {}, stop.signal));
    expect([error.name, fetched.mock.calls.length]).toEqual(["AbortError", 1]);
  });
});

describe("what is asked", () => {
  it("encodes the path, repeats lists and leaves out what is blank", async () => {
    // Trap: a case number with a slash asks for another route; an empty filter finds nothing.
    fetched.mockImplementation(async () => answer(200, {}));
    await api.get("/cases/{case_no}", { path: { case_no: "A/1 号" }, query: { k: 3 } });
    await api.get("/whereabouts", { query: { about: ["P1", "P2"], limit: undefined } });
    expect(fetched.mock.calls.map(([url]) => url)).toEqual([
      "/api/v1/cases/A%2F1%20%E5%8F%B7?k=3",
      "/api/v1/whereabouts?about=P1&about=P2",
    ]);
  });
  it("names purpose and language, and the past only for reads of the graph", async () => {
    // Trap: the audit lacks the purpose; a judgement is asked as of an old load.
    fetched.mockImplementation(async () => answer(204, null));
    setPurpose("A01 案");
    asOf.value = 3;
    await api.get("/board", {});
    await api.get("/session", {});
    await api.delete("/session", {});
    const headers = fetched.mock.calls[0]?.[1]?.headers as Record<string, string>;
    expect([headers["X-Purpose"], headers["Accept-Language"]]).toEqual([
      encodeURIComponent("A01 案"),
      "zh-CN",
    ]);
    expect(fetched.mock.calls.map(([url]) => url)).toEqual([
      "/api/v1/board?as_of=3",
      "/api/v1/session",
      "/api/v1/session",
    ]);
  });
});

it("asks again after somebody signed in over the page", async () => {
  // Trap: a session that ended overnight loses the page one works on.
  fetched
    .mockResolvedValueOnce(answer(401, problem("E-SIGN-IN")))
    .mockResolvedValue(answer(200, { ok: true }));
  const signIn = vi.spyOn(onSignIn, "ask").mockResolvedValue();
  expect(await api.get("/board", {})).toEqual({ ok: true });
  expect(signIn).toHaveBeenCalledOnce();
});
