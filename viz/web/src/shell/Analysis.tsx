/**
 * The bar that says what the answers do not hold yet, and the dialog that starts an analysis from anywhere.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { useAsk } from "~/core/ask";
import {
  analyse,
  analysisOpen,
  failed,
  joinJobs,
  lookForChanges,
  pending,
  running,
  stageName,
} from "~/core/analysis";
import { asOf } from "~/core/asof";
import { changed } from "~/core/changed";
import { moment } from "~/core/format";
import { words, type Both } from "~/core/i18n";
import { cancelJob } from "~/core/jobs";
import { path } from "~/core/router";
import { may, who } from "~/core/session";
import type { Pending } from "~/generated/api";
import { Dialog } from "~/parts/Dialog";
import { Band, Failed } from "~/parts/states";

const AGAIN_AFTER = 60_000; // ms; others load and judge too

export const w = words({
  title: ["研判", "Analysis"],
  loaded: (n: number): Both => [`新导入 ${n} 个文件`, `${n} files loaded`],
  unloaded: (n: number): Both => [`撤销 ${n} 个文件`, `${n} files taken out`],
  judged: (n: number): Both => [`${n} 项身份判断`, `${n} judgements of identity`],
  notYet: (what: string): Both => [`尚未计入研判结果：${what}。`, `Not yet in the answers: ${what}.`],
  never: (n: number): Both => [
    `已导入 ${n} 个文件，尚未研判。`,
    `${n} files are loaded; nothing has been analysed yet.`,
  ],
  start: ["开始研判", "Start the analysis"],
  later: ["稍后", "Later"],
  ask: ["请研判员或审批领导开始研判。", "Ask an analyst or the chief to start the analysis."],
  running: (stage: string, done: number, total: number): Both => [
    `研判进行中：${stage}${total ? `（${done} / ${total}）` : ""}。可继续工作。`,
    `Analysis running: ${stage}${total ? ` (${done} of ${total})` : ""}. You can go on working.`,
  ],
  cancel: ["取消", "Cancel"],
  last: (run: string, at: string): Both => [
    `当前结果：研判批次 ${run}，${at}`,
    `Current result: run ${run}, ${at}`,
  ],
  none: ["还没有研判结果。", "There is no result yet."],
  whole: ["已导入的数据和身份判断均已计入。", "The answers include everything loaded and judged."],
  about: [
    "研判根据全部已导入的数据重新计算人员、供货、团伙和链条。新结果发布前保留旧结果，已作的判断不变。",
    "An analysis computes persons, supplies, gangs and chains anew from all that is loaded. The " +
      "old result stays until the new one is published; judgements stay as they are.",
  ],
});

/** What changed, in words; empty where nothing did. */
function told(now: Pending): string {
  const parts = [
    now.loaded && w.loaded(now.loaded),
    now.unloaded && w.unloaded(now.unloaded),
    now.judged && w.judged(now.judged),
  ].filter(Boolean) as string[];
  return parts.join(w.title === "研判" ? "，" : ", ");
}

/**
 * Looks again after every change and, at most once a minute, when one goes to another page or comes back to
 * the window.
 */
function useLook(): void {
  const user = who.value?.user;
  useEffect(() => {
    if (user) void joinJobs().catch(() => undefined);
  }, [user]);
  const looked = useRef(0);
  const look = () => {
    looked.current = Date.now();
    void lookForChanges();
  };
  useEffect(look, [user, changed.value]);
  const here = path.value;
  useEffect(() => {
    if (Date.now() - looked.current > AGAIN_AFTER) look();
  }, [here]);
  useEffect(() => {
    const back = () =>
      document.visibilityState === "visible" && Date.now() - looked.current > AGAIN_AFTER && look();
    document.addEventListener("visibilitychange", back);
    return () => document.removeEventListener("visibilitychange", back);
  });
}

export function PendingBar() {
  useLook();
  const [hidden, setHidden] = useState("");
  const now = pending.value;
  const job = running();
  if (asOf.value !== null || !who.value) return null;
  if (job)
    return (
      <Band>
        {w.running(stageName(job.progress.stage), job.progress.done, job.progress.total)}{" "}
        {may("run") && (
          <button type="button" class="link" onClick={() => void cancelJob(job.id)}>
            {w.cancel}
          </button>
        )}
      </Band>
    );
  if (failed.value)
    return <Failed error={failed.value} {...(may("run") ? { retry: () => void analyse() } : {})} />;
  if (!now?.pending || hidden === JSON.stringify(now)) return null;
  return (
    <Band kind="warn">
      <span class="row wrap">
        <span>{now.run ? w.notYet(told(now)) : w.never(now.loaded)}</span>
        {may("run") ? (
          <button type="button" class="button" onClick={() => void analyse()}>
            {w.start}
          </button>
        ) : (
          <span class="t2">{w.ask}</span>
        )}
        <button type="button" class="link" onClick={() => setHidden(JSON.stringify(now))}>
          {w.later}
        </button>
      </span>
    </Band>
  );
}

export function AnalysisDialog() {
  if (!analysisOpen.value) return null;
  return <Opened />;
}

function Opened() {
  const runs = useAsk("/runs", { query: { limit: 1 } });
  useEffect(() => void lookForChanges(), []);
  const current = runs.answer?.runs.find((each) => each.current);
  const now = pending.value;
  const job = running();
  const close = () => (analysisOpen.value = false);
  const start = () => {
    close();
    void analyse();
  };
  return (
    <Dialog
      title={w.title}
      onClose={close}
      footer={
        may("run") && (
          <button type="button" class="button big" disabled={!!job} onClick={start}>
            {w.start}
          </button>
        )
      }
    >
      <div class="stack">
        <p>{current ? w.last(current.id, moment(current.finished)) : w.none}</p>
        {job ? (
          <p>{w.running(stageName(job.progress.stage), job.progress.done, job.progress.total)}</p>
        ) : (
          now && <p>{now.pending ? (now.run ? w.notYet(told(now)) : w.never(now.loaded)) : w.whole}</p>
        )}
        <p class="small t2">{w.about}</p>
        {!may("run") && <p class="small t2">{w.ask}</p>}
      </div>
    </Dialog>
  );
}
