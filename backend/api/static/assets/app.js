// The start page: signs in with the link's token, then lists packet cases with their chains.

import { Problem, call, get, speak as speakApi, state } from "./api.js";
import * as chains from "./chains.js";
import { byId, el, show } from "./dom.js";
import * as gangs from "./gangs.js";
import { clear } from "./panel.js";
import * as people from "./people.js";
import { speak as speakWords, word } from "./words.js";

const TABS = { cases: chains.start, gangs: gangs.start, found: people.again };
let tab = "cases";
let language = localStorage.getItem("language") || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
let signedIn = false;

function translate() {
  speakWords(language);
  speakApi(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  byId("q").placeholder = word("search");
  byId("q").ariaLabel = word("search");
  byId("purpose").placeholder = word("purposeHint");
  byId("language").textContent = language === "zh" ? "English" : "中文";
  document.title = word("app");
}

function tabs() {
  const names = Object.keys(TABS).filter((name) => name !== "found" || tab === "found");
  show(byId("tabs"), names.map((name) => el("button", { type: "button", "aria-current": String(tab === name), onclick: () => turn(name) }, word(name))));
}

async function turn(name) {
  tab = name;
  tabs();
  await attempt(TABS[name]);
}

/** Do something; what goes wrong is said in the status line, and a lost session asks to sign in again. */
async function attempt(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === "E-SIGN-IN") signIn();
    else say(`${error.title}　${error.message === error.title ? "" : error.message}`, true);
  }
}

function say(text, bad = false) {
  byId("status").className = bad ? "bad" : "";
  byId("status").textContent = text;
}

function signIn() {
  signedIn = false;
  for (const id of ["search", "tabs", "leave", "lead"]) byId(id).hidden = true;
  const token = el("input", { type: "password", autocomplete: "off", required: true, maxLength: 200, ariaLabel: word("token") });
  const wrong = el("p", { class: "wrong", role: "alert" });
  const form = el("form", { class: "sign-in" }, el("h2", {}, word("signIn")), el("p", {}, word("signInHint")), token, wrong, el("button", { class: "main" }, word("signIn")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await call("POST", "/session", { token: token.value.trim(), purpose: byId("purpose").value });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.textContent = error.message;
      token.select();
      return;
    }
    await attempt(begin);
  });
  show(byId("list"));
  show(byId("panel"));
  show(byId("view"), form);
  token.focus();
}

async function begin() {
  signedIn = true;
  for (const id of ["search", "tabs", "leave", "lead"]) byId(id).hidden = false;
  say(word("loading"));
  clear();
  tabs();
  gangs.take(await chains.load());
  await TABS[tab]();
  const { runs } = await get("/runs", { limit: 1 });
  say(runs.length ? `${word("run", { run: runs[0].id })}　${(runs[0].finished || "").slice(0, 16).replace("T", " ")}` : word("noRun"));
}

async function boot() {
  translate();
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    // The token must not stay in the address, where it would be copied along.
    history.replaceState(null, "", location.pathname);
    await call("POST", "/session", { token: given });
  } else {
    await get("/session");
  }
  await begin();
}

byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = byId("q").value.trim();
  if (!query) return;
  tab = "found";
  tabs();
  attempt(() => people.search(query));
});
byId("purpose").addEventListener("change", (event) => state(event.target.value));
byId("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
  translate();
  if (signedIn) attempt(begin);
  else signIn();
});
byId("leave").addEventListener("click", () => attempt(async () => {
  await call("DELETE", "/session");
  signIn();
}));
document.addEventListener("person", (event) => attempt(() => people.person(event.detail)));
window.addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Problem)) return;
  event.preventDefault();
  attempt(() => Promise.reject(event.reason));
});
attempt(boot);
