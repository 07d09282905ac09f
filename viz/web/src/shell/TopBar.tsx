/** Top bar: where one is, search from everywhere, purpose, notices, light and dark, user. */
import { say, speak, language, words } from "~/core/i18n";
import { roleName } from "~/core/roles";
import { fixedTheme, fixTheme, theme } from "~/core/theme";
import { may, signOut, who } from "~/core/session";
import { notices } from "~/core/status";
import { lettersOn, switchLetters } from "~/core/shortcuts";
import { moment } from "~/core/format";
import { PAGES, type PageSpec } from "~/pages/registry";
import { Icon } from "~/parts/Icon";
import { Menu, MenuItem } from "~/parts/Menu";
import { trail } from "./crumbs";
import { helpOpen } from "./Help";
import { PurposeMenu } from "./PurposeMenu";
import { QuickSearch } from "./QuickSearch";

const w = words({
  where: ["所在位置", "Where you are"],
  notices: ["通知", "Notices"],
  none: ["没有通知。", "No notices."],
  dark: ["切换到深色", "Switch to dark"],
  light: ["切换到浅色", "Switch to light"],
  system: ["跟随系统明暗", "Follow the system's theme"],
  print: ["打印本页（Ctrl P）", "Print this page (Ctrl P)"],
  user: ["用户", "User"],
  account: ["我的账号", "My account"],
  leave: ["退出", "Sign out"],
  keys: ["快捷键与术语", "Keys and words"],
  lettersOff: ["关闭单键快捷键", "Switch single keys off"],
  lettersOn: ["启用单键快捷键", "Switch single keys on"],
  tongue: ["English", "简体中文"],
});

export function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>("#quick-search");
  field?.focus();
  field?.select();
}

export function TopBar({ page }: { page: PageSpec | undefined }) {
  const over = page?.under ? PAGES.find((each) => each.rail?.href === page.under) : undefined;
  const crumbs = trail.value;
  return (
    <header class="top">
      <nav class="crumbs" aria-label={w.where}>
        {over && <a href={over.rail?.href ?? "/"}>{say(over.name)}</a>}
        {over && <span class="t3">›</span>}
        {crumbs.length || !page ? null : <span aria-current="page">{say(page.name)}</span>}
        {crumbs.map((each, at) => [
          at > 0 && (
            <span key={`s${each.text}`} class="t3">
              ›
            </span>
          ),
          each.href && at < crumbs.length - 1 ? (
            <a key={each.text} href={each.href}>
              {each.text}
            </a>
          ) : (
            <span key={each.text} class="cut" aria-current={at === crumbs.length - 1 ? "page" : undefined}>
              {each.text}
            </span>
          ),
        ])}
      </nav>
      {may("cases") ? <QuickSearch /> : <span class="grow" />}
      <PurposeMenu />
      <Notices />
      <button
        type="button"
        class="button quiet icon"
        title={w.print}
        aria-label={w.print}
        onClick={() => print()}
      >
        <Icon name="printer" size={18} />
      </button>
      <button
        type="button"
        class="button quiet icon"
        title={theme.value === "dark" ? w.light : w.dark}
        aria-label={theme.value === "dark" ? w.light : w.dark}
        onClick={() => fixTheme(theme.value === "dark" ? "light" : "dark")}
      >
        <Icon name={theme.value === "dark" ? "sun" : "moon"} size={18} />
      </button>
      <User />
    </header>
  );
}

function Notices() {
  const unseen = notices.value.some((each) => !each.seen);
  return (
    <Menu
      bare
      title={w.notices}
      label={
        <span style={{ position: "relative", display: "grid" }}>
          <Icon name="bell" size={18} />
          {unseen && <i class="dot" />}
        </span>
      }
    >
      {notices.value.length === 0 && (
        <p class="small t2" style={{ padding: "8px" }}>
          {w.none}
        </p>
      )}
      {notices.value.map((each) => (
        <MenuItem key={each.id} {...(each.href ? { href: each.href } : {})}>
          <span class="grow">{each.text}</span>
          <span class="t3 small">{moment(new Date(each.at.getTime() + 8 * 3_600_000).toISOString())}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function User() {
  const name = roleName(who.value?.role ?? "");
  return (
    <Menu
      bare
      title={w.user}
      label={
        <span class="who">
          <span class="disc" aria-hidden="true">
            {name.slice(0, 1)}
          </span>
        </span>
      }
    >
      <p class="small t2" style={{ padding: "6px 8px" }}>{`${who.value?.user ?? ""} · ${name}`}</p>
      <MenuItem href="/account">
        <Icon name="user" />
        {w.account}
      </MenuItem>
      <MenuItem onClick={() => speak(language.peek() === "zh" ? "en" : "zh")}>
        <Icon name="language" />
        {w.tongue}
      </MenuItem>
      {fixedTheme.value && (
        <MenuItem onClick={() => fixTheme(null)}>
          <Icon name="sun" />
          {w.system}
        </MenuItem>
      )}
      <MenuItem onClick={() => (helpOpen.value = true)}>
        <Icon name="keyboard" />
        {w.keys}
        <kbd>?</kbd>
      </MenuItem>
      <MenuItem onClick={() => switchLetters(!lettersOn.peek())}>
        <Icon name="keyboard" />
        {lettersOn.value ? w.lettersOff : w.lettersOn}
      </MenuItem>
      <MenuItem onClick={() => void signOut()}>
        <Icon name="logout" />
        {w.leave}
      </MenuItem>
    </Menu>
  );
}
