/** The workbench begins: styles, keys, links, session, then the window. */
import { render } from "preact";
import "./styles/index.css";
import "./core/theme";
import { followLinks } from "./core/router";
import { begin } from "./core/session";
import { listen } from "./core/shortcuts";
import { App } from "./shell/App";

listen();
followLinks();
const root = document.querySelector("#app");
if (root) render(<App />, root);
void begin();
// The link pasted into a tab that is already here changes nothing but the fragment.
addEventListener("hashchange", () => {
  if (location.hash.includes("token=")) void begin();
});
