// Keys, buttons, language and theme; starts the page.
function step(by) {
  const order = scene().nodes.map((node, index) => ({ index, x: node.x, y: node.y }));
  order.sort((a, b) => a.y - b.y || a.x - b.x);
  if (!order.length) return;
  const at = chosen && chosen.kind === "n" ? order.findIndex((item) => item.index === chosen.index) : by > 0 ? -1 : 0;
  choose("n", order[(at + by + order.length) % order.length].index, true);
}

stage.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const actions = {
    ArrowDown: () => step(1), ArrowRight: () => step(1), ArrowUp: () => step(-1), ArrowLeft: () => step(-1),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit, Escape: clear,
    Enter: () => { if (chosen) detail.querySelector("h2").focus(); },
  };
  const action = actions[event.key];
  if (!action || (chain && "+=-".includes(event.key))) return;
  event.preventDefault();
  action();
});

document.getElementById("zoom-in").addEventListener("click", () => zoom(1.25));
document.getElementById("zoom-out").addEventListener("click", () => zoom(0.8));
document.getElementById("zoom-fit").addEventListener("click", fit);
detail.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  clear();
  stage.focus();
});

document.getElementById("tables").addEventListener("click", (event) => {
  const button = event.target.closest("button[data-show]");
  if (!button) return;
  choose(button.dataset.show[0], Number(button.dataset.show.slice(1)), true);
  stage.scrollIntoView({ block: chain ? "nearest" : "start" });
  detail.querySelector("h2").focus({ preventScroll: true });
});

document.getElementById("language").addEventListener("click", (event) => {
  language = language === "en" ? "zh" : "en";
  root.lang = language === "en" ? "en" : "zh-CN";
  event.currentTarget.textContent = say("language");
  event.currentTarget.lang = language === "en" ? "zh-CN" : "en";
  document.title = document.querySelector(`#title .${language}`).textContent;
  stage.setAttribute("aria-label", say("canvas"));
  build();
  if (chosen) fill();
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
addEventListener("resize", () => { if (chain) fit(); });
root.classList.add("live");
if (!chain) root.classList.add("free-view");
build();
