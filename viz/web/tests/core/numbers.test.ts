import { expect, test } from "vitest";
import { speak } from "~/core/i18n";
import { numberOf } from "~/core/numbers";

// Trap: `wechat:wxid_1`, a reference of ours, where a person reads what kind of account it is.
test("an account is called by its kind in the language of the page", () => {
  speak("zh");
  expect(numberOf("Account:wechat:wxid_1")).toBe("微信 wxid_1");
  speak("en");
  expect(numberOf("Account:card:6222:1")).toBe("card 6222:1");
});

test("any other identifier is its number alone", () => {
  expect(numberOf("Phone:+8613900000001")).toBe("+8613900000001");
  expect(numberOf("6222")).toBe("6222");
  expect(numberOf("Account:unheard:1")).toBe("unheard:1");
});
