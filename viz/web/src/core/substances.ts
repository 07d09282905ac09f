/** What was seized, in one line. */
import type { Seized } from "~/generated/api";
import { language } from "./i18n";

export function seizedText(seized: readonly Seized[]): string {
  const zh = language.value === "zh";
  return seized
    .slice(0, 2)
    .map((each) => {
      const grams = each.net_g === null ? "" : ` ${Number(each.net_g.toFixed(2))} g`;
      const packets = each.packets ? (zh ? ` · ${each.packets} 包` : ` · ${each.packets} packets`) : "";
      return `${each.substance ?? (zh ? "成分不明" : "substance unknown")}${grams}${packets}`;
    })
    .join("，");
}
