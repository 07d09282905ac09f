/** All keys that work on the page that is open. */
import { signal } from "@preact/signals";
import { words } from "~/core/i18n";
import { meaningOf, TERMS, wordOf } from "~/core/glossary";
import { keysNow, lettersOn } from "~/core/shortcuts";
import { Dialog } from "~/parts/Dialog";

export const helpOpen = signal(false);

const w = words({
  title: ["快捷键与术语", "Keys and words"],
  words: ["术语", "Words"],
  glossary: ["术语单独成页（可筛选、导出）", "The words as a page of their own, to filter and export"],
  off: [
    "单键快捷键已关闭，可在用户菜单中启用。",
    "Single keys are switched off; the user menu switches them on.",
  ],
});

export function Help() {
  if (!helpOpen.value) return null;
  return (
    <Dialog title={w.title} onClose={() => (helpOpen.value = false)}>
      {!lettersOn.value && <p class="warn">{w.off}</p>}
      <p>
        <a href="/glossary" onClick={() => (helpOpen.value = false)}>
          {w.glossary}
        </a>
      </p>
      <dl class="facts">
        {keysNow().map(([key, each]) => [
          <dt key={key}>
            <kbd>{key.replace("Arrow", "").replace("+", " ")}</kbd>
          </dt>,
          <dd key={`${key}d`}>{each.label}</dd>,
        ])}
      </dl>
      <h3>{w.words}</h3>
      <dl class="facts">
        {TERMS.map((term) => [
          <dt key={term}>{wordOf(term)}</dt>,
          <dd key={`${term}d`}>{meaningOf(term)}</dd>,
        ])}
      </dl>
    </Dialog>
  );
}
