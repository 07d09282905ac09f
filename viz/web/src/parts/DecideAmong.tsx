/** Several things one can judge on one page, one at a time: the chain and its hop, the gang and a member. */
import { words } from "~/core/i18n";
import type { Judged } from "~/core/judging";
import { param, setParams } from "~/core/router";
import { useKeys } from "~/core/shortcuts";
import { Decide } from "./Decide";
import type { Verdict } from "./verdicts";

const w = words({
  among: ["判断对象", "Decide on"],
  other: ["换判断对象", "Switch"],
});

export interface Choice {
  /** Stands in the address: `decide=chain`. */
  id: string;
  label: string;
  kind: Judged["kind"];
  subjects: readonly string[];
  about: string;
  verdicts: readonly Verdict[];
}

export function DecideAmong({ choices }: { choices: readonly Choice[] }) {
  const wanted = choices.findIndex((each) => each.id === param("decide"));
  const at = Math.max(0, wanted);
  const chosen = choices[at];
  const choose = (id: string | undefined) => id && setParams({ decide: id === choices[0]?.id ? null : id });
  useKeys({ d: { label: w.other, run: () => choose(choices[(at + 1) % choices.length]?.id) } });
  if (!chosen) return null;
  return (
    <>
      {choices.length > 1 && (
        <div class="row between among">
          <div class="segments" role="group" aria-label={w.among}>
            {choices.map((each) => (
              <button
                key={each.id}
                type="button"
                class={`button${each === chosen ? " on" : ""}`}
                aria-pressed={each === chosen}
                onClick={() => choose(each.id)}
              >
                {each.label}
              </button>
            ))}
          </div>
          <kbd>D</kbd>
        </div>
      )}
      <Decide
        key={`${chosen.kind}${chosen.subjects.join()}`}
        kind={chosen.kind}
        subjects={chosen.subjects}
        about={chosen.about}
        verdicts={chosen.verdicts}
      />
    </>
  );
}
