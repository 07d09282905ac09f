/** Sign-in: alone before anything is shown, or on top of the page whose session ended. */
import { useState } from "preact/hooks";
import { ApiError } from "~/core/api";
import { words } from "~/core/i18n";
import { firstSignIn, passwordSignIn, signIn, who } from "~/core/session";

const w = words({
  title: ["登录溯链", "Sign in to Upline"],
  lost: ["登录已过期，重新登录后回到这里。", "Signed out. Sign in to continue here."],
  password_how: ["使用用户名和自己的密码。", "Use your user name and your own password."],
  first_how: [
    "填写管理员给的一次性代码，并设定只有自己知道的密码。代码分两半给的，前半和后半连着填。",
    "Enter the one-time code your administrator gave you and choose a password only you know. If you " +
      "got the code in two halves, enter the first and then the second.",
  ],
  token_how: [
    "使用 upline serve 打印的登录链接，或在此粘贴其中的口令。",
    "Use the link that upline serve prints, or paste its token here.",
  ],
  name: ["用户名", "User name"],
  code: ["一次性代码", "One-time code"],
  number: ["动态码", "Code of your second device"],
  password: ["密码", "Password"],
  newPassword: ["新密码（至少 10 个字符）", "New password (at least 10 characters)"],
  again: ["再填一次新密码", "New password again"],
  differs: ["两次填写的密码不同。", "The two passwords differ."],
  token: ["口令", "Token"],
  go: ["登录", "Sign in"],
  to_password: ["用密码登录", "Sign in by password"],
  to_first: ["首次登录", "First sign-in"],
  to_token: ["用本机口令登录", "Sign in by the owner's token"],
});

const WAYS = ["password", "first", "token"] as const;
type Way = (typeof WAYS)[number];
type FieldName = "name" | "code" | "password" | "number" | "newPassword" | "again" | "token";

/** What each way asks for; the first of them gets the cursor. */
const ASKED: Record<Way, readonly FieldName[]> = {
  password: ["name", "password"],
  first: ["name", "code", "newPassword", "again"],
  token: ["token"],
};
const FILLED_BY: Record<FieldName, string> = {
  name: "username",
  code: "off",
  password: "current-password",
  number: "one-time-code",
  newPassword: "new-password",
  again: "new-password",
  token: "off",
};
const TEXT = { type: "text" as const };
const HIDDEN = { type: "password" as const };
const BLANK: Record<FieldName, string> = {
  name: "",
  code: "",
  password: "",
  number: "",
  newPassword: "",
  again: "",
  token: "",
};

function enter(way: Way, given: Record<FieldName, string>): Promise<void> {
  const { name, code, password, number, newPassword, token } = given;
  if (way === "password") return passwordSignIn(name, password, number);
  if (way === "first") return firstSignIn(name, code, newPassword);
  return signIn(decodeURIComponent(/token=([^&]+)/.exec(token)?.[1] ?? token));
}

export function SignIn({ alone = false }: { alone?: boolean }) {
  const [way, setWay] = useState<Way>(who.value?.role === "owner" ? "token" : "password");
  const [given, setGiven] = useState(BLANK);
  const [wrong, setWrong] = useState("");
  const [second, setSecond] = useState(false); // asked for only of who has a second factor
  const submit = (event: Event) => {
    event.preventDefault();
    if (way === "first" && given.newPassword !== given.again) {
      setWrong(w.differs);
      return;
    }
    enter(way, given).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === "E-SECOND-FACTOR") setSecond(true);
      setWrong(error instanceof ApiError ? error.detail || error.title : String(error));
    });
  };
  const fields = way === "password" && second ? [...ASKED.password, "number" as const] : ASKED[way];
  const choose = (other: Way) => {
    setWay(other);
    setWrong("");
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
        <p class="t2 small">{w[`${way}_how`]}</p>
        {fields.map((field, at) => (
          <div key={field}>
            <label class="field-label" for={field}>
              {w[field]}
            </label>
            <input
              id={field}
              class="field"
              {...(field === "name" || field === "code" || field === "number" ? TEXT : HIDDEN)}
              autocomplete={FILLED_BY[field]}
              autofocus={at === 0}
              maxLength={field === "token" ? undefined : 200}
              value={given[field]}
              onInput={({ currentTarget: { value } }) => setGiven((now) => ({ ...now, [field]: value }))}
            />
          </div>
        ))}
        {wrong && (
          <p class="wrong bad" role="alert">
            {wrong}
          </p>
        )}
        <button type="submit" class="button big">
          {w.go}
        </button>
        <p class="row">
          {WAYS.filter((other) => other !== way).map((other) => (
            <button key={other} type="button" class="link" onClick={() => choose(other)}>
              {w[`to_${other}`]}
            </button>
          ))}
        </p>
      </form>
    </div>
  );
}
