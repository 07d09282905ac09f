/** Words of the list of gangs and persons. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["对象", "Objects"],
  gangs: ["团伙", "Gangs"],
  persons: ["人员", "Persons"],
  patterns: ["资金模式", "Patterns of money"],
  note: ["团伙未经确认均为候选。", "Gangs are candidates until confirmed."],
  id: ["编号", "Id"],
  state: ["状态", "Status"],
  size: ["人数", "Members"],
  cohesion: ["内聚", "Cohesion"],
  stability: ["稳定", "Stability"],
  strength: ["强度", "Strength"],
  first: ["居首", "First in rank"],
  name: ["姓名", "Name"],
  born: ["出生", "Born"],
  idNo: ["证件号码", "Resident id"],
  phones: ["号码", "Numbers"],
  accounts: ["账户", "Accounts"],
  more: ["再取 500 人", "500 more persons"],
  noGangs: [
    "还没有团伙候选。导入数据并研判后会列在这里。",
    "No gang candidates yet. Load data and run the analysis; they are listed here then.",
  ],
  noPersons: [
    "还没有人员。先到“导入”页导入调证回函。",
    "No persons yet. Load returns on the Import page first.",
  ],
  shown: (n: number, all: number): Both => [`显示 ${n} / ${all}`, `${n} of ${all} shown`],
});
