/** Text somebody is writing: it outlives the page and a lost session, and goes at sign-out (see `forget`). */
import { useEffect, useState } from "preact/hooks";

const PREFIX = "draft.";

function read(name: string): string {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? "";
  } catch {
    return "";
  }
}

function write(name: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(PREFIX + name, text);
    else sessionStorage.removeItem(PREFIX + name);
  } catch {
    // storage switched off: the text lives as long as the page
  }
}

/** Like `useState("")`, kept under `name` for this window. */
export function useDraft(name: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => read(name));
  useEffect(() => setText(read(name)), [name]);
  return [
    text,
    (next) => {
      setText(next);
      write(name, next);
    },
  ];
}

const nothing: Readonly<Record<string, string>> = {};

/** Like `useDraft` for the fields of a form, by name; without a name all of them go. */
export function useDrafts(
  name: string,
): [Readonly<Record<string, string>>, (field?: string, text?: string) => void] {
  const [fields, setFields] = useState(() => JSON.parse(read(name) || "{}") as Record<string, string>);
  return [
    fields,
    (field, text = "") => {
      const next = field === undefined ? nothing : { ...fields, [field]: text };
      setFields(next);
      write(name, field === undefined ? "" : JSON.stringify(next));
    },
  ];
}
