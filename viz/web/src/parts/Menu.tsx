/** A button that opens a list: closes on Escape, on a click elsewhere and after a choice. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./Icon";

interface MenuProps {
  label: ComponentChildren;
  title?: string;
  icon?: IconName;
  on?: boolean;
  left?: boolean;
  bare?: boolean;
  /** Stay open after a click inside (for boxes to tick). */
  stay?: boolean;
  children: ComponentChildren;
}

export function Menu({
  label,
  title,
  icon,
  on = false,
  left = false,
  bare = false,
  stay = false,
  children,
}: MenuProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("mousedown", outside);
    return () => document.removeEventListener("mousedown", outside);
  }, [open]);
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      event.preventDefault();
      setOpen(false);
      box.current?.querySelector<HTMLElement>("button")?.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const items = [...(box.current?.querySelectorAll<HTMLElement>(".pop [role=menuitem], .pop input") ?? [])];
    if (!items.length) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement as HTMLElement);
    items.at((at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length)?.focus();
  };
  return (
    <div class="menu" ref={box} onKeyDown={keys}>
      <button
        type="button"
        class={`button${on ? " on" : ""}${bare ? " quiet icon" : ""}`}
        aria-haspopup="true"
        aria-expanded={open}
        title={title}
        aria-label={bare ? title : undefined}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} />}
        {label}
        {!bare && <Icon name="chevron-down" size={14} />}
      </button>
      {open && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: closes after its items, which are buttons
        <div class={`pop${left ? " left" : ""}`} onClick={() => !stay && setOpen(false)}>
          {children}
        </div>
      )}
    </div>
  );
}

export function MenuItem({
  children,
  onClick,
  href,
}: {
  children: ComponentChildren;
  onClick?: () => void;
  href?: string;
}) {
  return href ? (
    <a
      role="menuitem"
      href={href}
      {...(href.startsWith("/api/") ? { download: "", target: "_blank", rel: "noopener" } : {})}
    >
      {children}
    </a>
  ) : (
    <button type="button" role="menuitem" onClick={onClick}>
      {children}
    </button>
  );
}
