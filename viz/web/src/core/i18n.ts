/**
 * Words in two languages: each page brings its own catalogue, `words({...})`, so that no two people edit one
 * file.
 */
import { signal } from "@preact/signals";
import { kept, keep } from "./prefs";

export type Language = "zh" | "en";
export type Both = readonly [zh: string, en: string];
type Said = (...values: never[]) => Both;

function first(): Language {
  const fixed = kept("language");
  if (fixed === "zh" || fixed === "en") return fixed;
  const wanted = navigator.languages.find((each) => /^(zh|en)/i.test(each)) ?? "zh";
  return wanted.toLowerCase().startsWith("en") ? "en" : "zh";
}

export const language = signal<Language>(first());

export function speak(next: Language): void {
  language.value = next;
  keep("language", next);
}

/** The text of a pair in the language shown. */
export function say(both: Both): string {
  return language.value === "zh" ? both[0] : both[1];
}

const COUNTED = [
  ...["row", "case", "file", "event", "person", "chain", "gang", "call", "payment", "parcel", "hop"],
  ...["member", "record", "day", "object", "edge", "identifier", "judgement"],
].join("|");
const ONE = new RegExp(`(?<![\\d.,:/¥])\\b1 ((?:packet |major |unnamed )?)(${COUNTED})s\\b`, "g");

/** English "1 rows" as one says it, so that no catalogue has to. */
const counted = ([zh, en]: Both): Both => [zh, en.replace(ONE, "1 $1$2")];

export type Words<T extends Record<string, Both | Said>> = {
  readonly [K in keyof T]: T[K] extends (...values: infer A) => Both ? (...values: A) => string : string;
};

/** A catalogue: `w.title` is text in the language shown, `w.rows(3)` where the entry is a function. */
export function words<T extends Record<string, Both | Said>>(catalogue: T): Words<T> {
  const spoken = {};
  for (const [key, entry] of Object.entries(catalogue)) {
    const get =
      typeof entry === "function"
        ? () =>
            (...values: never[]) =>
              say(counted(entry(...values)))
        : () => say(entry);
    Object.defineProperty(spoken, key, { get, enumerable: true });
  }
  return spoken as Words<T>;
}

/**
 * A text that the contract gives as one string, "中文 / English", in the language shown. Search says two of
 * them in one, "中文 / English: 中文 / English". What has only one language stays as it is.
 */
export function oneOf(text: string): string {
  const halves = text.split(" / ");
  if (halves.length % 2 === 0) {
    const middle = halves.length / 2;
    return say([halves.slice(0, middle).join(" / "), halves.slice(middle).join(" / ")]);
  }
  const parts = text.split(": ");
  return halves.length > 1 && parts.length > 1 ? parts.map(oneOf).join(say(["：", ": "])) : text;
}
