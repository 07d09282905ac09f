/** View work kept on this machine: never rows or names, cleared at sign-out (see `forget`). */
const PREFIX = "upline.";
const STAYS = ["language", "theme", "letters"]; // belong to the machine, say nothing of the work

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // storage switched off: nothing is kept, everything works
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // as above
  }
}

/** Clear all that a user left, at sign-out. */
export function forget(): void {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX) && !STAYS.includes(key.slice(PREFIX.length))) localStorage.removeItem(key);
    sessionStorage.clear();
  } catch {
    // as above
  }
}
