// A room as it is read: one's place is kept, what came before is fetched by scrolling, and a reply can quote.

import { FRAGMENT, keepPlace, scroller } from "./page.js";

const READ_AFTER = 400; // ms a message must stand in view before it counts as read
const NEAR_THE_TOP = 160; // px from the oldest message shown where older ones are fetched
const TRY_AGAIN = 3000; // ms until a failed fetch is tried again
const ONE_BREATH = 5 * 60 * 1000; // ms within which messages of one person are drawn together

const log = document.getElementById("room-log");
const list = document.getElementById("messages");
const fresh = document.querySelector("[data-new]");
const said = () => [...list.querySelectorAll(":scope > .message[data-order]")];
const numberOf = (message) => Number(message.id.replace("message-", ""));

// --- Days, and what one person says in one breath: drawn here, so that a message's HTML depends on no neighbour ------------

function tidy() {
  let before = null;
  for (const message of said()) {
    const { day } = message.dataset;
    const divider = message.previousElementSibling?.classList.contains("day") ? message.previousElementSibling : null;
    const sameDay = before?.dataset.day === day;
    if (sameDay) divider?.remove();
    else if (divider?.id !== `day-${day}`) divider?.remove(), message.before(dividerOf(message));
    message.classList.toggle("follows", sameDay && before.dataset.author === message.dataset.author
      && timeOf(message) - timeOf(before) < ONE_BREATH);
    before = message;
  }
}

const timeOf = (message) => Date.parse(message.querySelector(".message-head time").dateTime);

function dividerOf(message) {
  const { day, order } = message.dataset;
  const divider = document.getElementById(`day-${day}`) ?? document.createElement("li");
  const time = Object.assign(document.createElement("time"), { dateTime: day, textContent: `${day.replace(/-0?/g, ". ")}.` });
  divider.id = `day-${day}`;
  divider.className = "divider day";
  divider.dataset.order = `${String(BigInt(order) - 1n).padStart(order.length, "0")}~b`;
  divider.replaceChildren(time);
  return divider;
}

// --- How far one has read: it moves forward only, and only while the page is looked at ---------------------------------------

let kept = Number(list.dataset.read);
let seen = kept; // the newest message that has stood in view
let timer = 0;

function lowestInView() {
  const box = scroller(list);
  const frame = box === log ? log.getBoundingClientRect() : { bottom: innerHeight, height: innerHeight };
  const composerTop = document.getElementById("panel-room")?.getBoundingClientRect().top ?? innerHeight; // it may cover the log
  const bottom = Math.min(frame.bottom, innerHeight, composerTop);
  const inView = (it) => it.top + Math.min(it.height, frame.height) / 2 <= bottom;
  return said().findLast((message) => inView(message.getBoundingClientRect()));
}

function look() {
  const lowest = lowestInView();
  if (document.visibilityState !== "visible" || !lowest) return;
  seen = Math.max(seen, numberOf(lowest));
  tellBelow();
  clearTimeout(timer);
  if (list.dataset.place && seen > kept) timer = setTimeout(keep, READ_AFTER);
}

// Who leaves has seen what stood there.
function leave() {
  clearTimeout(timer);
  if (list.dataset.place && seen > kept) keep();
}

async function keep() {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token?.value ?? "");
  body.set("message", seen);
  const now = seen;
  try {
    const answer = await fetch(list.dataset.place, { method: "POST", body, headers: FRAGMENT, keepalive: true });
    if (answer.ok) list.dataset.read = kept = Math.max(kept, now);
  } catch {} // the next look tries again
}

function tellBelow() {
  if (!fresh) return;
  const below = said().filter((message) => numberOf(message) > seen && !message.classList.contains("mine")).length;
  const words = fresh.dataset.new.replace("{}", below);
  if (fresh.textContent !== words) fresh.textContent = words;
  fresh.hidden = !below;
}

fresh?.addEventListener("click", () => {
  const box = scroller(list);
  box.scrollTop = box.scrollHeight;
  log.focus({ preventScroll: true });
});

// A composer that grows takes room from the log: whoever stood at its end goes on standing there.
// A scroll event may come after the room was taken: only who moved upwards has left the end.
let standsAtEnd = true, scrolledTo = 0;
const fromEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight;

new ResizeObserver(() => {
  if (standsAtEnd && scroller(list) === log) log.scrollTop = log.scrollHeight;
  look();
}).observe(log);

// --- What was said before, by scrolling ----------------------------------------------------------------------------------------

let triedAt = 0;

function reachForOlder() {
  const link = log.querySelector("a[data-older]");
  if (!link || log.ariaBusy === "true" || scroller(list) !== log || log.scrollTop > NEAR_THE_TOP) return;
  if (Date.now() - triedAt < TRY_AGAIN && link === reachForOlder.last) return;
  triedAt = Date.now();
  reachForOlder.last = link;
  link.click();
}

// --- A reply that quotes ---------------------------------------------------------------------------------------------------------

const composer = () => document.querySelector("#panel-room form[data-composer]");

function quote(message) {
  const form = composer();
  if (!form || !message) return false;
  const words = message.querySelector(":scope > .message-body")?.innerText.replace(/\s+/g, " ").trim() ?? "";
  form.elements.namedItem("quoted").value = numberOf(message);
  form.querySelector("[data-quoted-words]").textContent =
    `${message.querySelector(".message-author").textContent}: ${words.length > 90 ? `${words.slice(0, 89)}…` : words}`;
  form.querySelector("[data-quoting]").hidden = false;
  return true;
}

function unquote(form) {
  form.elements.namedItem("quoted").value = "";
  form.querySelector("[data-quoting]").hidden = true;
}

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[data-quote], a[data-unquote]");
  if (!link) return;
  if (link.dataset.unquote !== undefined) {
    unquote(composer());
  } else {
    if (!quote(document.getElementById(link.dataset.quote))) return;
    const opened = link.closest("[id^='acts-']");
    for (const opener of document.querySelectorAll(`a[data-acts="${CSS.escape(opened.id)}"]`)) opener.ariaExpanded = "false";
    opened.remove();
  }
  composer().querySelector("textarea").focus();
  event.preventDefault();
});
document.addEventListener("composer:sent", ({ target }) => unquote(target));
document.addEventListener("composer:refused", ({ detail }) => quote(document.getElementById(`message-${detail.get("quoted")}`)));

// --- Start -----------------------------------------------------------------------------------------------------------------------

function moved() {
  if (fromEnd() < 40) standsAtEnd = true;
  else if (log.scrollTop < scrolledTo) standsAtEnd = false;
  scrolledTo = log.scrollTop;
  look();
  reachForOlder();
}

// Whoever comes back begins where they stopped, with a little of what they know above it.
function beginWhereOneStopped() {
  const line = document.getElementById("read-until");
  if (!["", "#newest"].includes(location.hash)) return;
  const page = document.scrollingElement; // in a small window what stands above the room goes
  if (document.getElementById("panel-room")) page.scrollTo({ top: page.scrollHeight, behavior: "instant" });
  if (!line || scroller(list) !== log) return;
  log.scrollTop += line.getBoundingClientRect().top - log.getBoundingClientRect().top - 64;
  standsAtEnd = fromEnd() < 40;
}

new MutationObserver(() => {
  keepPlace(list, tidy);
  look();
}).observe(list, { childList: true });
tidy();
beginWhereOneStopped();
moved();
addEventListener("load", () => (beginWhereOneStopped(), moved()), { once: true });
log.addEventListener("scroll", moved, { passive: true });
addEventListener("scroll", look, { passive: true });
document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? look() : leave()));
addEventListener("pagehide", leave);
