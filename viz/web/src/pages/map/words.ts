/** Words of map and timeline. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["时空", "Map and timeline"],
  note: ["基站只反映大致范围，不等于到过该地点。", "A cell shows an area, not a point."],
  about: ["人员、号码或案件编号", "Person, number or case"],
  add: ["加入", "Add"],
  empty: [
    "输入人员、号码或案件编号，或在其他页面选中人员后点“使用当前选中”。系统不带底图；本单位未放入底图时，地点按坐标画在网格上。",
    "Type a person, number or case, or select persons on another page and use the selection. No " +
      "base map is shipped. Without one of your own, places are drawn on a grid.",
  ],
  selected: (n: number): Both => [`使用当前选中 ${n} 个`, `Use the ${n} selected`],
  remove: (name: string): Both => [`移除 ${name}`, `Remove ${name}`],
  map: ["地图", "Map"],
  timeline: ["时间线", "Timeline"],
  unplaced: (n: number): Both => [`无坐标 ${n} 条`, `${n} without coordinates`],
  cut: (n: number): Both => [
    `${n} 人的记录较多，只显示每类最近 500 条。`,
    `${n} persons have more: the newest 500 of each kind are shown.`,
  ],
  system: (name: string): Both => [`坐标系 ${name}`, `Coordinates in ${name}`],
  noSystem: ["坐标系未说明，按文件原样显示", "Coordinate system not stated; shown as in the files"],
  setSystem: [
    "在 UPLINE_HOME/map/site.json 中说明坐标系，可放入本单位的 boundaries.geojson 和瓦片 tiles.mbtiles。",
    "State it in UPLINE_HOME/map/site.json. Put your own map beside it as boundaries.geojson and " +
      "tiles.mbtiles.",
  ],
  tooWide: ["底图没有这一级，请放大。", "The base map does not have this zoom level. Zoom in."],
  zoomIn: ["放大", "Zoom in"],
  zoomOut: ["缩小", "Zoom out"],
  fit: ["全部", "Fit"],
  play: ["播放", "Play"],
  pause: ["暂停", "Pause"],
  kinds: ["种类", "Kinds"],
  events: ["事件", "Events"],
  at: ["时间", "Time"],
  who: ["人员", "Person"],
  what: ["事件", "Event"],
  where: ["地点或对方", "Place or other side"],
  amount: ["金额", "Amount"],
  rows: ["依据", "Rows"],
  shown: (n: number, all: number): Both => [`时段内 ${n} / ${all} 条`, `${n} of ${all} in the period`],
  radius: ["示意范围 500 米", "drawn as 500 m"],
  km: (n: string): Both => [`${n} 公里`, `${n} km`],
  m: (n: string): Both => [`${n} 米`, `${n} m`],
  several: (n: number): Both => [`${n} 条记录`, `${n} records`],
  table: ["表格（Alt T）", "Table (Alt T)"],
  drawing: ["图形（Alt T）", "Drawing (Alt T)"],
  nothing: ["时段内没有记录。", "Nothing in this period."],
});

export const KINDS = {
  SEEN_AT: ["卡口、感知", "seen"],
  STAYED_AT: ["住宿", "stay"],
  CELL: ["基站", "cell"],
  SEIZED: ["缴获", "seizure"],
  CASE: ["案件", "case"],
  SENT: ["寄出", "sent"],
  RECEIVED: ["收件", "received"],
  CALLED: ["通话", "call"],
  MESSAGED: ["聊天", "message"],
  PAID: ["付款", "payment"],
} as const satisfies Record<string, Both>;

export const HUES: Readonly<Record<string, string>> = {
  SEEN_AT: "move",
  STAYED_AT: "move",
  CELL: "talk",
  SEIZED: "goods",
  CASE: "text",
  SENT: "goods",
  RECEIVED: "goods",
  CALLED: "talk",
  MESSAGED: "talk",
  PAID: "money",
};
