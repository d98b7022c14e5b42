// How an exported page draws its timelines. export_page.js comes after it in
// the same script; the record, the view and the cursor are from there.
"use strict";

let colors = {};
let patterns = {};

function stripes(paint) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  paint(tile.getContext("2d"));
  return tile.getContext("2d").createPattern(tile, "repeat");
}

// The scheme, light or dark, may change while the page is open.
function readColors() {
  const style = getComputedStyle(document.documentElement);
  for (const name of [...STATES, "ink", "dim", "line", "paper", "mark", "link",
                      "end"])
    colors[name] = style.getPropertyValue(`--${name.split(" ")[0]}`).trim();
  patterns.blocked = stripes((pen) => {
    pen.strokeStyle = colors.blocked;
    pen.lineWidth = 3;
    for (const x of [-8, 0, 8]) {
      pen.moveTo(x - 1, 9);
      pen.lineTo(x + 9, -1);
    }
    pen.stroke();
  });
  patterns.ready = stripes((pen) => {
    pen.strokeStyle = colors.ready;
    pen.lineWidth = 1.5;
    for (const x of [-8, 0, 8]) {
      pen.moveTo(x - 1, 9);
      pen.lineTo(x + 9, -1);
    }
    pen.stroke();
  });
  patterns.computing = stripes((pen) => {
    pen.fillStyle = colors.computing;
    for (const [x, y] of [[1, 1], [5, 1], [1, 5], [5, 5]])
      pen.fillRect(x, y, 2, 2);
  });
}

// A stretch of a lane. Shape and pattern tell the state; so does the colour.
function drawState(pen, state, x, width, y) {
  const name = STATES[state];
  const top = y - BAR / 2;
  pen.strokeStyle = pen.fillStyle = colors[name];
  pen.lineWidth = state <= WAITING ? 2 : 1.5;
  const dashes = { [IDLE]: [1, 5], [INSIDE]: [2, 3], [QUEUED]: [4, 2] };
  pen.setLineDash(dashes[state] || []);
  pen.beginPath();
  if (state <= WAITING) {
    pen.moveTo(x, y);
    pen.lineTo(x + width, y);
    pen.stroke();
  } else if (state === RUNNING) {
    pen.fillRect(x, top, width, BAR);
  } else {
    pen.fillStyle = patterns[name] || "transparent";
    pen.fillRect(x, top, width, BAR);
    if (state !== READY)
      pen.strokeRect(x + .5, top + .5, Math.max(width - 1, .5), BAR - 1);
  }
  pen.setLineDash([]);
}

// Many at once: a path for each would take ten times as long.
function drawDots(pen, places, y) {
  pen.beginPath();
  for (const x of places) {
    pen.moveTo(x + 4.5, y);
    pen.arc(x, y, 4.5, 0, 2 * Math.PI);
  }
  pen.fillStyle = colors.running;
  pen.strokeStyle = colors.paper;
  pen.lineWidth = 1;
  pen.stroke();
  pen.fill();
}

function drawMarks(pen, places, y) {
  pen.beginPath();
  for (const x of places) {
    pen.moveTo(x, y - 7);
    pen.lineTo(x + 6, y);
    pen.lineTo(x, y + 7);
    pen.lineTo(x - 6, y);
    pen.closePath();
  }
  pen.fillStyle = colors.mark;
  pen.fill();
}

// How a lane ends, if not well: a cross, or a circle with a stroke through it.
function drawEnding(pen, ending, x, y) {
  if (ending !== "failed" && ending !== "cancelled")
    return;
  pen.beginPath();
  if (ending === "failed") {
    pen.moveTo(x - 5, y - 5);
    pen.lineTo(x + 5, y + 5);
    pen.moveTo(x + 5, y - 5);
    pen.lineTo(x - 5, y + 5);
  } else {
    pen.arc(x, y, 5, 0, 2 * Math.PI);
    pen.moveTo(x - 3.5, y + 3.5);
    pen.lineTo(x + 3.5, y - 3.5);
  }
  for (const [color, width] of [["paper", 6], ["end", 2]]) {
    pen.strokeStyle = colors[color];
    pen.lineWidth = width;
    pen.stroke();
  }
}

// Asking the browser for it takes long, so it is asked once a drawing.
const widths = new Map();
const widthOf = (box) => widths.get(box);
const scaleOf = (box) =>
  (widthOf(box) - margin - edge) / (view.to - view.from);
const xOf = (box, time) => margin + (time - view.from) * scaleOf(box);
const timeOf = (box, x) => view.from + (x - margin) / scaleOf(box);

