/** An unusual word with what it means: on hover, on focus, for a screen reader. */
import type { ComponentChildren } from "preact";
import { meaningOf, type Term, wordOf } from "~/core/glossary";

export function Explained({ term, children }: { term: Term; children?: ComponentChildren }) {
  return (
    <abbr class="explained" title={meaningOf(term)}>
      {children ?? wordOf(term)}
    </abbr>
  );
}
