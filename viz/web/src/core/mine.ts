/** What waits for this user: comments that name him, and decisions of his that look otherwise now. */
import { effect, signal } from "@preact/signals";
import type { DecisionChanged, Mine } from "~/generated/api";
import { api } from "./api";
import { changed } from "./changed";
import { figure } from "./format";
import { say, words, type Both } from "./i18n";
import { keep, kept } from "./prefs";
import { may, state, who } from "./session";
import { notify } from "./status";

export const mine = signal<Mine | null>(null);

const w = words({
  overruled: (what: string, by: string): Both => [
    `你判断过的${what}，${by} 另作了判断`,
    `${by} decided otherwise about ${what}, which you decided`,
  ],
  gone: (what: string): Both => [
    `你确认的${what}，本次研判不再找到`,
    `You confirmed ${what}; the present run no longer finds it`,
  ],
  weaker: (what: string, was: string, now: string): Both => [
    `你确认的${what}变弱：${was} → ${now}`,
    `You confirmed ${what}; it is weaker now: ${was} → ${now}`,
  ],
  stronger: (what: string, was: string, now: string): Both => [
    `你未确认的${what}变强：${was} → ${now}`,
    `You did not confirm ${what}; it is stronger now: ${was} → ${now}`,
  ],
  members: (what: string, was: number, now: number): Both => [
    `你确认的${what}，成员有变：当时 ${was} 人，现仍有 ${now} 人`,
    `You confirmed ${what}; of its ${was} members then ${now} are in it now`,
  ],
  named: (by: string, what: string): Both => [`${by} 在${what}点名了你`, `${by} named you on ${what}`],
});

/** What changed of a decision, in a sentence. */
export function changedText(each: DecisionChanged): string {
  const what = say([each.label.zh, each.label.en]);
  if (each.what === "overruled") return w.overruled(what, each.by ?? "");
  if (each.what === "members") return w.members(what, each.was ?? 0, each.now ?? 0);
  if (each.what === "weaker") return w.weaker(what, figure(each.was), figure(each.now));
  if (each.what === "stronger") return w.stronger(what, figure(each.was), figure(each.now));
  return w.gone(what);
}

const TOLD = "told";
const MOST = 300;

/** Tell once per machine what is new of it: ids only are remembered. */
function tell(found: Mine): void {
  const before = (kept(TOLD) ?? "").split(",").filter(Boolean);
  const told = new Set(before);
  const once = (key: string, text: string, href: string) => {
    if (told.has(key)) return;
    told.add(key);
    notify(text, href);
  };
  for (const each of found.changed)
    once(`${each.id}.${each.what}.${each.now ?? ""}`, changedText(each), each.href);
  for (const each of found.tasks)
    if (!each.done && each.by !== who.peek()?.user)
      once(each.id, w.named(each.by, say([each.label.zh, each.label.en])), each.href);
  if (told.size > before.length) keep(TOLD, [...told].slice(-MOST).join(","));
}

/** Ask at sign-in and after every judgement or run. */
export function watchMine(): () => void {
  return effect(() => {
    void changed.value;
    if (state.value !== "in" || !may("cases")) return;
    api.get("/reviews/notes/mine", {}).then(
      (found) => {
        mine.value = found;
        tell(found);
      },
      () => undefined, // pages that show it say what failed
    );
  });
}
