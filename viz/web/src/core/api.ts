/**
 * The API: typed by the generated routes, problem details as errors, cancelled by its signal, logged under
 * the purpose.
 */
import { signal } from "@preact/signals";
import type { DeleteRoutes, GetRoutes, PatchRoutes, PostRoutes, Problem, PutRoutes } from "~/generated/api";
import { asOf, inThePast } from "./asof";
import { language } from "./i18n";
import { purpose } from "./purpose";

const BASE = "/api/v1";
const AGAIN = [500, 1500, 4000]; // waits before a read is tried again over a lost connection

interface Routes {
  GET: GetRoutes;
  POST: PostRoutes;
  PUT: PutRoutes;
  PATCH: PatchRoutes;
  DELETE: DeleteRoutes;
}
type Method = keyof Routes;
interface Route {
  path: unknown;
  query: unknown;
  body: unknown;
  answer: unknown;
}
type Of<R, P extends keyof R> = R[P] extends Route ? R[P] : never;
type Given<T, K extends string> =
  T extends Record<string, never> ? { [N in K]?: undefined } : { [N in K]: T };
type Optional<T, K extends string> =
  T extends Record<string, never> ? { [N in K]?: undefined } : { [N in K]?: T };
export type Asked<M extends Method, P extends keyof Routes[M]> = Given<Of<Routes[M], P>["path"], "path"> &
  Optional<Of<Routes[M], P>["query"], "query"> &
  (Of<Routes[M], P>["body"] extends undefined
    ? { body?: undefined }
    : { body: Of<Routes[M], P>["body"] | FormData });
export type AnswerOf<M extends Method, P extends keyof Routes[M]> = Of<Routes[M], P>["answer"];

/** An error of the service, or of the way to it: `code` is stable, texts are in the language asked for. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly fields: readonly string[] = [],
  ) {
    super(`${title}: ${detail}`);
  }
}

/** What failed as an error of the service; anything else is a fault of the page. */
export const asApiError = (failed: unknown): ApiError =>
  failed instanceof ApiError ? failed : new ApiError("E-PAGE", String(failed), "");

/** Attempts since the connection was lost; 0 while it stands. */
export const lost = signal(0);

/** Set by the session: shows the sign-in over the page and resolves when somebody signed in. */
export const onSignIn: { ask: () => Promise<void> } = { ask: () => new Promise(() => undefined) };

function address(route: string, parts: unknown, query: unknown): string {
  const named = (parts ?? {}) as Record<string, string | number>;
  const path = route.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(named[name] ?? "")),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== null && each !== undefined && each !== "") search.append(name, String(each));
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : "");
}

function headers(body: unknown): Record<string, string> {
  const found: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": language.peek() === "zh" ? "zh-CN" : "en",
  };
  if (purpose.peek()) found["X-Purpose"] = encodeURIComponent(purpose.peek());
  if (body !== undefined && !(body instanceof FormData)) found["Content-Type"] = "application/json";
  return found;
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function send(method: Method, url: string, body: unknown, stop?: AbortSignal): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(url, {
        method,
        headers: headers(body),
        credentials: "same-origin",
        ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
        ...(stop ? { signal: stop } : {}),
      });
      lost.value = 0;
      return answer;
    } catch (error) {
      if (stop?.aborted) throw error;
      lost.value = attempt + 1;
      const pause = AGAIN[attempt];
      if (method !== "GET" || pause === undefined) {
        const zh = language.peek() === "zh";
        throw new ApiError(
          "E-CONNECTION",
          zh ? "连接中断" : "Connection lost",
          zh
            ? "服务没有回应。确认服务仍在运行后重试。"
            : "The service does not answer. Check that it runs, then retry.",
        );
      }
      await wait(pause);
    }
  }
}

async function failure(answer: Response): Promise<ApiError> {
  try {
    const told = (await answer.json()) as Problem;
    return new ApiError(told.code, told.title, told.detail, told.fields);
  } catch {
    return new ApiError(`E-${answer.status}`, answer.statusText || String(answer.status), "");
  }
}

async function answered<M extends Method, P extends keyof Routes[M] & string>(
  method: M,
  route: P,
  asked: Asked<M, P>,
  stop?: AbortSignal,
): Promise<Response> {
  const past = method === "GET" && inThePast(route) ? { as_of: asOf.peek() } : {};
  const url = address(route, asked.path, { ...(asked.query as object | undefined), ...past });
  for (;;) {
    const answer = await send(method, url, asked.body, stop);
    if (answer.ok) return answer;
    const error = await failure(answer);
    // The place is kept: whoever signs in again gets the answer to what was asked.
    if (error.code !== "E-SIGN-IN" || route.startsWith("/session")) throw error;
    await onSignIn.ask();
    stop?.throwIfAborted();
  }
}

async function call<M extends Method, P extends keyof Routes[M] & string>(
  method: M,
  route: P,
  asked: Asked<M, P>,
  stop?: AbortSignal,
): Promise<AnswerOf<M, P>> {
  const answer = await answered(method, route, asked, stop);
  return (answer.status === 204 ? undefined : await answer.json()) as AnswerOf<M, P>;
}

/** A file the service makes and records: the name it gives it, and the number of the record. */
interface Made {
  name: string;
  body: Blob;
  audit: string;
}

export async function fileOf<P extends keyof PostRoutes & string>(
  route: P,
  asked: Asked<"POST", P>,
): Promise<Made> {
  return made(await answered("POST", route, asked));
}

/** Ask for a file and hand it to the user under the name the service gives it. */
export async function takeAway<P extends keyof PostRoutes & string>(
  route: P,
  asked: Asked<"POST", P>,
): Promise<void> {
  hand(await fileOf(route, asked));
}

/** The same of a file that is only asked for; the purpose goes with it, which no plain link can do. */
export async function takeAlong<P extends keyof GetRoutes & string>(
  route: P,
  asked: Asked<"GET", P>,
): Promise<void> {
  hand(await made(await answered("GET", route, asked)));
}

async function made(answer: Response): Promise<Made> {
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "upline";
  return { name, body: await answer.blob(), audit: answer.headers.get("Upline-Audit") ?? "" };
}

function hand({ name, body }: Made): void {
  const link = document.createElement("a");
  const address = URL.createObjectURL(body);
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const api = {
  get: <P extends keyof GetRoutes & string>(route: P, asked: Asked<"GET", P>, stop?: AbortSignal) =>
    call("GET", route, asked, stop),
  post: <P extends keyof PostRoutes & string>(route: P, asked: Asked<"POST", P>, stop?: AbortSignal) =>
    call("POST", route, asked, stop),
  put: <P extends keyof PutRoutes & string>(route: P, asked: Asked<"PUT", P>, stop?: AbortSignal) =>
    call("PUT", route, asked, stop),
  patch: <P extends keyof PatchRoutes & string>(route: P, asked: Asked<"PATCH", P>, stop?: AbortSignal) =>
    call("PATCH", route, asked, stop),
  delete: <P extends keyof DeleteRoutes & string>(route: P, asked: Asked<"DELETE", P>, stop?: AbortSignal) =>
    call("DELETE", route, asked, stop),
};
