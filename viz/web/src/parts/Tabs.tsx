/** Tabs whose choice stands in the address. */
import { param, setParams } from "~/core/router";

export interface Tab {
  id: string;
  label: string;
  count?: number;
}

/** The chosen tab by the parameter `name`; the first where it names none. */
export function chosenTab(tabs: readonly Tab[], name = "tab"): string {
  const wanted = param(name);
  return tabs.find((tab) => tab.id === wanted)?.id ?? tabs[0]?.id ?? "";
}

export function Tabs({ tabs, name = "tab", label }: { tabs: readonly Tab[]; name?: string; label: string }) {
  const now = chosenTab(tabs, name);
  const choose = (id: string) => setParams({ [name]: id === tabs[0]?.id ? null : id });
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.id === now);
    const next = tabs.at((at + step + tabs.length) % tabs.length);
    if (next) choose(next.id);
    const list = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => list.querySelector<HTMLElement>("[aria-selected=true]")?.focus());
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={keys}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === now}
          tabIndex={tab.id === now ? 0 : -1}
          onClick={() => choose(tab.id)}
        >
          {tab.label}
          {tab.count === undefined ? "" : ` ${tab.count}`}
        </button>
      ))}
    </div>
  );
}
