/**
 * What is not yet in the answers, and the analysis that brings it in: looked at after every change, started
 * from anywhere.
 */
import { signal } from "@preact/signals";
import type { JobShown, Pending } from "~/generated/api";
import { api, ApiError, asApiError } from "./api";
import { say, words, type Both } from "./i18n";
import { follow, isEnded, jobs } from "./jobs";
import { may } from "./session";

export const pending = signal<Pending | null>(null);
export const failed = signal<ApiError | null>(null);
/** The dialog that tells of the run and starts one. */
export const analysisOpen = signal(false);

export async function lookForChanges(): Promise<void> {
  if (!may("loads")) return;
  try {
    pending.value = await api.get("/runs/pending", {});
  } catch {
    // the page says itself when the connection is lost; the bar waits for the next look
  }
}

export const running = (): JobShown | undefined =>
  jobs.value.find((job) => job.kind === "analyse" && !isEnded(job));

/** Compute and publish a run; every page asks anew when it is done. */
export async function analyse(): Promise<void> {
  failed.value = null;
  try {
    const done = await follow(await api.post("/runs", { body: {} }));
    if (done.error) throw new ApiError(done.error.code, w.failed, done.error.detail);
  } catch (error) {
    failed.value = asApiError(error);
  }
}

/** Work that went on before this page was loaded. */
export async function joinJobs(): Promise<void> {
  if (!may("loads")) return;
  const found = await api.get("/jobs", {});
  for (const job of found.jobs)
    if (!isEnded(job) && !jobs.peek().some((each) => each.id === job.id)) void follow(job);
}

const w = words({ failed: ["研判没有完成", "The analysis did not finish"] });

const STAGES: Readonly<Record<string, Both>> = {
  waiting: ["等待中", "waiting"],
  reading: ["读取", "reading"],
  matching: ["比对", "matching"],
  writing: ["写入", "writing"],
  checking: ["核对", "checking"],
  computing: ["计算", "computing"],
  publishing: ["发布", "publishing"],
};
export const stageName = (stage: string): string => say(STAGES[stage] ?? ["处理中", "working"]);
