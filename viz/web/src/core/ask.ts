/**
 * A question to the API as a hook: asked again when its parameters change, cancelled when nobody waits any
 * more.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { GetRoutes } from "~/generated/api";
import { type AnswerOf, api, type ApiError, asApiError, type Asked } from "./api";
import { changed, statesChange } from "./changed";

export interface Answered<T> {
  /** The last answer; the one before stays while the next is on its way. */
  answer: T | null;
  error: ApiError | null;
  waiting: boolean;
  again: () => void;
  /** Put a changed answer in place, after a decision was taken. */
  set: (next: T) => void;
}

/**
 * Ask `route`; `null` asks nothing. A change of parameters drops the answer when `keepOld` is false; a
 * judgement asks again.
 */
export function useAsk<P extends keyof GetRoutes & string>(
  route: P,
  asked: Asked<"GET", P> | null,
  keepOld = true,
): Answered<AnswerOf<"GET", P>> {
  type Answer = AnswerOf<"GET", P>;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [waiting, setWaiting] = useState(asked !== null);
  const [turn, setTurn] = useState(0);
  const latest = useRef(asked);
  latest.current = asked;
  const key = asked === null ? null : JSON.stringify(asked);
  const before = useRef<string | null>(null);
  const version = statesChange(route) ? changed.value : 0;
  useEffect(() => {
    if (key === null || latest.current === null) {
      setWaiting(false);
      setAnswer(null);
      return;
    }
    const stop = new AbortController();
    setWaiting(true);
    setError(null);
    if (!keepOld && before.current !== key) setAnswer(null);
    before.current = key;
    api.get(route, latest.current, stop.signal).then(
      (found) => {
        if (stop.signal.aborted) return;
        setAnswer(() => found);
        setWaiting(false);
      },
      (failed: unknown) => {
        if (stop.signal.aborted) return;
        setError(asApiError(failed));
        setWaiting(false);
      },
    );
    return () => stop.abort();
  }, [route, key, turn, version]);
  return { answer, error, waiting, again: () => setTurn((n) => n + 1), set: (next) => setAnswer(() => next) };
}
