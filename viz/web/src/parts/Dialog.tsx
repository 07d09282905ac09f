/** A dialog: takes the focus and gives it back, Escape closes, never one on another. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { words } from "~/core/i18n";
import { useKeys } from "~/core/shortcuts";
import { Icon } from "./Icon";

const w = words({ close: ["关闭", "Close"] });

interface DialogProps {
  title: string;
  wide?: boolean;
  onClose: () => void;
  footer?: ComponentChildren;
  children: ComponentChildren;
}

const CAN_HOLD = "a[href], button:not(:disabled), input, textarea, select, [tabindex]:not([tabindex='-1'])";

export function Dialog({ title, wide = false, onClose, footer, children }: DialogProps) {
  const box = useRef<HTMLDivElement>(null);
  useKeys({ Escape: { label: w.close, run: onClose, always: true } }, true);
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const first = box.current?.querySelector<HTMLElement>("[autofocus]") ?? box.current;
    first?.focus();
    return () => before?.focus();
  }, []);
  const stayInside = (event: KeyboardEvent) => {
    if (event.key !== "Tab" || !box.current) return;
    const all = [...box.current.querySelectorAll<HTMLElement>(CAN_HOLD)];
    const edge = event.shiftKey ? all[0] : all.at(-1);
    if (document.activeElement === edge || document.activeElement === box.current) {
      if (document.activeElement === box.current && !event.shiftKey) return;
      event.preventDefault();
      (event.shiftKey ? all.at(-1) : all[0])?.focus();
    }
  };
  return (
    <div class="scrim" onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div
        ref={box}
        class={`dialog${wide ? " wide" : ""}`}
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        onKeyDown={stayInside}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" class="button quiet icon" aria-label={w.close} onClick={onClose}>
            <Icon name="x" />
          </button>
        </header>
        <div class="body">{children}</div>
        {footer && <footer>{footer}</footer>}
      </div>
    </div>
  );
}
