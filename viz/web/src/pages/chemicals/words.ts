/** Words of precursors and equipment. */
import { words, type Both } from "~/core/i18n";
import type { ChemicalItem } from "~/generated/api";

export const w = words({
  aboutLead: ["核查企业", "Check the firm"],
  title: ["易制毒核查", "Precursors"],
  note: [
    "核查发现只是查看的理由；确用于合法生产、只是手续不全的，不以犯罪论处。",
    "A finding is a reason to look; where the use is genuinely lawful " +
      "and only the paper is missing it is no crime.",
  ],
  none: [
    "没有发现。导入“企业”“化学品购销”“领用”“库存盘点”“许可备案”“设备”表后，核查结果会列在这里。",
    "Nothing found. Load the tables of firms, trades, withdrawals, stocktakes, permits and equipment; " +
      "findings are listed here then.",
  ],
  period: ["末日", "Last day"],
  kind: ["类别", "Kind"],
  chemical: ["化学品", "Chemical"],
  grade: ["易制毒类别", "Class"],
  from: ["起", "From"],
  to: ["止", "To"],
  kilos: ["数量（千克）", "Kilograms"],
  limit: ["限量（千克）", "Limit, kg"],
  sigma: ["不确定度 σ（千克）", "Uncertainty σ, kg"],
  tier: ["量刑档次", "Tier"],
  noTier: ["无", "none"],
  path: ["流向", "Goods went"],
  group: ["同一控制人企业", "Firms under one controller"],
  firms: ["相关企业", "Firms"],
  inspections: ["检查", "Inspections"],
  visits: ["检查次数", "Visits"],
  bad: ["发现问题的", "With a finding"],
  problems: ["问题 / 已销号 / 按期", "Problems / closed / on time"],
  overdue: ["逾期未销号", "Overdue"],
  last: ["上次检查", "Last inspected"],
  plan: ["检查计划", "Inspection plan"],
  place: (rank: number, of: number): Both => [`第 ${rank} 位，共 ${of} 家`, `place ${rank} of ${of}`],
  level: ["管控等级", "Level"],
  raise: ["建议提级，待人工确认", "A higher level is proposed; a person decides"],
});

export const KINDS: Readonly<Record<ChemicalItem["kind"], Both>> = {
  balance: ["库存不平", "stock balance"],
  permit: ["证件不符", "certificate"],
  split: ["拆分购买", "split purchases"],
  path: ["转售流向", "resale or diversion"],
  unfiled: ["未备案购买", "bought without filing"],
  unlicensed: ["无证经营", "dealing without licence"],
  equipment: ["设备未报告", "equipment not reported"],
};

export const TIERS: Readonly<Record<NonNullable<ChemicalItem["tier"]>, Both>> = {
  较重: ["情节较重", "fairly serious"],
  严重: ["情节严重", "serious"],
  特别严重: ["情节特别严重", "especially serious"],
};

export const CLASSES: Readonly<Record<NonNullable<ChemicalItem["precursor_class"]>, Both>> = {
  1: ["第一类", "class 1"],
  2: ["第二类", "class 2"],
  3: ["第三类", "class 3"],
};
