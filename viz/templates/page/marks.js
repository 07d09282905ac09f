// Draws the marks computed beforehand on top of vis-network.
const family = getComputedStyle(document.body).fontFamily;

function paintText(ctx, mark, x, y) {
  ctx.font = `${mark.bold ? 600 : 400} ${mark.size}px ${family}`;
  ctx.textAlign = mark.anchor === "middle" ? "center" : mark.anchor || "start";
  ctx.textBaseline = "alphabetic";
  if (mark.halo) {
    ctx.strokeStyle = tones[mark.halo];
    ctx.lineWidth = 7;
    ctx.lineJoin = "round";
    ctx.strokeText(mark.text, x, y);
  }
  ctx.fillStyle = tones[mark.tone];
  ctx.fillText(mark.text, x, y);
}

function paint(ctx, mark, dx, dy) {
  const x = (mark.x || 0) + dx;
  const y = (mark.y || 0) + dy;
  if (mark.mark === "words") {
    paintText(ctx, mark, x, y);
    return;
  }
  ctx.save();
  ctx.setLineDash(mark.dash || []);
  ctx.lineWidth = mark.width || 1;
  if (mark.mark === "outline") {
    const scale = mark.size / 24;
    ctx.translate(x, y);
    ctx.scale(scale, scale);
    ctx.lineWidth = mark.width / scale;
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.strokeStyle = tones[mark.stroke];
    ctx.stroke(new Path2D(mark.path));
  } else {
    ctx.beginPath();
    if (mark.mark === "disc") ctx.arc(x, y, mark.r, 0, 2 * Math.PI);
    else ctx.roundRect(x, y, mark.w, mark.h, mark.radius || 0);
    if (mark.fill) {
      ctx.fillStyle = tones[mark.fill];
      ctx.fill();
    }
    if (mark.stroke) {
      ctx.strokeStyle = tones[mark.stroke];
      ctx.stroke();
    }
  }
  ctx.restore();
}

function ends(index, places) {
  const edge = scene().edges[index];
  const start = places[edge.from];
  const end = places[edge.to];
  const bow = edge.smooth.enabled ? edge.smooth.roundness * (edge.smooth.type === "curvedCW" ? 1 : -1) : 0;
  const turn = Math.abs(bow) / 2;
  const angle = Math.atan2(end.y - start.y, end.x - start.x) - Math.sign(bow) * turn * Math.PI;
  const length = (0.5 + turn) * Math.hypot(end.x - start.x, end.y - start.y);
  return { start, end, control: { x: start.x + length * Math.cos(angle), y: start.y + length * Math.sin(angle) } };
}

function band(ctx, index, tone, width, places, alpha = 1) {
  const { start, end, control } = ends(index, places);
  ctx.save();
  ctx.lineCap = "round";
  ctx.lineWidth = width;
  ctx.strokeStyle = tones[tone];
  ctx.globalAlpha = alpha;
  ctx.beginPath();
  ctx.moveTo(start.x, start.y);
  ctx.quadraticCurveTo(control.x, control.y, end.x, end.y);
  ctx.stroke();
  ctx.restore();
}

function before(ctx) {
  const places = network.getPositions();
  const drawn = scene();
  drawn.frame.slice(0, 1).forEach((mark) => paint(ctx, mark, 0, 0));
  for (const card of drawn.cards) {
    ctx.strokeStyle = tones.line2;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(0, card.y + card.h / 2);
    ctx.lineTo(card.x, card.y + card.h / 2);
    ctx.stroke();
  }
  payload.edges[language].forEach((edge, index) => {
    if (edge.weakest) band(ctx, index, "warnw", 14, places);
  });
  for (const item of [hovered, chosen]) {
    if (item && item.kind === "e") band(ctx, item.index, "ac", 11, places, item === chosen ? 0.4 : 0.2);
  }
}

