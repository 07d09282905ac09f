/** Start: to be at work in one line of typing; to see what changed. */
import { Page } from "~/parts/Page";

export default function Start() {
  return <Page title="溯链" children={null} />;
}
