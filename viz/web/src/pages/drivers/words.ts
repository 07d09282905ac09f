/** Words of barred drivers. */
import { words, type Both } from "~/core/i18n";
import type { DriverLead, PlateClone } from "~/generated/api";

export const w = words({
  aboutLead: ["核查车辆", "Check the vehicle"],
  title: ["失驾预警", "Barred drivers"],
  note: [
    "过车只说明车辆，不说明由谁驾驶；各项须当场核实。",
    "A pass tells of the vehicle, not of who drove; verify on the spot.",
  ],
  none: [
    "没有线索。导入“驾驶人”“机动车”“车辆使用”“卡口过车”表后，符合条件的会列在这里。",
    "No leads. Load the tables of drivers, vehicles, vehicle use and camera passes; " +
      "what fits is listed here then.",
  ],
  period: ["过车日期", "Passes"],
  licence: ["准驾车型", "Class"],
  state: ["驾驶证状态", "State"],
  lost: ["失效日期", "Lost on"],
  next: ["可重新申请日期", "May apply again on"],
  plate: ["号牌", "Plate"],
  tie: ["与车辆关系", "Tie"],
  passes: ["过车次数", "Passes"],
  last: ["最近过车", "Last pass"],
  clone: ["号牌核查", "Plate check"],
  windows: ["守候时段", "When to wait"],
  noWindows: ["没有固定出现的时段。", "It does not come by at regular times."],
  camera: ["卡口", "Camera"],
  weekday: ["星期", "Day"],
  time: ["时段", "Time"],
  weeks: ["出现周数", "Weeks hit"],
  of: (hits: number, of: number): Both => [`${hits}/${of} 周`, `${hits} of ${of}`],
  time_of: ["时间", "Time"],
  more: (n: number): Both => [`另有 ${n} 次更早的过车，见原始行。`, `${n} earlier passes, see the rows.`],
  jump: (km: number, seconds: number, kmh: number): Both => [
    `${km.toFixed(1)} 公里相隔 ${Math.round(seconds)} 秒，时速 ${Math.round(kmh)} 公里`,
    `${km.toFixed(1)} km in ${Math.round(seconds)} s, ${Math.round(kmh)} km/h`,
  ],
  looks: ["外观与登记不符的车多次使用此号牌", "A car of other looks keeps coming under this plate"],
});

export const TIES: Readonly<Record<DriverLead["tie"], Both>> = {
  owner: ["登记所有人", "registered owner"],
  used: ["使用人", "user"],
};

export const CLONES: Readonly<Record<PlateClone["state"], Both>> = {
  suspected_clone: ["疑似套牌", "suspected clone"],
  misread: ["误识", "misread"],
  to_check: ["待核", "to check"],
};

/** Kinds of plates by their code (GA 36-2018). */
export const PLATE_KINDS: Readonly<Record<string, Both>> = {
  "01": ["大型汽车", "large vehicle"],
  "02": ["小型汽车", "small vehicle"],
  "07": ["普通摩托车", "motorcycle"],
  "08": ["轻便摩托车", "moped"],
  "15": ["挂车", "trailer"],
  "16": ["教练汽车", "driving school"],
  "23": ["警用汽车", "police vehicle"],
  "51": ["大型新能源汽车", "large new-energy vehicle"],
  "52": ["小型新能源汽车", "small new-energy vehicle"],
};