// The first span of [lane] that is not over at [time].
function spanAt(lane, time) {
  let low = 0, high = lane.spans.length / SPAN;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spanEnd(lane, middle) < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

function spanEnd(lane, index) {
  const next = (index + 1) * SPAN;
  return next < lane.spans.length ? lane.spans[next] : lane.to;
}

function levelEnd(gauge, index) {
  const next = (index + 1) * LEVEL;
  return next < gauge.levels.length ? gauge.levels[next] : gauge.to;
}

const rightOf = (box) => Math.floor(widthOf(box) - edge);
const isSeen = (time) => time >= view.from && time <= view.to;

// The pixel of [time]: the nearest if it is outside.
const pixelOf = (box, time) =>
  Math.round(Math.min(Math.max(xOf(box, time), margin), rightOf(box)));

// Names of a worker's jobs where they begin, as far as there is room: up to the
// next one, or until the worker is idle.
function drawJobs(pen, box, lane, y) {
  const jobs = lane.jobs || [], inset = 6;
  pen.textAlign = "left";
  for (let i = 0; i < jobs.length; i += JOB) {
    const [from, name] = [jobs[i], jobs[i + 1]];
    let span = spanAt(lane, from);
    if (lane.spans[span * SPAN] < from)
      span++;
    const next = i + JOB < jobs.length ? jobs[i + JOB] : lane.to;
    while (lane.spans[(span + 1) * SPAN] < next &&
           lane.spans[(span + 1) * SPAN + 1] !== IDLE)
      span++;
    const to = Math.min(next, spanEnd(lane, span));
    if (to < view.from || from > view.to)
      continue;
    const x = pixelOf(box, from) + inset;
    const words = fitted(pen, name, pixelOf(box, to) - x - inset);
    if (words.length < 3 && words !== name)
      continue;
    pen.lineWidth = 3;
    pen.lineJoin = "round";
    pen.strokeStyle = colors.paper;
    pen.strokeText(words, x, y);
    pen.fillStyle = colors.ink;
    pen.fillText(words, x, y);
  }
}

// A bracket from the mark before the gap to the one after it, and its words.
function drawGap(pen, box, gap, y) {
  const left = pixelOf(box, gap.from) + .5, right = pixelOf(box, gap.to) + .5;
  const width = pen.measureText(gap.name).width, inside = right - left - 24;
  pen.strokeStyle = colors.dim;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const x of [left, right]) {
    pen.moveTo(x, y - 5);
    pen.lineTo(x, y + 5);
  }
  pen.moveTo(left, y + .5);
  pen.lineTo(right, y + .5);
  pen.stroke();
  const after = right + 8 + width < widthOf(box);
  const x = width < inside ? (left + right - width) / 2
    : after ? right + 8 : Math.max(margin, left - 8 - width);
  pen.textAlign = "left";
  pen.fillStyle = colors.paper;
  pen.fillRect(x - 4, y - 8, width + 8, 16);
  pen.fillStyle = colors.ink;
  pen.fillText(gap.name, x, y);
}

// What falls into one pixel is drawn once, the greatest state of all, so a
// long run is drawn as fast as a short one.
function drawLane(pen, box, lane, y) {
  const right = rightOf(box);
  const states = new Uint8Array(right + 2);
  const dots = new Set();
  const pixel = (time) => pixelOf(box, time);
  const count = lane.spans.length / SPAN;
  for (let i = spanAt(lane, view.from); i < count; i++) {
    const from = lane.spans[i * SPAN], state = lane.spans[i * SPAN + 1];
    if (from > view.to)
      break;
    const x = pixel(from), end = pixel(spanEnd(lane, i));
    if (state === RUNNING && end - x < 2)
      dots.add(x);
    else if (state !== READY || end > x)
      for (let at = x; at < Math.max(end, x + 1); at++)
        states[at] = Math.max(states[at], state + 1);
  }
  for (let x = margin, next; x <= right; x = next) {
    for (next = x + 1; next <= right && states[next] === states[x];)
      next++;
    if (states[x])
      drawState(pen, states[x] - 1, x, next - x, y);
  }
  drawJobs(pen, box, lane, y);
  drawDots(pen, dots, y);
  drawMarks(pen, new Set(lane.marks.filter(isSeen).map(pixel)), y);
  if (isSeen(lane.to))
    drawEnding(pen, lane.ending, pixel(lane.to), y);
}

// As high in each pixel as the gauge stood there at most, of what lasted, and
// the greatest of it all.
function drawGauge(pen, box, gauge, y) {
  const high = ROW - 6, foot = Math.round(y + high / 2);
  const heights = new Float64Array(rightOf(box) + 2);
  for (let i = 0; i < gauge.levels.length / LEVEL; i++) {
    const [from, value] = gauge.levels.slice(i * LEVEL, i * LEVEL + LEVEL);
    const to = levelEnd(gauge, i);
    if (to === from || to < view.from || from > view.to)
      continue;
    const x = pixelOf(box, from), end = Math.max(pixelOf(box, to), x + 1);
    for (let at = x; at < end; at++)
      heights[at] = Math.max(heights[at], value / gauge.peak);
  }
  pen.fillStyle = colors.mark;
  heights.forEach((height, x) => {
    if (x >= margin && height > 0)
      pen.fillRect(x, foot - height * high, 1, height * high);
  });
  const end = pixelOf(box, gauge.to);
  pen.fillRect(margin, foot, end - margin, 1);
  pen.fillStyle = colors.ink;
  pen.textAlign = "left";
  pen.fillText(`${gauge.peak}`, end + 6, y);
}

