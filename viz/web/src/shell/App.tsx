/**
 * The window: rail, top bar, the page of the address, status bar; sign-in on top where nobody is signed in.
 */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { lost } from "~/core/api";
import { asOf, showAsOf } from "~/core/asof";
import { language, say, words, type Both } from "~/core/i18n";
import { opened } from "~/core/recent";
import { go, path } from "~/core/router";
import { clearSelection } from "~/core/selection";
import { may, state } from "~/core/session";
import { useKeys } from "~/core/shortcuts";
import { watchMine } from "~/core/mine";
import { beHere } from "~/core/visit";
import { pageAt, placed, visible, type PageSpec, type Params } from "~/pages/registry";
import { Page } from "~/parts/Page";
import { RowsDialog } from "~/parts/rows";
import { Band, Empty, Skeleton } from "~/parts/states";
import { AnalysisDialog, PendingBar } from "./Analysis";
import { Help, helpOpen } from "./Help";
import { PrintHead } from "./PrintHead";
import { Rail } from "./Rail";
import { SignIn } from "./SignIn";
import { StatusBar } from "./StatusBar";
import { focusSearch, TopBar } from "./TopBar";

const w = words({
  skip: ["跳到正文", "Skip to content"],
  search: ["查找", "Search"],
  help: ["快捷键与术语", "Keyboard"],
  peel: ["清除选择", "Clear selection"],
  nothing: ["没有这个页面。", "There is no such page."],
  home: ["回到首页", "Back to start"],
  past: (load: number): Both => [
    `显示截至第 ${load} 批导入的数据，只能查询。`,
    `Shown as of load ${load}; it can only be read.`,
  ],
  now: ["返回现在", "Back to now"],
  broken: [
    "连接中断，正在重试。页面可继续阅读，判断暂停。",
    "Connection lost, retrying. The page stays readable, decisions wait.",
  ],
});

type Loaded = ComponentType<{ params: Params }>;

function useLoaded(page: PageSpec | undefined): Loaded | null {
  const [loaded, setLoaded] = useState<{ page: PageSpec; view: Loaded } | null>(null);
  useEffect(() => {
    if (!page) return;
    let wanted = true;
    void page.load().then((module) => wanted && setLoaded({ page, view: module.default }));
    return () => {
      wanted = false;
    };
  }, [page]);
  return loaded && loaded.page === page ? loaded.view : null;
}

export function App() {
  const found = pageAt(path.value);
  const at = found && visible(found.page) ? found : null;
  const View = useLoaded(at?.page);
  const title = at ? say(at.page.name) : "";
  useEffect(() => {
    document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
    document.title = title ? `${title} · 溯链 Upline` : "溯链 Upline";
  }, [title, language.value]);
  const where = path.value;
  useEffect(() => {
    if (at) opened(where);
  }, [at?.page, where]);
  const inside = state.value === "in";
  useEffect(() => (inside ? beHere() : undefined), [inside]);
  useEffect(watchMine, []);
  const first = placed()[0]?.rail?.href ?? (may("session") ? "/account" : undefined);
  useEffect(() => {
    if (!at && path.value === "/" && first) go(first, true);
  }, [at, first]);
  useKeys({
    "Ctrl+k": { label: w.search, run: focusSearch, always: true },
    "/": { label: w.search, run: focusSearch },
    "?": { label: w.help, run: () => (helpOpen.value = true) },
    Escape: { label: w.peel, run: clearSelection },
  });
  if (state.value === "starting") return <div aria-busy="true" />;
  if (state.value === "out") return <SignIn alone />;
  return (
    <div class="app">
      <a class="unseen" href="#main">
        {w.skip}
      </a>
      <PrintHead title={title} />
      <Rail current={at?.page} />
      <TopBar page={at?.page} />
      <div class="middle">
        <PendingBar />
        <div class="work">
          {!at ? (
            <Page>
              <Empty>
                <p>{w.nothing}</p>
                <a class="button" href={first ?? "/"}>
                  {w.home}
                </a>
              </Empty>
            </Page>
          ) : View ? (
            <View key={at.page.paths[0]} params={at.params} />
          ) : (
            <Page>
              <Skeleton lines={8} />
            </Page>
          )}
        </div>
      </div>
      {asOf.value !== null && (
        <div class="lost-band">
          <Band kind="warn">
            {w.past(asOf.value)}{" "}
            <button type="button" class="link" onClick={() => showAsOf(null)}>
              {w.now}
            </button>
          </Band>
        </div>
      )}
      {lost.value > 1 && (
        <div class="lost-band">
          <Band kind="warn">{w.broken}</Band>
        </div>
      )}
      <StatusBar />
      <RowsDialog />
      <AnalysisDialog />
      <Help />
      {state.value === "lost" && <SignIn />}
    </div>
  );
}
