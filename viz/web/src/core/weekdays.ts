import type { Both } from "./i18n";

/** Days of the week in words, Monday first. */
export const WEEKDAYS: readonly Both[] = [
  ["周一", "Mon"],
  ["周二", "Tue"],
  ["周三", "Wed"],
  ["周四", "Thu"],
  ["周五", "Fri"],
  ["周六", "Sat"],
  ["周日", "Sun"],
];
