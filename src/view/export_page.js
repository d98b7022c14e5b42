// The page that `looplab export html` writes. Its record is JSON in the page:
//   file, end
//   code    lines of the program, if the record brings them
//   texts   sentences, each once
//   runs    name,
//           lanes   name, to, spans (from, state, event ...), marks (time ...),
//                   ending: "ended", "failed", "cancelled" or "",
//                   jobs (time, name ...) of a worker
//           gauges  name, to, peak, levels (time, value ...)
//           gap     lane, from, to, name: the longest between marks, if any
//           events  (time, lane, text, place ...)
//           files   file, code: other files of the program, if there are any
// Times are nanoseconds. A span lasts until the next one begins, the last one
// until the lane's .to; its event is the one that began it, from 1 on, or 0. A
// level lasts likewise; before the first one it is 0. A place is a line and,
// above its 24 bits, which of the files it is in; 0 is the program's own.

const data = JSON.parse(document.getElementById("record").textContent);
const STATES = ["idle", "waiting for a task", "waiting", "ready", "queued",
                "running", "computing", "blocked"];
const [IDLE, INSIDE, WAITING, READY, QUEUED, RUNNING] = STATES.keys();
const ROW = 24, BAR = 14, AXIS = 24, EDGE = 28;
const SPAN = 3, EVENT = 4, LEVEL = 2, JOB = 2; // values of each
const PAGE = 100; // events of the list at a time

const byId = (id) => document.getElementById(id);
const boxes = [...document.querySelectorAll(".lanes")];
const view = { from: 0, to: data.end || 1 };
const cursor = { run: 0, event: -1 };
let listed = 0; // the first event of the list
let margin = 0; // pixels of the names
let edge = EDGE; // and of what is after the lanes: the figures of gauges

// --- words

// [ns] in the unit that suits [scale], with the decimals it has.
function timeText(ns, scale = ns) {
  const units = [[1e9, "s"], [1e6, "ms"], [1e3, "us"], [1, "ns"]];
  const [size, name] = units.find(([size]) => Math.abs(scale) >= size) ||
      units[0];
  return `${Number((ns / size).toFixed(6))} ${name}`;
}

const eventCount = (run) => run.events.length / EVENT;

function eventAt(run, index) {
  const [time, lane, text, place] =
      run.events.slice(index * EVENT, index * EVENT + EVENT);
  const line = place & 0xffffff, number = place >>> 24;
  return { time, lane, line, text: data.texts[text],
           source: number ? run.files[number - 1] : data };
}

function eventText(run, index) {
  const event = eventAt(run, index);
  return `${timeText(event.time)}: ${event.text}`;
}

// --- what is looked at

function look(from, to) {
  const whole = data.end || 1;
  const width = Math.min(Math.max(to - from, Math.min(whole, 100)), whole);
  view.from = Math.min(Math.max(from, 0), whole - width);
  view.to = view.from + width;
  draw();
}

function zoom(factor, around) {
  look(around - (around - view.from) / factor,
       around + (view.to - around) / factor);
}

// Keys and buttons zoom around the event that is told, if it is in sight.
function zoomHere(factor) {
  const at = cursor.event < 0
    ? view.from : eventAt(data.runs[cursor.run], cursor.event).time;
  const seen = cursor.event >= 0 && at >= view.from && at <= view.to;
  zoom(factor, seen ? at : (view.from + view.to) / 2);
}

const fit = () => look(0, data.end || 1);

// --- stepping

// The lines of [code] around line [number], which has a marker.
function codeText(code, number) {
  const from = Math.max(number - 3, 0);
  return code.slice(from, number + 2).map((line, i) => {
    const at = from + i + 1;
    return `${at === number ? ">" : " "} ${String(at).padStart(4)}  ${line}`;
  }).join("\n");
}

function tell() {
  const run = data.runs[cursor.run];
  const event = eventAt(run, cursor.event);
  const where = event.line ? `, ${event.source.file} line ${event.line}` : "";
  byId("sentence").textContent = `${event.text}.`;
  byId("where").textContent = `${timeText(event.time)}${where}, event ` +
      `${cursor.event + 1} of ${eventCount(run)} of ${run.name}`;
  byId("code").hidden = !event.source.code || !event.line;
  if (!byId("code").hidden)
    byId("code").textContent = codeText(event.source.code, event.line);
}

