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
