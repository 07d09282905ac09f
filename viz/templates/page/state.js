// State of the page and its words. All parts of this folder become one script with one scope.
const payload = JSON.parse(document.getElementById("payload").textContent);
const root = document.documentElement;
const stage = document.getElementById("graph");
const detail = document.getElementById("detail");
const summary = document.getElementById("summary");
const names = document.getElementById("names");
const MOST_ROWS = 100;
const FAR_SIZE = 12; // px on the screen of names seen from afar
const FAR_LABELS = 120;
const chain = payload.layout === "chain";
let language = payload.language;
let tones = {};
let chosen = null; // {kind: "n" | "e", index}
let hovered = null;
let network = null;

const scene = () => payload.drawings[language];
const say = (key, values) => {
  const words = payload.words[language][key];
  return words.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
};
const same = (item, kind, index) => item !== null && item.kind === kind && item.index === index;

function readTones() {
  const style = getComputedStyle(root);
  tones = new Proxy({}, { get: (cache, name) => (cache[name] ??= style.getPropertyValue(`--${name}`).trim()) });
}