function go(run, event) {
  const count = eventCount(data.runs[run]);
  if (count === 0)
    return;
  cursor.run = run;
  cursor.event = Math.min(Math.max(event, 0), count - 1);
  const time = eventAt(data.runs[run], cursor.event).time;
  const width = view.to - view.from;
  if (time < view.from || time > view.to)
    look(time - width / 2, time + width / 2);
  tell();
  list(Math.floor(cursor.event / PAGE) * PAGE);
  draw();
}

// The next event of the same lane, in direction 1 or -1.
function follow(index, direction) {
  const run = data.runs[index], count = eventCount(run);
  if (cursor.event < 0 || cursor.run !== index)
    return go(index, 0);
  const lane = run.events[cursor.event * EVENT + 1];
  let at = cursor.event + direction;
  while (at >= 0 && at < count && run.events[at * EVENT + 1] !== lane)
    at += direction;
  if (at >= 0 && at < count)
    go(index, at);
}

function step(index, direction) {
  go(index, cursor.run === index ? cursor.event + direction : 0);
}

function onLaneKey(key, index) {
  const keys = {
    ArrowRight: () => step(index, 1),
    ArrowLeft: () => step(index, -1),
    ArrowDown: () => follow(index, 1),
    ArrowUp: () => follow(index, -1),
    Home: () => go(index, 0),
    End: () => go(index, Infinity),
  };
  if (keys[key])
    keys[key]();
  return key in keys;
}

function onKey(event) {
  const keys = {
    "+": () => zoomHere(2), "=": () => zoomHere(2),
    "-": () => zoomHere(1 / 2), "0": fit,
  };
  if (event.ctrlKey || event.metaKey || event.altKey)
    return;
  const index = boxes.indexOf(document.activeElement);
  if (keys[event.key])
    keys[event.key]();
  else if (index < 0 || !onLaneKey(event.key, index))
    return;
  event.preventDefault();
}

// --- events as text

function list(first) {
  const run = data.runs[cursor.run];
  if (!run || !byId("all").open)
    return;
  const count = eventCount(run);
  listed = Math.max(Math.min(first, count - 1), 0);
  byId("of").textContent = `Events of ${run.name}, ${listed + 1} to ` +
      `${Math.min(listed + PAGE, count)} of ${count}`;
  byId("earlier").disabled = listed === 0;
  byId("later").disabled = listed + PAGE >= count;
  const items = [];
  for (let i = listed; i < Math.min(listed + PAGE, count); i++) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.textContent = eventText(run, i);
    if (i === cursor.event)
      button.setAttribute("aria-current", "step");
    button.addEventListener("click", () => {
      go(cursor.run, i);
      byId("events").children[i - listed].firstElementChild.focus();
    });
    item.append(button);
    items.push(item);
  }
  byId("events").start = listed + 1;
  byId("events").replaceChildren(...items);
}

// --- the mouse

// The level of [gauge] at pixel [x]; -1 where it has none.
function levelNear(box, gauge, x) {
  const time = timeOf(box, x);
  let found = -1;
  for (let i = 0; i < gauge.levels.length / LEVEL; i++)
    if (gauge.levels[i * LEVEL] <= time && time <= gauge.to)
      found = i;
  return found;
}

// The span of [lane] at pixel [x]: one that is only a dot wins nearby.
function spanNear(box, lane, x) {
  const count = lane.spans.length / SPAN;
  const time = timeOf(box, x), reach = 5 / scaleOf(box);
  let found = -1;
  for (let i = spanAt(lane, time - reach); i < count; i++) {
    const from = lane.spans[i * SPAN], to = spanEnd(lane, i);
    if (from > time + reach)
      break;
    if (to - from < reach && lane.spans[i * SPAN + 1] === RUNNING)
      return i;
    if (from <= time && to >= time)
      found = i;
  }
  return found;
}

