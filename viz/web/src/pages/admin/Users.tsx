/** Users of the service: who may sign in, and as what; a one-time code is shown once, when it is made. */
import { useState } from "preact/hooks";
import { api, type ApiError, asApiError } from "~/core/api";
import { useAsk } from "~/core/ask";
import { day } from "~/core/format";
import { roleName } from "~/core/roles";
import { who } from "~/core/session";
import type { OneUser, UserShown } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Chip } from "~/parts/marks";
import { Band, Failed, Skeleton } from "~/parts/states";
import { Table } from "~/parts/Table";
import type { Column } from "~/parts/tableRows";
import { NewUser } from "./NewUser";
import { w } from "./words";

type Role = UserShown["role"];

/** What is asked about before it is done. */
interface Asking {
  title: string;
  note: string;
  run: () => Promise<OneUser>;
}

export function Users() {
  const asked = useAsk("/users", {});
  const [made, setMade] = useState<OneUser | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const act = async (work: () => Promise<OneUser>): Promise<boolean> => {
    setError(null);
    try {
      setMade(await work());
      asked.again();
      return true;
    } catch (failed) {
      setError(asApiError(failed));
      return false;
    }
  };
  const goOn = ({ run }: Asking) => {
    setAsking(null); // here, not when it is done: what ends later must not close a dialog opened since
    void act(run);
  };
  if (asked.error) return <Failed error={asked.error} retry={asked.again} />;
  if (!asked.answer) return <Skeleton lines={6} />;
  const { users, roles } = asked.answer;
  return (
    <>
      <p class="t2">{w.userNote}</p>
      <NewUser roles={roles} onAdd={(body) => act(() => api.post("/users", { body }))} />
      {error && <Failed error={error} />}
      {made?.code && <Code made={made} onHide={() => setMade(null)} />}
      {users.length === 0 ? (
        <p class="t3">{w.users_empty}</p>
      ) : (
        <List users={users} roles={roles} onAct={act} onAsk={setAsking} />
      )}
      {asking && (
        <Dialog
          title={asking.title}
          onClose={() => setAsking(null)}
          footer={
            <>
              <button type="button" class="button" onClick={() => setAsking(null)}>
                {w.keep}
              </button>
              <button type="button" class="button" onClick={() => goOn(asking)}>
                {w.goOn}
              </button>
            </>
          }
        >
          <p>{asking.note}</p>
        </Dialog>
      )}
    </>
  );
}

function Code({ made, onHide }: { made: OneUser; onHide: () => void }) {
  const { shown, waiting } = made.user;
  const title = waiting ? w.firstHalfOf(shown) : made.half ? w.secondHalfOf(shown) : w.codeOf(shown);
  return (
    <Band>
      {title} <b class="mono">{made.code}</b> {w.codeNote} {waiting && w.waitsNote}{" "}
      <button type="button" class="link" onClick={onHide}>
        {w.hidden}
      </button>
    </Band>
  );
}

interface ListProps {
  users: readonly UserShown[];
  roles: readonly Role[];
  onAct: (work: () => Promise<OneUser>) => Promise<boolean>;
  onAsk: (asking: Asking) => void;
}

function List({ users, roles, onAct, onAsk }: ListProps) {
  const mine = (user: UserShown) => user.name === who.value?.user;
  const path = (user: UserShown) => ({ path: { name: user.name } });
  const columns: Column<UserShown>[] = [
    { key: "name", title: w.user, value: (user) => user.name },
    { key: "shown", title: w.shown, value: (user) => user.shown },
    {
      key: "role",
      title: w.role,
      value: (user) => roleName(user.role),
      cell: (user) =>
        user.ended_at || user.waiting || mine(user) ? (
          roleName(user.role)
        ) : (
          <select
            class="field"
            aria-label={`${w.role} ${user.name}`}
            value={user.role}
            onChange={(event) =>
              void onAct(() =>
                api.put("/users/{name}", {
                  ...path(user),
                  body: { role: event.currentTarget.value as Role },
                }),
              )
            }
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {roleName(role)}
              </option>
            ))}
          </select>
        ),
    },
    {
      key: "made",
      title: w.made,
      value: (user) => user.made_at,
      cell: (user) => `${day(user.made_at)} ${user.made_by}`,
    },
    {
      key: "state",
      title: w.state,
      value: (user) => user.ended_at,
      cell: (user) =>
        user.ended_at ? (
          <span class="t3">{w.ended(day(user.ended_at))}</span>
        ) : user.waiting ? (
          <span>{w[`proposed_${user.waiting.what}`](roleName(user.waiting.role), user.waiting.by)}</span>
        ) : user.ready ? (
          <Chip kind="info">{w.inUse}</Chip>
        ) : (
          <span class="t3">{w.notYet}</span>
        ),
    },
    {
      key: "acts",
      title: "",
      value: () => null,
      cell: (user) =>
        user.ended_at || mine(user) ? null : (
          <span class="row">
            {user.waiting ? (
              <Waiting user={user} onAct={onAct} />
            ) : (
              <button
                type="button"
                class="link"
                onClick={() =>
                  onAsk({
                    title: w.renewTitle(user.name),
                    note: w.renewNote,
                    run: () => api.post("/users/{name}/code", path(user)),
                  })
                }
              >
                {w.renew}
              </button>
            )}
            <button
              type="button"
              class="link"
              onClick={() =>
                onAsk({
                  title: w.endTitle(user.name),
                  note: w.endNote,
                  run: () => api.delete("/users/{name}", path(user)),
                })
              }
            >
              {w.end}
            </button>
          </span>
        ),
    },
  ];
  return <Table name="users" label={w.users} columns={columns} rows={users} rowKey={(user) => user.name} />;
}

/** What to do about a proposal: whoever made it can only take it back. */
function Waiting({ user, onAct }: { user: UserShown; onAct: ListProps["onAct"] }) {
  const path = { path: { name: user.name } };
  const own = user.waiting?.by === who.value?.user;
  return (
    <>
      {!own && (
        <button
          type="button"
          class="link"
          onClick={() => void onAct(() => api.post("/users/{name}/confirmation", path))}
        >
          {w.confirm}
        </button>
      )}
      <button
        type="button"
        class="link"
        onClick={() => void onAct(() => api.delete("/users/{name}/confirmation", path))}
      >
        {w.refuse}
      </button>
    </>
  );
}
