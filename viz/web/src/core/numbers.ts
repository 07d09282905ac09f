/** An identifier as people say it: what kind of account it is and its number, no reference of ours. */
import { words } from "./i18n";
import { to } from "./router";

const KINDS = words({
  card: ["银行卡", "card"],
  bank: ["银行账户", "bank"],
  tenpay: ["财付通", "Tenpay"],
  wechat: ["微信", "WeChat"],
  alipay: ["支付宝", "Alipay"],
  qq: ["QQ", "QQ"],
  telegram: ["Telegram", "Telegram"],
  shop: ["商户", "shop"],
  other: ["其他账户", "other account"],
});

/** `Account:wechat:wxid_1` → 微信 wxid_1; `Phone:+86…` → +86…; a bare number stays. */
export function numberOf(reference: string): string {
  const [label = "", kind = "", ...rest] = reference.split(":");
  if (label === "Account" && kind in KINDS) return `${KINDS[kind as keyof typeof KINDS]} ${rest.join(":")}`;
  if (label === "Vehicle") return [kind, ...rest].join(":").split("|")[0] ?? "";
  if (label === "Place" && rest.length) return rest.join(":");
  return reference.replace(/^[A-Z]\w+:/, "");
}

/** The page of an account, number, vehicle or place; null for a reference to anything else. */
export const objectHref = (reference: string): string | null =>
  /^(Account|Phone|Vehicle|Place):./.test(reference) ? to`/objects/${reference}` : null;
