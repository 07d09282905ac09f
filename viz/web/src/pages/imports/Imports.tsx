/** Import: files in, every row accounted for; what is loaded, what was rejected, and taking out again. */
import { may } from "~/core/session";
import { Page } from "~/parts/Page";
import { chosenTab, Tabs } from "~/parts/Tabs";
import { useCrumbs } from "~/shell/crumbs";
import type { Params } from "../registry";
import { Hand } from "./Hand";
import { LoadList } from "./LoadList";
import { Rejects } from "./Rejects";
import { Send } from "./Send";
import { w } from "./words";
import "./imports.css";

export default function Imports({ params }: { params: Params }) {
  const load = params.load;
  useCrumbs(load ? [{ text: w.title, href: "/imports?tab=loads" }, { text: load }] : []);
  if (load) return <Rejects load={load} />;
  const tabs = [
    ...(may("load")
      ? [
          { id: "files", label: w.files },
          { id: "hand", label: w.hand },
        ]
      : []),
    { id: "loads", label: w.loads },
  ];
  const tab = chosenTab(tabs);
  return (
    <Page title={w.title} note={w.note}>
      <Tabs tabs={tabs} label={w.title} />
      <div class="fill">{tab === "files" ? <Send /> : tab === "hand" ? <Hand /> : <LoadList />}</div>
    </Page>
  );
}
