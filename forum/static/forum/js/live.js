// The page's one socket: what others do appears by itself. The page heals by numbers, so anything may be lost on the way.

import { FRAGMENT, fromHtml, inUse, keepPlace, markMine, put, scroller, swap } from "./page.js";

const POLL_EVERY = 5000; // ms between two rounds of asking while there is no socket
const PATIENCE = 4000; // ms without a socket before asking begins
const LONGEST_WAIT = 30000; // ms between two attempts to open a socket
const SILENCE = 50000; // ms without a word after which a socket counts as dead; the server pings every 20 s
const BURST = 5; // new items at once that are told as a number
const SIGN_IN = 4401, TOO_MANY = 4429;
const REFUSED = '.errorlist:is([data-status="403"], [data-status="409"])'; // not allowed, or not now

const page = document.documentElement;
const streams = new Map(); // name → {since, epoch, claimed}
const snapshots = new Set();
const stalePanels = new Set(); // ids
const held = new Map(); // id of a paused list → Map of id → html
const collected = new Map(); // id of a list → Map of id → what waits to be shown

let socket = null, attempt = 0, heardAt = 0, reconnectTimer = 0, pollTimer = 0, over = false;

const all = (selector) => [...document.querySelectorAll(selector)];
const named = (attribute, name) => all(`[${attribute}="${CSS.escape(name)}"]`);
const url = (path, query) => `/live/${path}/?${new URLSearchParams(query)}`;
const isOpen = () => socket?.readyState === WebSocket.OPEN;

// Find out what the page shows, and tell the server of what is new or gone.
function gather() {
  const badge = document.getElementById("badge");
  if (badge && page.dataset.person) badge.dataset.snapshot = `badge:${page.dataset.person}`;
  for (const { dataset } of all("[data-stream], [data-panel][data-since]")) {
    const name = dataset.stream ?? dataset.panel;
    if (streams.has(name)) continue;
    streams.set(name, { since: Number(dataset.since), epoch: dataset.epoch });
    listen(name);
  }
  const shown = new Set(all("[data-snapshot]").map((it) => it.dataset.snapshot));
  for (const name of shown) if (!snapshots.has(name)) snapshots.add(name), tell({ type: "watch", snapshot: name });
  for (const name of snapshots) if (!shown.has(name)) snapshots.delete(name), tell({ type: "ignore", name });
}

function tell(message) {
  if (isOpen()) socket.send(JSON.stringify(message));
}

function listen(name) {
  const { since, epoch } = streams.get(name);
  tell({ type: "listen", stream: name, epoch, since });
}

// --- What comes ------------------------------------------------------------------------------------------------------

function receive(message) {
  switch (message.type) {
    case "frame": return takeFrame(message);
    case "snapshot": return takeSnapshot(message);
    case "reload": return streams.has(message.stream) && readAgain(message.stream);
    case "refused": return void (streams.delete(message.stream), snapshots.delete(message.stream));
    case "ping": return takePing(message);
  }
}

function takeFrame({ stream: name, epoch, from, to, items, panels }) {
  const stream = streams.get(name);
  if (!stream || to < stream.since) return;
  if (epoch !== stream.epoch) return readAgain(name);
  if (from > stream.since) return listen(name);
  stream.since = to;
  for (const container of named("data-stream", name)) {
    container.dataset.since = to;
    takeItems(container, items);
  }
  if (panels) spoilPanels(name);
}

function takeItems(container, items) {
  const waiting = held.get(container.id);
  if (waiting) {
    const isOwn = ({ html }) => fromHtml(html).dataset.author === page.dataset.person; // shown all the same
    for (const item of items) if (!isOwn(item)) waiting.set(item.id, item.html);
    for (const button of named("data-pause", container.id)) tellPaused(button, waiting.size);
    insert(container, items.filter(isOwn).map(({ html }) => html));
  } else if (collector(container)) {
    collect(container, items);
  } else if (items.length) {
    insert(container, items.map((item) => item.html));
  }
}

function insert(container, htmls) {
  const log = container.closest("[role=log]");
  const many = log && htmls.length > BURST;
  if (many) log.ariaLive = "off";
  let added = 0;
  keepPlace(container, () => {
    for (const html of htmls) added += put(container, fromHtml(html));
  });
  if (many) tellBurst(log, added);
}

function tellBurst(log, count) {
  let status = document.getElementById(`${log.id}-burst`);
  if (!status) {
    status = Object.assign(document.createElement("p"), { id: `${log.id}-burst`, className: "visually-hidden" });
    status.setAttribute("role", "status");
    log.after(status);
  }
  setTimeout(() => {
    status.textContent = count ? (log.dataset.burst ?? "{}").replace("{}", count) : "";
    log.ariaLive = null;
  }, 200);
}