function pointed(box, index, event) {
  const place = box.getBoundingClientRect();
  const x = event.clientX - place.left;
  const row = Math.floor((event.clientY - place.top - AXIS) / ROW);
  const at = rowsOf(data.runs[index])[row];
  const lane = at && at.spans && at, gauge = at && at.levels && at;
  const span = lane && x >= margin ? spanNear(box, lane, x) : -1;
  const level = gauge && x >= margin ? levelNear(box, gauge, x) : -1;
  return { lane, gauge, span, level };
}

function timesText(from, to) {
  return to > from
    ? `${timeText(from)} to ${timeText(to)}, for ${timeText(to - from)}`
    : `at ${timeText(from)}`;
}

function spanText(run, lane, span) {
  const [from, state, why] = lane.spans.slice(span * SPAN, span * SPAN + SPAN);
  const to = spanEnd(lane, span);
  const lines = [`${lane.name}: ${STATES[state]}`, timesText(from, to)];
  if (why)
    lines.push(eventAt(run, why - 1).text);
  if (to === lane.to && lane.ending)
    lines.push(`${lane.ending} at ${timeText(to)}`);
  return lines.join("\n");
}

function levelText(gauge, level) {
  const from = gauge.levels[level * LEVEL];
  const value = gauge.levels[level * LEVEL + 1];
  return `${gauge.name}: ${value}\n${timesText(from, levelEnd(gauge, level))}`;
}

function showTip(box, index, event) {
  const { lane, gauge, span, level } = pointed(box, index, event);
  const tip = byId("tip");
  tip.hidden = span < 0 && level < 0;
  if (tip.hidden)
    return;
  tip.textContent = span < 0 ? levelText(gauge, level)
                             : spanText(data.runs[index], lane, span);
  const left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8);
  const below = event.clientY + 18;
  tip.style.left = `${Math.max(left, 8)}px`;
  tip.style.top = below + tip.offsetHeight < innerHeight
    ? `${below}px` : `${event.clientY - tip.offsetHeight - 10}px`;
}

function onClick(box, index, event) {
  const { lane, span } = pointed(box, index, event);
  const why = span < 0 ? 0 : lane.spans[span * SPAN + 2];
  if (why)
    go(index, why - 1);
}

// Over the names the wheel scrolls the page, as it does everywhere else.
function onWheel(box, event) {
  const x = event.clientX - box.getBoundingClientRect().left;
  if (x < margin || event.deltaY === 0)
    return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.25 : 1 / 1.25, timeOf(box, x));
}

function listenTo(box, index) {
  let drag = null;
  box.addEventListener("wheel", (event) => onWheel(box, event),
                       { passive: false });
  box.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, from: view.from, to: view.to, far: false };
  });
  box.addEventListener("pointermove", (event) => {
    const moved = drag && event.buttons ? event.clientX - drag.x : 0;
    if (drag && (drag.far || Math.abs(moved) > 4)) {
      drag.far = true;
      const time = moved / scaleOf(box);
      look(drag.from - time, drag.to - time);
    }
    showTip(box, index, event);
  });
  box.addEventListener("pointerup", (event) => {
    if (drag && !drag.far)
      onClick(box, index, event);
    drag = null;
  });
  box.addEventListener("pointerleave", () => {
    drag = null;
    byId("tip").hidden = true;
  });
  // Whoever comes with the keyboard hears where they are.
  box.addEventListener("focus", () => {
    if (box.matches(":focus-visible") && cursor.event < 0)
      go(index, 0);
  });
}

// --- beginning

function restyle() {
  readColors();
  measure();
  drawLegend();
  drawAll(); // at once: where things are is known when they have been drawn
}

boxes.forEach(listenTo);
byId("in").addEventListener("click", () => zoomHere(2));
byId("out").addEventListener("click", () => zoomHere(1 / 2));
byId("fit").addEventListener("click", fit);
byId("earlier").addEventListener("click", () => list(listed - PAGE));
byId("later").addEventListener("click", () => list(listed + PAGE));
byId("all").addEventListener("toggle", () => list(listed));
addEventListener("keydown", onKey);
addEventListener("resize", restyle);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
restyle();
