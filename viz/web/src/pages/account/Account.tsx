/** One's own account: second factor, password, token for programs, open sessions. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { moment } from "~/core/format";
import { roleName } from "~/core/roles";
import type { OpenSession } from "~/generated/api";
import { Chip } from "~/parts/marks";
import { Page } from "~/parts/Page";
import { Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { Factor, type PartProps, Password, Token } from "./Secrets";
import { w } from "./words";
import "./account.css";

/** Beijing time, as everywhere, of milliseconds since 1970. */
const at = (ms: number): string => moment(new Date(ms + 8 * 3_600_000).toISOString());

export default function AccountPage() {
  const asked = useAsk("/session/account", {});
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={8} />;
  const parts = { account: asked.answer, again: asked.again };
  const { user, shown, role } = asked.answer;
  return (
    <Page title={w.title} note={`${shown} · ${user} · ${roleName(role)}`}>
      <div class="fill account">
        {asked.answer.password ? (
          <>
            <Factor {...parts} />
            <Password {...parts} />
            <Token {...parts} />
          </>
        ) : (
          <p class="t2">{w.owner}</p>
        )}
        <Sessions {...parts} />
      </div>
    </Page>
  );
}

function Sessions({ account, again }: PartProps) {
  const [said, setSaid] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const end = () => {
    setError(null);
    api
      .delete("/session/others", {})
      .then(({ closed }) => {
        setSaid(w.closed(closed));
        again();
      })
      .catch((failed: unknown) => setError(asApiError(failed)));
  };
  const columns: Column<OpenSession>[] = [
    {
      key: "begun",
      title: w.begun,
      value: (each) => each.begun_at,
      cell: (each) => (
        <>
          {at(each.begun_at)} {each.mine && <Chip>{w.here}</Chip>}
        </>
      ),
    },
    { key: "used", title: w.used, value: (each) => each.used_at, cell: (each) => at(each.used_at) },
    { key: "ends", title: w.ends, value: (each) => each.ends_at, cell: (each) => at(each.ends_at) },
  ];
  return (
    <section>
      <h2>{w.sessions}</h2>
      <Table
        name="sessions"
        label={w.sessions}
        columns={columns}
        rows={account.sessions}
        rowKey={(each) => String(each.begun_at)}
      />
      <button type="button" class="button" disabled={account.sessions.length < 2} onClick={end}>
        {w.endOthers}
      </button>
      {said && <p role="status">{said}</p>}
      {error && <Failed error={error} />}
    </section>
  );
}