function takeSnapshot({ name, html }) {
  for (const shown of named("data-snapshot", name)) {
    const next = fromHtml(html);
    next.dataset.snapshot = name;
    if (!shown.isEqualNode(next)) keepPlace(shown, () => shown.replaceWith(next));
  }
}

function takePing({ heads }) {
  tell({ type: "pong" });
  for (const [name, head] of Object.entries(heads)) {
    const stream = streams.get(name);
    if (!stream) continue;
    if (stream.claimed > stream.since) listen(name); // told by the last ping, and still not here
    stream.claimed = head;
  }
}

// --- Parts that are read again -----------------------------------------------------------------------------------------

function spoilPanels(name) {
  for (const { id } of named("data-panel", name)) stalePanels.add(id);
  setTimeout(readPanels, 50 + 450 * Math.random()); // not everybody in the same moment
}

async function readPanels() {
  for (const id of [...stalePanels]) {
    const panel = document.getElementById(id);
    if (!panel) stalePanels.delete(id);
    if (!panel || (inUse(panel) && !panel.querySelector(REFUSED))) continue;
    stalePanels.delete(id);
    const answer = await ask(panel.dataset.src);
    const next = answer?.ok ? fromHtml(await answer.text()) : null;
    if (next?.querySelector("form")) panel.querySelectorAll(REFUSED).forEach((it) => it.remove()); // no longer so
    if (!answer || (next && inUse(panel))) stalePanels.add(id);
    if (!answer) setTimeout(readPanels, POLL_EVERY);
    else if (next?.id === id && !stalePanels.has(id)) keepPlace(panel, () => swap(panel, next));
  }
  gather();
}

// What cannot be caught up with is read whole from the page itself.
async function readAgain(name) {
  streams.delete(name);
  await new Promise((resolve) => setTimeout(resolve, 2000 * Math.random()));
  const answer = await ask(location.pathname + location.search, {});
  if (!answer || answer.status === 429 || answer.status >= 500) return readAgainLater(name);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const container of named("data-stream", name)) {
    const next = fresh.getElementById(container.id);
    if (!next?.dataset.stream) continue;
    const { since, epoch } = next.dataset;
    const older = container.closest("[role=log]")?.querySelector("[data-older]");
    const more = document.querySelector(`[data-more="${CSS.escape(container.id)}"]`);
    keepPlace(container, () => {
      if (inUse(container)) return [...next.children].forEach((it) => put(container, document.adoptNode(it)));
      older?.parentElement.replaceWith(...[fresh.querySelector("[data-older]")?.parentElement].filter(Boolean));
      more?.parentElement.replaceWith(...[fresh.querySelector("[data-more]")?.parentElement].filter(Boolean));
      container.replaceChildren(...next.children);
    });
    collected.get(container.id)?.clear();
    collector(container)?.replaceChildren();
    Object.assign(container.dataset, { since, epoch });
    all("[data-author]").forEach(markMine);
    }
  spoilPanels(name);
  gather();
}

function readAgainLater(name) {
  setTimeout(() => readAgain(name), POLL_EVERY * (1 + Math.random()));
}

async function ask(address, headers = FRAGMENT) {
  try {
    const answer = await fetch(address, { headers, cache: "no-store" });
    if (answer.status === 401) end(await answer.text());
    return answer;
  } catch {
    return null;
  }
}

// --- The socket, and life without it ------------------------------------------------------------------------------------

