/** Long work: followed by server-sent events, shown in the status bar, survives leaving the page. */
import { signal } from "@preact/signals";
import type { JobShown } from "~/generated/api";
import { api } from "./api";
import { CHANGES, tellChanged } from "./changed";

export const jobs = signal<readonly JobShown[]>([]);
const ended = new Set<JobShown["state"]>(["done", "failed", "cancelled"]);
const open = new Map<string, EventSource>();

export const isEnded = (job: JobShown): boolean => ended.has(job.state);

function put(job: JobShown): void {
  jobs.value = [job, ...jobs.peek().filter((each) => each.id !== job.id)];
}

/** Follow a job until it ends; resolves with it. */
export function follow(job: JobShown, seen?: (job: JobShown) => void): Promise<JobShown> {
  put(job);
  return new Promise((resolve) => {
    const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(job.id)}/events`);
    open.set(job.id, source);
    source.addEventListener("job", (event: MessageEvent<string>) => {
      const now = JSON.parse(event.data) as JobShown;
      put(now);
      seen?.(now);
      if (!isEnded(now)) return;
      source.close();
      open.delete(job.id);
      if (CHANGES.has(now.kind)) tellChanged();
      resolve(now);
    });
  });
}

export async function cancelJob(id: string): Promise<void> {
  put(await api.post("/jobs/{job_id}/cancel", { path: { job_id: id } }));
}
