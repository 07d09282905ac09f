/** Status bar: connection, data as of, run, jobs, what is shown of how much, masking, that it is logged. */
import { useEffect } from "preact/hooks";
import { lost } from "~/core/api";
import { analysisOpen, stageName } from "~/core/analysis";
import { useAsk } from "~/core/ask";
import { say, words, type Both } from "~/core/i18n";
import { cancelJob, isEnded, jobs } from "~/core/jobs";
import { may } from "~/core/session";
import { dataRun, shownNow } from "~/core/status";
import { moment, shortRun } from "~/core/format";
import { Icon } from "~/parts/Icon";

const w = words({
  on: ["已连接", "Connected"],
  off: (n: number): Both => [`连接中断，第 ${n} 次重试`, `Connection lost, retry ${n}`],
  data: (at: string): Both => [`数据截至 ${at}`, `Data as of ${at}`],
  run: (id: string): Both => [`研判批次 ${id}`, `Run ${id}`],
  logged: ["本页查询已留痕", "Queries on this page are logged"],
  lead: ["研判结果，仅作侦查线索", "Analysis result: a lead, not a finding"],
  cancel: ["取消", "Cancel"],
  noRun: ["尚未研判", "Not analysed"],
  analysis: ["查看研判状态，开始研判", "State of the analysis; start a new one"],
});
/** Names of long work. */
const JOBS: Readonly<Record<string, Both>> = {
  load: ["导入", "Load"],
  unload: ["撤销导入", "Unload"],
  analyse: ["研判", "Analysis"],
  corrections: ["导入更正", "Corrections"],
  entry: ["手工录入", "Entry by hand"],
  look: ["清点", "Counting"],
  as_of: ["准备历史数据", "Preparing earlier data"],
};
const OTHER: Both = ["后台任务", "Background work"];

export function StatusBar() {
  const run = dataRun.value;
  const runs = useAsk("/runs", may("loads") ? { query: { limit: 1 } } : null);
  const current = runs.answer?.runs.find((each) => each.current);
  useEffect(() => {
    if (current) dataRun.value = { run: current.id, at: current.started };
  }, [current?.id, run?.run, run?.at]);
  const busy = jobs.value.filter((job) => !isEnded(job));
  return (
    <footer class="status">
      <span>
        <i class={`dot${lost.value ? " lost" : ""}`} />
        {lost.value ? w.off(lost.value) : w.on}
      </span>
      {run?.at && <span>{w.data(moment(run.at))}</span>}
      {may("loads") && (
        <button type="button" class="link" title={w.analysis} onClick={() => (analysisOpen.value = true)}>
          {run ? w.run(shortRun(run.run)) : w.noRun}
        </button>
      )}
      {busy.map((job) => (
        <span key={job.id} class="job">
          {say(JOBS[job.kind] ?? OTHER)}{" "}
          {job.progress.total
            ? `${Math.round((100 * job.progress.done) / job.progress.total)}%`
            : stageName(job.progress.stage)}
          <button type="button" class="link" onClick={() => void cancelJob(job.id)}>
            {w.cancel}
          </button>
        </span>
      ))}
      <span class="right">
        {shownNow.value && <span class="cut">{shownNow.value}</span>}
        <span>{w.lead}</span>
        <span title={w.logged}>
          <Icon name="history" size={13} /> {w.logged}
        </span>
      </span>
    </footer>
  );
}
