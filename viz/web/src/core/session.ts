/**
 * Who is signed in; a session that ended is renewed on top of the page, and the page goes on where it was.
 */
import { signal } from "@preact/signals";
import type { SignedIn } from "~/generated/api";
import { api, ApiError, onSignIn } from "./api";
import { forget } from "./prefs";
import { clearPurposes, purpose } from "./purpose";

export type SessionState = "starting" | "out" | "in" | "lost";
export const state = signal<SessionState>("starting");
export const who = signal<SignedIn | null>(null);

/** Things one may do, as the service names them. */
export type Right =
  | "session"
  | "cases"
  | "loads"
  | "load"
  | "unload"
  | "run"
  | "ledger"
  | "rows"
  | "judge"
  | "decide"
  | "care"
  | "rules"
  | "audit"
  | "administer";
export const may = (right: Right): boolean => who.value?.rights.includes(right) ?? false;

let waiting: (() => void)[] = [];

onSignIn.ask = () => {
  state.value = state.peek() === "in" || state.peek() === "lost" ? "lost" : "out";
  return new Promise((resolve) => waiting.push(resolve));
};

/** Sign in with the token of the link that `upline serve` prints; raises `ApiError` where it is wrong. */
export async function signIn(token: string): Promise<void> {
  entered(await api.post("/session", { body: { token: token.trim(), purpose: purpose.peek() } }));
}

/** Sign in by name, password and the code of a second factor, blank without; raises `ApiError`. */
export async function passwordSignIn(name: string, password: string, number: string): Promise<void> {
  const body = { name: name.trim(), password, number: number.trim(), purpose: purpose.peek() };
  entered(await api.post("/session/password", { body }));
}

/** Set one's password by the one-time code and sign in; raises `ApiError` where either is wrong. */
export async function firstSignIn(name: string, code: string, password: string): Promise<void> {
  const body = { name: name.trim(), code: code.trim(), password, purpose: purpose.peek() };
  entered(await api.post("/session/first", { body }));
}

function entered(signedIn: SignedIn): void {
  who.value = signedIn;
  state.value = "in";
  const these = waiting;
  waiting = [];
  for (const go of these) go();
}

/** Ask anew what one may do: setting up a second factor changes it. */
export async function refresh(): Promise<void> {
  who.value = await api.get("/session", {});
}

export async function signOut(): Promise<void> {
  try {
    await api.delete("/session", {});
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
  forget();
  clearPurposes();
  location.assign("/");
}

/** Take the token out of the address at once, then find out who is there. */
export async function begin(): Promise<void> {
  const token = /(?:^#|&)token=([^&]+)/.exec(location.hash)?.[1];
  if (token) history.replaceState(null, "", location.pathname + location.search);
  try {
    if (token) await signIn(decodeURIComponent(token));
    else {
      who.value = await api.get("/session", {});
      state.value = "in";
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    state.value = "out";
  }
}