function after(ctx) {
  const places = network.getPositions();
  const drawn = scene();
  const scale = network.getScale();
  drawn.frame.slice(1).forEach((mark) => paint(ctx, mark, 0, 0));
  drawn.cards.forEach((card) => {
    card.marks.forEach((mark) => paint(ctx, mark, 0, 0));
    if (same(chosen, "e", card.edge)) outline(ctx, card);
  });
  drawn.marks.forEach((marks, index) => {
    const place = places[`n${index}`];
    marks.forEach((mark) => {
      if (mark.mark !== "words" || mark.size * scale > 4) paint(ctx, mark, place.x, place.y);
    });
  });
  const near = chosen && chosen.kind === "n" ? new Set(network.getConnectedNodes(`n${chosen.index}`)) : new Set();
  const far = scale < 0.62;
  const shown = far ? farLabels(ctx, places, scale, near) : drawn.labels.length;
  const cut = shown < drawn.labels.length ? say("names", { n: shown, total: drawn.labels.length }) : "";
  if (names.textContent !== cut) names.textContent = cut;
  if (!far) drawn.labels.forEach((marks, index) => {
    const place = places[`n${index}`];
    marks.forEach((mark) => paint(ctx, mark, place.x, place.y));
  });
  if (chosen && chosen.kind === "n") ring(ctx, chosen.index, places);
  if (hovered && hovered.kind === "e" && !chain) tag(ctx, hovered.index, places);
  else if (chosen && chosen.kind === "e" && !chain) tag(ctx, chosen.index, places);
}

// Seen from afar names keep a readable size; those that matter most come first, the rest only where there is room.
function farLabels(ctx, places, scale, near) {
  const drawn = scene();
  const rank = (index) => {
    if (same(chosen, "n", index) || same(hovered, "n", index)) return -2;
    return near.has(`n${index}`) ? -1 : drawn.order[index];
  };
  const order = drawn.labels.map((_, index) => index).sort((a, b) => rank(a) - rank(b) || a - b);
  const discs = drawn.reach.map((reach, index) => {
    const { x, y } = places[`n${index}`];
    return [(x - reach) * scale, (y - reach) * scale, (x + reach) * scale, (y + reach) * scale];
  });
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const taken = [];
  for (const index of order) {
    const [mark] = drawn.labels[index];
    if (!mark || taken.length >= FAR_LABELS) continue;
    const { x, y } = places[`n${index}`];
    const gap = drawn.reach[index] * scale + 5;
    ctx.font = `${mark.bold ? 600 : 400} ${FAR_SIZE}px ${family}`;
    const wide = ctx.measureText(mark.text).width;
    const middle = mark.anchor === "middle";
    const left = x * scale + (middle ? -wide / 2 : mark.anchor === "end" ? -gap - wide : gap);
    const base = y * scale + (!middle ? 4 : mark.y > 0 ? gap + FAR_SIZE - 2 : -gap);
    const box = [left - 4, base - FAR_SIZE, left + wide + 4, base + 4];
    if (taken.some((other) => meet(box, other))) continue;
    if (discs.some((disc, other) => other !== index && meet(box, disc))) continue;
    taken.push(box);
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    paintText(ctx, { ...mark, size: FAR_SIZE, anchor: "start" }, left, base);
    ctx.restore();
  }
  return taken.length;
}

function outline(ctx, card) {
  ctx.save();
  ctx.strokeStyle = tones.ac;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.roundRect(card.x - 3, card.y - 3, card.w + 6, card.h + 6, 10);
  ctx.stroke();
  ctx.restore();
}

function ring(ctx, index, places) {
  const place = places[`n${index}`];
  ctx.save();
  ctx.strokeStyle = tones.ac;
  ctx.lineWidth = 2.5;
  ctx.beginPath();
  ctx.arc(place.x, place.y, scene().reach[index] + 4, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.restore();
}

function tag(ctx, index, places) {
  const about = payload.edges[language][index];
  const text = [about.kind, about.score, about.amount].filter(Boolean).join(" · ");
  const { start, end, control } = ends(index, places);
  ctx.save();
  ctx.font = `600 12px ${family}`;
  const wide = ctx.measureText(text).width + 14;
  const short = Math.abs(end.x - start.x) < wide + 40 && Math.abs(end.y - start.y) < 70;
  const x = 0.25 * start.x + 0.5 * control.x + 0.25 * end.x;
  const y = 0.25 * start.y + 0.5 * control.y + 0.25 * end.y - (short ? 34 : 0);
  paint(ctx, { mark: "box", x: x - wide / 2, y: y - 11, w: wide, h: 22, radius: 4, fill: "s1", stroke: "line2" }, 0, 0);
  paintText(ctx, { text, size: 12, bold: true, anchor: "middle", tone: about.tone }, x, y + 4.3);
  ctx.restore();
}
