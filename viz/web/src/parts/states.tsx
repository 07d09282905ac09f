/** The same states everywhere: empty, failed, waiting, cut. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ApiError } from "~/core/api";
import { words } from "~/core/i18n";
import { Icon, type IconName } from "./Icon";

const w = words({
  retry: ["重试", "Retry"],
  running: ["正在查询……", "Asking…"],
  cancel: ["取消", "Cancel"],
});

export function Empty({ icon = "info-circle", children }: { icon?: IconName; children: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} size={28} />
      {children}
    </div>
  );
}

/** What failed, what to do, and the stable code. */
export function Failed({ error, retry }: { error: ApiError; retry?: () => void }) {
  return (
    <div class="failed" role="alert">
      <Icon name="alert-triangle" />
      <div class="grow">
        <b>{error.title}</b>
        {error.detail && error.detail !== error.title && <p>{error.detail}</p>}
        {error.fields.map((each) => (
          <p key={each} class="small t2">
            {each}
          </p>
        ))}
        <span class="code">{error.code}</span>
      </div>
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {w.retry}
        </button>
      )}
    </div>
  );
}

/** Lines at their final size; after two seconds says that it runs, with 取消 where that is possible. */
export function Skeleton({
  lines = 5,
  height = 28,
  cancel,
}: {
  lines?: number;
  height?: number;
  cancel?: () => void;
}) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="stack" style={{ padding: "14px" }} aria-busy="true">
      {Array.from({ length: lines }, (_, n) => (
        <span
          key={n}
          class="skeleton"
          style={{ height: `${height - 8}px`, width: `${92 - ((n * 17) % 40)}%` }}
        />
      ))}
      {slow && (
        <p class="small t2" role="status">
          {w.running}{" "}
          {cancel && (
            <button type="button" class="link" onClick={cancel}>
              {w.cancel}
            </button>
          )}
        </p>
      )}
    </div>
  );
}

export function Band({
  kind = "info",
  children,
}: {
  kind?: "info" | "warn" | "bad";
  children: ComponentChildren;
}) {
  return (
    <div class={`band ${kind}`} role="status">
      <Icon name={kind === "info" ? "info-circle" : "alert-triangle"} />
      <span class="grow">{children}</span>
    </div>
  );
}
