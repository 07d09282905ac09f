/** What is being imported: kept while one looks at other pages. */
import { signal } from "@preact/signals";
import { api, type ApiError, asApiError } from "~/core/api";
import { follow, isEnded } from "~/core/jobs";
import type { JobShown } from "~/generated/api";

/** A file with its path below what was dropped. */
export interface Picked {
  path: string;
  file: File;
}

/** Names of files that hold a table. */
export const TABLE = /\.(csv|tsv|txt|xlsx|xlsm|xls)$/i;

export const FIELDS = [
  "case_no",
  "basis",
  "purpose",
  "unit",
  "marking",
  "compartment",
  "use_until",
  "asked_from",
  "asked_until",
  "password",
] as const;
export type Field = (typeof FIELDS)[number];

export interface FileResult {
  path: string;
  kind: string | null;
  state: string;
  reason: string | null;
  read: number;
  loaded: number;
  duplicate: number;
  rejected: number;
  excluded: number;
}

export const picked = signal<readonly Picked[]>([]);
export const about = signal<Partial<Record<Field, string>>>({});
export const job = signal<JobShown | null>(null);
export const dry = signal(false);
export const failure = signal<ApiError | null>(null);

export function add(more: readonly Picked[]): void {
  const known = new Map(picked.peek().map((each) => [each.path, each]));
  for (const each of more) known.set(each.path, each);
  picked.value = [...known.values()].sort((a, b) => a.path.localeCompare(b.path, "zh-CN", { numeric: true }));
  job.value = null;
}

export function clear(): void {
  picked.value = [];
  job.value = null;
  failure.value = null;
}

/** Send the files and follow the job; `check` reads and counts and writes nothing. */
export async function send(check: boolean): Promise<void> {
  const form = new FormData();
  for (const each of picked.peek()) form.append("files", each.file, each.path);
  for (const [name, value] of Object.entries(about.peek())) if (value) form.append(name, value);
  form.append("dry_run", String(check));
  dry.value = check;
  failure.value = null;
  try {
    const begun = await api.post("/imports", { body: form });
    job.value = begun;
    await follow(begun, (now) => (job.value = now));
  } catch (error) {
    failure.value = asApiError(error);
  }
}

export const busy = (now: JobShown | null): boolean => now !== null && !isEnded(now);

export const results = (now: JobShown | null): readonly FileResult[] =>
  (now?.result?.files ?? []) as readonly FileResult[];

/** Everything below a drop: folders are walked, names keep their path. */
export async function dropped(transfer: DataTransfer): Promise<Picked[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const found: Picked[] = [];
  for (const entry of entries) if (entry) await walk(entry, "", found);
  return found;
}

async function walk(entry: FileSystemEntry, below: string, found: Picked[]): Promise<void> {
  const path = below + entry.name;
  if (entry.isFile) {
    found.push({
      path,
      file: await new Promise<File>((good, bad) => (entry as FileSystemFileEntry).file(good, bad)),
    });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((good, bad) => reader.readEntries(good, bad));
    if (!some.length) return;
    for (const each of some) await walk(each, `${path}/`, found);
  }
}

export const chosen = (list: FileList | null): Picked[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
