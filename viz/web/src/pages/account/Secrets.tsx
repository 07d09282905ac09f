/** Forms of one's account that ask for the password once more, and for the code where there is one. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { refresh } from "~/core/session";
import type { Account, NewFactor } from "~/generated/api";
import { Band, Failed } from "~/parts/states";
import { w } from "./words";

export interface PartProps {
  account: Account;
  again: () => void;
}

/** Runs what a form asks for; what the service refuses is shown below it. */
function useWork(): [ApiError | null, (work: () => Promise<void>) => void] {
  const [error, setError] = useState<ApiError | null>(null);
  const run = (work: () => Promise<void>) => {
    setError(null);
    work().catch((failed: unknown) => setError(asApiError(failed)));
  };
  return [error, run];
}

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hidden?: boolean;
  filledBy?: string;
}

function Field({ label, value, onInput, hidden = false, filledBy = "off" }: FieldProps) {
  return (
    <label>
      <span class="field-label">{label}</span>
      <input
        class="field"
        {...(hidden ? { type: "password" as const } : { type: "text" as const })}
        autocomplete={filledBy}
        maxLength={200}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}

interface AskedProps {
  account: Account;
  label: string;
  onSend: (password: string, number: string) => Promise<void>;
}

/** A form with one's password, and the code where one has a second factor. */
function Asked({ account, label, onSend }: AskedProps) {
  const [password, setPassword] = useState("");
  const [number, setNumber] = useState("");
  const [error, run] = useWork();
  const submit = (event: Event) => {
    event.preventDefault();
    run(async () => {
      await onSend(password, number);
      setPassword("");
      setNumber("");
    });
  };
  return (
    <form class="account-fields" aria-label={label} onSubmit={submit}>
      <Field label={w.now} value={password} onInput={setPassword} hidden filledBy="current-password" />
      {account.factor && (
        <Field label={w.number} value={number} onInput={setNumber} filledBy="one-time-code" />
      )}
      <button type="submit" class="button" disabled={!password}>
        {label}
      </button>
      {error && <Failed error={error} />}
    </form>
  );
}

export function Factor({ account, again }: PartProps) {
  const [made, setMade] = useState<NewFactor | null>(null);
  const [number, setNumber] = useState("");
  const [error, run] = useWork();
  const confirm = (event: Event) => {
    event.preventDefault();
    run(async () => {
      await api.put("/session/factor", { body: { number } });
      setMade(null);
      setNumber("");
      await refresh();
      again();
    });
  };
  return (
    <section>
      <h2>{w.factor}</h2>
      {account.required && !account.factor && <Band>{w.needed}</Band>}
      <p class="t2">{account.factor ? w.factorOn : w.factorOff}</p>
      {made ? (
        <form class="account-fields" aria-label={w.confirm} onSubmit={confirm}>
          <p>{w.secretNote}</p>
          <p>
            {w.secret} <b class="mono">{made.secret.replace(/(.{4})(?=.)/g, "$1 ")}</b>{" "}
            <a href={made.address}>{w.open}</a>
          </p>
          <Field label={w.number} value={number} onInput={setNumber} filledBy="one-time-code" />
          <button type="submit" class="button primary" disabled={!number.trim()}>
            {w.confirm}
          </button>
          {error && <Failed error={error} />}
        </form>
      ) : (
        <Asked
          account={account}
          label={account.factor ? w.replace : w.setUp}
          onSend={async (password, typed) =>
            setMade(await api.post("/session/factor", { body: { password, number: typed } }))
          }
        />
      )}
      <p class="t3 small">{w.lostNote}</p>
    </section>
  );
}

export function Password({ account, again }: PartProps) {
  const [given, setGiven] = useState({ old: "", password: "", again: "", number: "" });
  const [done, setDone] = useState("");
  const [error, run] = useWork();
  const put = (name: keyof typeof given) => (value: string) => setGiven((now) => ({ ...now, [name]: value }));
  const submit = (event: Event) => {
    event.preventDefault();
    if (given.password !== given.again) {
      setDone(w.differs);
      return;
    }
    setDone("");
    run(async () => {
      const { old, password, number } = given;
      await api.put("/session/password", { body: { old, password, number } });
      setGiven({ old: "", password: "", again: "", number: "" });
      setDone(w.changed);
      again();
    });
  };
  return (
    <section>
      <h2>{w.password}</h2>
      <form class="account-fields" aria-label={w.change} onSubmit={submit}>
        <Field label={w.now} value={given.old} onInput={put("old")} hidden filledBy="current-password" />
        <Field
          label={w.newPassword}
          value={given.password}
          onInput={put("password")}
          hidden
          filledBy="new-password"
        />
        <Field label={w.again} value={given.again} onInput={put("again")} hidden filledBy="new-password" />
        {account.factor && (
          <Field label={w.number} value={given.number} onInput={put("number")} filledBy="one-time-code" />
        )}
        <button type="submit" class="button" disabled={!given.old || !given.password}>
          {w.change}
        </button>
      </form>
      {done && <p role="status">{done}</p>}
      {error && <Failed error={error} />}
    </section>
  );
}

export function Token({ account, again }: PartProps) {
  const [made, setMade] = useState("");
  const [error, run] = useWork();
  const end = () =>
    run(async () => {
      await api.delete("/session/token", {});
      setMade("");
      again();
    });
  return (
    <section>
      <h2>{w.token}</h2>
      <p class="t2">{account.token ? w.tokenOn : w.tokenOff}</p>
      {made && (
        <Band>
          {w.made} <b class="mono">{made}</b>
        </Band>
      )}
      <Asked
        account={account}
        label={w.make}
        onSend={async (password, number) => {
          setMade((await api.post("/session/token", { body: { password, number } })).token);
          again();
        }}
      />
      {account.token && (
        <button type="button" class="button" onClick={end}>
          {w.endToken}
        </button>
      )}
      {error && <Failed error={error} />}
    </section>
  );
}