function connect() {
  clearTimeout(reconnectTimer);
  if (over || socket) return;
  const mine = (socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/live/`));
  heardAt = Date.now();
  mine.onopen = () => {
    page.dataset.live = "open";
    stopAsking();
    for (const name of streams.keys()) listen(name);
    for (const name of snapshots) tell({ type: "watch", snapshot: name });
  };
  mine.onmessage = ({ data }) => {
    heardAt = Date.now();
    attempt = 0;
    receive(JSON.parse(data));
  };
  mine.onclose = ({ code }) => {
    if (mine !== socket) return;
    if (code === TOO_MANY || code === SIGN_IN) attempt = Math.max(attempt, 5);
    drop();
    reconnectLater();
    askLater(code === SIGN_IN ? 0 : PATIENCE); // asking finds out whether the session has ended
  };
}

function drop() {
  const old = socket;
  socket = null;
  if (old) old.onopen = old.onmessage = old.onclose = null;
  old?.close();
  if (page.dataset.live === "open") page.dataset.live = "closed";
}

function reconnectLater() {
  clearTimeout(reconnectTimer);
  reconnectTimer = setTimeout(connect, Math.random() * Math.min(LONGEST_WAIT, 1000 * 2 ** attempt++));
}

function reconnectNow() {
  if (isOpen() && Date.now() - heardAt < SILENCE / 2) return;
  drop();
  attempt = 0;
  connect();
  askLater(PATIENCE);
}

function askLater(wait) {
  if (!pollTimer && !over) pollTimer = setTimeout(askRound, wait);
}

function stopAsking() {
  clearTimeout(pollTimer);
  pollTimer = 0;
}

async function askRound() {
  const questions = [...streams].map(([name, { since, epoch }]) => [name, url("catch-up", { stream: name, since, epoch })]);
  for (const name of snapshots) questions.push([name, url("snapshot", { name })]);
  let reached = false;
  for (const [name, address] of questions) {
    const answer = await ask(address);
    if (isOpen() || over) return;
    reached ||= Boolean(answer);
    if (answer?.ok) receive(await answer.json());
    else if (answer?.status === 404) receive({ type: "refused", stream: name });
  }
  page.dataset.live = reached ? "polling" : "closed";
  pollTimer = 0;
  askLater(POLL_EVERY * (0.8 + 0.4 * Math.random()));
}

// The session has ended: nothing comes any more, and the page says so once.
function end(told) {
  if (!over) document.querySelector("main").prepend(fromHtml(told));
  over = true;
  stopAsking();
  clearTimeout(reconnectTimer);
  drop();
  page.dataset.live = "closed";
}

// --- Pausing a list --------------------------------------------------------------------------------------------------

function togglePause(button) {
  const container = document.getElementById(button.dataset.pause);
  const waiting = held.get(container.id);
  button.dataset.words ??= button.textContent;
  button.ariaPressed = String(!waiting);
  if (!waiting) {
    held.set(container.id, new Map());
    return tellPaused(button, 0);
  }
  held.delete(container.id);
  button.textContent = button.dataset.words;
  insert(container, [...waiting.values()]);
}

function tellPaused(button, count) {
  button.textContent = button.dataset.resume + (count ? ` (${count})` : "");
}

// --- Collecting what is new, so that nothing moves under who reads ------------------------------------------------------

const collector = (container) => document.querySelector(`[data-collects="${CSS.escape(container.id)}"]`);

// What stands on the page is changed at once, and so is what one wrote oneself or what comes where nothing is read yet;
// the rest waits behind a button.
function collect(container, items) {
  const waiting = collected.get(container.id) ?? collected.set(container.id, new Map()).get(container.id);
  const isEmpty = !container.children.length;
  for (const { id, html } of items) {
    const item = fromHtml(html);
    if (isEmpty || document.getElementById(id) || item.dataset.author === page.dataset.person) {
      waiting.delete(id);
      insert(container, [html]);
    } else {
      waiting.set(id, item);
    }
  }
  tellCollected(container, waiting);
}

function tellCollected(container, waiting) {
  const place = collector(container);
  for (const id of waiting.keys()) if (document.getElementById(id)) waiting.delete(id);
  if (!waiting.size) return place.replaceChildren();
  const button = place.querySelector("button") ?? place.appendChild(document.createElement("button"));
  Object.assign(button, { type: "button", className: "btn btn-primary" });
  button.textContent = place.dataset.words.replace("{}", waiting.size);
}

// Show them in their places and go to the first; an answer to a thread that is not on this part is read where it stands.
function showCollected(place) {
  const container = document.getElementById(place.dataset.collects);
  const waiting = collected.get(container.id);
  const items = [...waiting.values()].sort((one, other) => (one.dataset.order < other.dataset.order ? -1 : 1));
  keepPlace(container, () => items.forEach((item) => put(container, item)));
  tellCollected(container, waiting);
  const first = [...container.children].find((it) => items.includes(it));
  if (!first) return location.assign(items[0].querySelector("[data-to]").href);
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "center", behavior: "instant" });
}

// --- Start -----------------------------------------------------------------------------------------------------------

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-pause]");
  if (button) togglePause(button);
  const place = target.closest?.("[data-collects] > button")?.parentElement;
  if (place) showCollected(place);
});
document.addEventListener("focusout", () => stalePanels.size && setTimeout(readPanels, 100));
document.addEventListener("page:changed", () => {
  gather();
  readPanels();
  for (const [id, waiting] of collected) tellCollected(document.getElementById(id), waiting);
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && reconnectNow());
addEventListener("online", reconnectNow);
addEventListener("pagehide", drop); // an open socket would keep the page from being kept
addEventListener("pageshow", ({ persisted }) => persisted && reconnectNow());
setInterval(() => isOpen() && Date.now() - heardAt > SILENCE && reconnectNow(), 10000);

for (const button of all("[data-pause]")) button.hidden = false;
for (const item of all("[data-author]")) markMine(item);
for (const log of all("[role=log]")) if (scroller(log) === log && !location.hash) log.scrollTop = log.scrollHeight;
gather();
connect();
askLater(PATIENCE);