function drawAxis(pen, box, height) {
  const least = 80 / scaleOf(box);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5].find((n) => n * power >= least) || 10);
  pen.textAlign = "center";
  pen.lineWidth = 1;
  for (let k = Math.ceil(view.from / step); k * step <= view.to; k++) {
    const x = Math.round(xOf(box, k * step)) + .5;
    pen.fillStyle = colors.dim;
    pen.fillText(timeText(k * step, view.to), x, AXIS / 2);
    pen.strokeStyle = colors.line;
    pen.beginPath();
    pen.moveTo(x, AXIS - 4);
    pen.lineTo(x, height);
    pen.stroke();
  }
}

function drawCursor(pen, box, run, height) {
  if (cursor.event < 0 || data.runs[cursor.run] !== run)
    return;
  const event = eventAt(run, cursor.event);
  const x = Math.round(xOf(box, event.time));
  if (x < margin || x > widthOf(box))
    return;
  pen.strokeStyle = colors.ink;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x, AXIS - 4);
  pen.lineTo(x, height);
  pen.stroke();
  if (event.lane < 0)
    return;
  pen.beginPath();
  pen.arc(x, AXIS + (rowOf(run, event.lane) + .5) * ROW, 9, 0, 2 * Math.PI);
  pen.stroke();
}

function prepare(canvas, width, height) {
  const dots = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * dots);
  canvas.height = Math.round(height * dots);
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.scale(dots, dots);
  pen.font = "13px ui-sans-serif, system-ui, sans-serif";
  pen.textBaseline = "middle";
  return pen;
}

function fitted(pen, name, width) {
  if (pen.measureText(name).width <= width)
    return name;
  while (name && pen.measureText(`${name}…`).width > width)
    name = name.slice(0, -1);
  return `${name}…`;
}

// The gap has a row of its own, after the lane that it is in.
function rowsOf(run) {
  const rows = [...run.lanes, ...run.gauges];
  if (run.gap)
    rows.splice(run.gap.lane + 1, 0, run.gap);
  return rows;
}

const rowOf = (run, lane) =>
  run.gap && lane > run.gap.lane ? lane + 1 : lane;

function drawRun(box, index) {
  const run = data.runs[index];
  widths.set(box, Math.max(box.clientWidth, margin + edge + 50));
  const rows = rowsOf(run);
  const height = AXIS + rows.length * ROW + 4;
  const pen = prepare(box.firstElementChild, widthOf(box), height);
  drawAxis(pen, box, height);
  rows.forEach((row, i) => {
    const y = AXIS + (i + .5) * ROW;
    if (row === run.gap)
      return drawGap(pen, box, row, y);
    pen.textAlign = "left";
    pen.fillStyle = colors.ink;
    pen.fillText(fitted(pen, row.name, margin - 16), 2, y);
    (row.levels ? drawGauge : drawLane)(pen, box, row, y);
  });
  drawCursor(pen, box, run, height);
}

function drawAll() {
  boxes.forEach(drawRun);
  byId("range").textContent =
      `${timeText(view.from)} to ${timeText(view.to)}`;
}

let planned = false;
function draw() {
  if (!planned)
    requestAnimationFrame(() => { planned = false; drawAll(); });
  planned = true;
}

// Names get what they need, and a fifth of the width at most; figures likewise.
function measure() {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "13px ui-sans-serif, system-ui, sans-serif";
  const widest = (words, least) =>
    words.reduce((most, word) => Math.max(most, pen.measureText(word).width),
                 least);
  const gauges = data.runs.flatMap((run) => run.gauges);
  margin = widest(data.runs.flatMap((run) => [...run.lanes, ...run.gauges])
      .map((row) => row.name), 40) + 20;
  edge = EDGE + widest(gauges.map((gauge) => `${gauge.peak}`), 0);
  if (boxes.length)
    margin = Math.round(Math.min(margin, boxes[0].clientWidth / 5));
}

function drawLegend() {
  document.querySelectorAll("#legend canvas").forEach((canvas) => {
    const pen = prepare(canvas, 30, BAR);
    const state = STATES.indexOf(canvas.dataset.shows);
    drawEnding(pen, canvas.dataset.shows, 15, BAR / 2);
    if (canvas.dataset.shows === "mark")
      drawMarks(pen, [15], BAR / 2);
    else if (state >= 0)
      drawState(pen, state, state === RUNNING ? 14 : 0,
                state === RUNNING ? 16 : 30, BAR / 2);
    if (state === RUNNING)
      drawDots(pen, [6], BAR / 2);
  });
}
