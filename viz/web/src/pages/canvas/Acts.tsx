/** The buttons below the panel: what is done most with what is chosen. */
import type { Commands } from "./commands";
import { w } from "./words";

export function Acts({ commands, chosen }: { commands: Commands; chosen: number }) {
  const acts = [
    [w.expand, "E", !chosen, commands.expand],
    [w.path, "P", !chosen, commands.path],
    [w.pin, "F", !chosen, commands.pin],
    [w.hide, "H", !chosen, commands.hide],
  ] as const;
  return (
    <div class="acts">
      {acts.map(([label, key, off, run]) => (
        <button key={key} type="button" class="button" disabled={off} onClick={run}>
          {label} <kbd>{key}</kbd>
        </button>
      ))}
    </div>
  );
}
