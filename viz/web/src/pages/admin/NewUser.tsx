/** The form that adds a user: his name, how he is shown, and his role. */
import { useState } from "preact/hooks";
import { roleName } from "~/core/roles";
import type { UserAdded, UserShown } from "~/generated/api";
import { w } from "./words";

type Role = UserShown["role"];

interface NewUserProps {
  roles: readonly Role[];
  onAdd: (body: UserAdded) => Promise<boolean>;
}

export function NewUser({ roles, onAdd }: NewUserProps) {
  const [name, setName] = useState("");
  const [shown, setShown] = useState("");
  const [role, setRole] = useState<Role>("investigator");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!(await onAdd({ name: name.trim(), shown: shown.trim(), role }))) return;
    setName("");
    setShown("");
  };
  return (
    <form class="admin-fields" aria-label={w.addUser} onSubmit={(event) => void submit(event)}>
      <label>
        <span class="field-label">
          {w.user}
          <b class="warn"> *</b>
        </span>
        <input
          class="field"
          type="text"
          maxLength={40}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        <span class="field-label">{w.shown}</span>
        <input
          class="field"
          type="text"
          maxLength={80}
          autocomplete="off"
          value={shown}
          onInput={(event) => setShown(event.currentTarget.value)}
        />
      </label>
      <label>
        <span class="field-label">{w.role}</span>
        <select class="field" value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
          {roles.map((each) => (
            <option key={each} value={each}>
              {roleName(each)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button primary" disabled={!name.trim()}>
        {w.addUser}
      </button>
    </form>
  );
}
