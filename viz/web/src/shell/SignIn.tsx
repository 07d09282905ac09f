/** Sign-in: alone before anything is shown, or on top of the page whose session ended. */
import { useState } from "preact/hooks";
import { ApiError } from "~/core/api";
import { words } from "~/core/i18n";
import { signIn } from "~/core/session";

const w = words({
  title: ["登录溯链", "Sign in to Upline"],
  lost: ["登录已过期，重新登录后回到这里。", "Signed out. Sign in to continue here."],
  how: [
    "使用 upline serve 打印的登录链接，或在此粘贴其中的口令。",
    "Use the link that upline serve prints, or paste its token here.",
  ],
  token: ["口令", "Token"],
  go: ["登录", "Sign in"],
});

export function SignIn({ alone = false }: { alone?: boolean }) {
  const [token, setToken] = useState("");
  const [wrong, setWrong] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    const given = /token=([^&]+)/.exec(token)?.[1] ?? token;
    signIn(decodeURIComponent(given)).catch((error: unknown) => {
      setWrong(error instanceof ApiError ? error.detail || error.title : String(error));
    });
  };
  return (
    <div
      class={`sign-in${alone ? " alone" : ""}`}
      {...(alone ? { role: "main" as const } : { role: "dialog" as const, "aria-modal": true })}
      {...{ "aria-label": w.title }}
    >
      <form onSubmit={submit}>
        <h1 class="mark">
          <img src="/assets/mark.svg" alt="" width="28" height="28" />
          {w.title}
        </h1>
        {!alone && <p>{w.lost}</p>}
        <p class="t2 small">{w.how}</p>
        <div>
          <label class="field-label" for="token">
            {w.token}
          </label>
          <input
            id="token"
            class="field"
            type="password"
            autocomplete="off"
            autofocus
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
        </div>
        {wrong && (
          <p class="wrong bad" role="alert">
            {wrong}
          </p>
        )}
        <button type="submit" class="button big">
          {w.go}
        </button>
      </form>
    </div>
  );
}
