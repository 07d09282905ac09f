/** The rules an answer rests on: how many, how many of them examples; opened, each with its source. */
import { useState } from "preact/hooks";
import type { Rule } from "./items";
import { w } from "./words";

export function RulesTold({ rules }: { rules: readonly Rule[] }) {
  const [open, setOpen] = useState(false);
  if (!rules.length) return null;
  const examples = rules.filter((each) => each.example).length;
  return (
    <details class="rules-told" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary title={examples ? w.exampleNote : undefined}>
        {w.ruleCount(rules.length)}
        {examples > 0 && <b class="warn"> {w.exampleCount(examples)}</b>}
      </summary>
      {open && (
        <ul class="plain">
          {rules.map((each) => (
            <li key={each.id}>
              <span class="mono">{each.id}</span> {each.example && `${w.example} · `}
              {each.source}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
