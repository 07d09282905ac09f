/** Words of one's own account. */
import { words, type Both } from "~/core/i18n";

export const w = words({
  title: ["我的账号", "My account"],
  owner: [
    "本机管理者凭本机口令登录，没有密码，也不设动态码。",
    "The owner signs in by the local token. He has no password and no second factor.",
  ],
  needed: [
    "本单位要求这一角色使用动态码，设好之后才能使用其他功能。",
    "This site demands a second factor of your role. Set it up to use anything else.",
  ],
  factor: ["动态码", "Second factor"],
  factorOn: [
    "已启用：登录时除密码外，还要填写另一台设备上的动态码。",
    "On: besides your password, sign-in asks for the code on your second device.",
  ],
  factorOff: [
    "未启用。启用后，登录时除密码外，还要填写另一台设备上的动态码。",
    "Off. Once it is on, sign-in asks for the code on a second device besides your password.",
  ],
  setUp: ["设置动态码", "Set it up"],
  replace: ["换一台设备", "Move to another device"],
  secretNote: [
    "在另一台设备的验证器应用中添加下面的密钥（基于时间，6 位），再填写应用显示的动态码。密钥只显示这一次。",
    "Add this key to an authenticator app on another device (time-based, 6 digits), then enter the code " +
      "it shows. The key is shown this once.",
  ],
  secret: ["密钥", "Key"],
  open: ["在本机的验证器中打开", "Open in an app on this device"],
  number: ["动态码", "Code"],
  confirm: ["启用", "Turn on"],
  lostNote: [
    "设备丢失时，请管理员重发一次性代码；审批领导和系统管理员须由两人办理。",
    "If you lose the device, ask for a new one-time code. For chiefs and administrators that takes " +
      "two people.",
  ],
  password: ["密码", "Password"],
  now: ["当前密码", "Present password"],
  newPassword: ["新密码（至少 10 个字符）", "New password (at least 10 characters)"],
  again: ["再填一次新密码", "New password again"],
  differs: ["两次填写的密码不同。", "The two passwords differ."],
  change: ["修改密码", "Change the password"],
  changed: ["密码已修改，其他登录已退出。", "The password is changed; your other sessions have ended."],
  token: ["程序口令", "Token for programs"],
  tokenOn: ["有一个在用的口令。新口令会使它失效。", "You have one. A new one ends it."],
  tokenOff: ["没有程序口令。", "You have none."],
  make: ["生成口令", "Make a token"],
  made: ["口令只显示这一次：", "Shown this once:"],
  endToken: ["停用口令", "End the token"],
  sessions: ["登录", "Sessions"],
  begun: ["登录时间", "Since"],
  used: ["最近使用", "Last used"],
  ends: ["最迟退出", "Ends at the latest"],
  here: ["本次", "this one"],
  endOthers: ["退出其他登录", "End the others"],
  closed: (n: number): Both => [`已退出 ${n} 处登录。`, `${n} sessions ended.`],
});
