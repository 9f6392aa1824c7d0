// A composer: what is typed stays until it has arrived. Without this script it is a plain form.

import {
  attempts, busy, clear, contentOf, hasArrived, isUnknown, leave, listOf, person, place, post, refuse, renew, retryButton,
  settle, status,
} from "./forms.js";
import { countAll } from "./counting.js";
import { fromHtml, keepPlace, scroller } from "./page.js";

const CHAT_PATIENCE = 20000; // ms a message waits for its answer before it may be sent again
const SLOW = 4000; // ms after which it is told that the answer takes long

const queues = new WeakMap(); // form → promise of all that is on its way

const isChat = (form) => Boolean(listOf(form)?.closest("[role=log]"));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-composer]")) return;
  event.preventDefault();
  if (isChat(form)) sendAhead(form);
  else sendInPlace(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.form;
  if (event.key !== "Enter" || event.shiftKey || event.target.tagName !== "TEXTAREA" || !form) return;
  if (event.isComposing || event.keyCode === 229) return; // Enter ends a Hangul syllable
  if (!form.matches("[data-composer]") || !isChat(form)) return;
  event.preventDefault();
  form.requestSubmit();
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector(".pending")) event.preventDefault();
});

// --- What is typed and not sent: kept in this tab, for the same person, until it has arrived or they sign out ------------

const addressOf = (form) => form.getAttribute("action") ?? location.pathname;
const typedKey = (form) => `typed:${person}:${addressOf(form)}`;
const typedFields = (form) => [...form.querySelectorAll("textarea, input[type=radio]:checked")];
const drawnWith = (form) => form.querySelector("textarea").defaultValue;

document.addEventListener("input", ({ target }) => target.form?.matches("[data-remember]") && keepTyped(target.form));
document.addEventListener("page:changed", giveTypedBack);
giveTypedBack();

// What an edit began with goes along: where the server has other words by now, they are not hidden behind old ones.
function keepTyped(form) {
  const text = form.querySelector("textarea").value;
  const isTyped = text.trim() && text !== drawnWith(form);
  const fields = typedFields(form).map(({ name, value }) => [name, value]);
  try {
    if (isTyped) sessionStorage.setItem(typedKey(form), JSON.stringify({ drawn: drawnWith(form), fields }));
    else sessionStorage.removeItem(typedKey(form));
  } catch {} // no storage: the text is on the page
}

function giveTypedBack() {
  for (const form of document.querySelectorAll("form[data-remember]")) {
    const field = form.querySelector("textarea");
    if (!field || field.value !== field.defaultValue) continue;
    try {
      const { drawn, fields } = JSON.parse(sessionStorage.getItem(typedKey(form)) ?? "{}");
      if (drawn !== drawnWith(form)) continue;
      for (const [name, value] of fields) form.elements.namedItem(name).value = value;
      countAll();
      if (form.dataset.givenBack) status(form, form.dataset.givenBack);
    } catch {}
  }
}

// Who gives an edit up wants to see nothing of it the next time.
document.addEventListener("click", ({ target }) => {
  const form = target.closest?.("[data-give-up]")?.closest("form");
  try {
    if (form) sessionStorage.removeItem(typedKey(form));
  } catch {}
});

// Where this tab keeps what was typed, signing in leads back to the form; elsewhere the server gives it back.
function leadBack(form) {
  const link = form.querySelector("[data-signed-out] a");
  if (link && form.matches("[data-remember]") && isKeptHere(form)) link.search = new URLSearchParams({ next: addressOf(form) });
}

function isKeptHere(form) {
  try {
    return sessionStorage.getItem(typedKey(form)) !== null;
  } catch {
    return false;
  }
}

function empty(form) {
  clear(form);
  if (form.matches("[data-remember]")) keepTyped(form);
}

// --- A composer whose text stays until it has arrived ------------------------------------------------------------------

async function sendInPlace(form, submitter) {
  if (form.ariaBusy === "true") return;
  const data = contentOf(form);
  busy(form, true);
  status(form, form.dataset.sending);
  const answer = await post(form, data, submitter);
  busy(form, false);
  if (isUnknown(answer)) return status(form, form.dataset.failed, () => form.requestSubmit(submitter));
  if (answer.elsewhere || answer.whole) return leave(answer, form, submitter);
  attempts.delete(form);
  renew(form);
  const arrived = hasArrived(answer);
  status(form, arrived ? form.dataset.sent : "");
  refuse(form, arrived ? "" : answer.html, answer.status);
  leadBack(form);
  if (arrived) finish(form, answer.html);
}

function finish(form, html) {
  const item = place(html, form);
  empty(form);
  const reply = form.closest("[id^='acts-']");
  if (reply) {
    const link = document.querySelector(`a[data-acts="${CSS.escape(reply.id)}"]`);
    reply.remove();
    (link ?? item)?.focus();
  } else {
    item?.scrollIntoView({ block: "nearest", behavior: "instant" }); // where the newest come first it stands far from the form
  }
  settle();
}

// --- The composer of a room: the next message can be typed at once -------------------------------------------------------

function sendAhead(form) {
  const field = form.querySelector("textarea");
  const text = field.value.trim();
  if (!text) return field.focus();
  const data = new FormData(form);
  data.set("body", text);
  refuse(form, "");
  empty(form);
  renew(form);
  form.dispatchEvent(new CustomEvent("composer:sent", { bubbles: true }));
  field.focus();
  const line = waitingLine(form, data);
  for (const box of [scroller(line), document.scrollingElement]) { // who speaks looks at what is said now
    box.scrollTo({ top: box.scrollHeight, behavior: "instant" });
  }
  enqueue(form, line, data);
}

function waitingLine(form, data) {
  const line = Object.assign(document.createElement("li"), { className: "message mine pending" });
  line.ariaLive = "off";
  const body = Object.assign(document.createElement("div"), { className: "message-body", textContent: data.get("body") });
  const note = Object.assign(document.createElement("p"), { className: "message-status" });
  line.append(body, note);
  line.unsent = data;
  const container = listOf(form);
  keepPlace(container, () => container.append(line));
  keepUnsent(form);
  return line;
}

function enqueue(form, line, data) {
  const before = queues.get(form) ?? Promise.resolve();
  line.querySelector(".message-status").textContent = form.dataset.sending ?? "";
  queues.set(form, before.then(() => deliver(form, line, data)));
}

async function deliver(form, line, data) {
  const note = line.querySelector(".message-status");
  const slow = setTimeout(() => (note.textContent = form.dataset.slow ?? note.textContent), SLOW);
  const answer = await post(form, data, null, CHAT_PATIENCE);
  clearTimeout(slow);
  const now = form.isConnected ? form : composerLike(form); // the panel may have been read again meanwhile
  if (isUnknown(answer)) return offerAgain(now ?? form, line, data, form.dataset.failed);
  if (!hasArrived(answer) && !now) return offerAgain(form, line, data, fromHtml(answer.html)?.textContent ?? answer.html);
  line.remove();
  keepUnsent(form);
  if (hasArrived(answer)) {
    place(answer.html, form);
    return status(now ?? form, form.dataset.sent);
  }
  const field = now.querySelector("textarea");
  field.value = [data.get("body"), field.value].filter(Boolean).join("\n");
  countAll();
  if (now.matches("[data-remember]")) keepTyped(now);
  now.dispatchEvent(new CustomEvent("composer:refused", { bubbles: true, detail: data }));
  if (answer.elsewhere || answer.whole) return leave(answer, now);
  status(now, "");
  refuse(now, answer.html, answer.status);
  leadBack(now);
}

const composerLike = (form) => document.querySelector(`form[data-composer][action="${CSS.escape(form.getAttribute("action"))}"]`);

// The same text under the same id: however often it is sent, it is there once.
function offerAgain(form, line, data, why) {
  const again = retryButton(form, () => enqueue(composerLike(form) ?? form, line, data));
  line.querySelector(".message-status").replaceChildren((why ?? "").trim(), " ", again);
  line.classList.add("failed");
  status(form, form.dataset.failed);
}

// What has not arrived outlives a reload of this tab, for the same person only.
const unsentKey = (form) => `unsent:${person}:${form.getAttribute("action")}`;

function keepUnsent(form) {
  const waiting = [...listOf(form).querySelectorAll(".pending")].map(({ unsent }) =>
    [...unsent].filter(([name]) => name !== "csrfmiddlewaretoken"));
  try {
    if (waiting.length) sessionStorage.setItem(unsentKey(form), JSON.stringify(waiting));
    else sessionStorage.removeItem(unsentKey(form));
  } catch {} // no storage: the page still asks before it is left
}

function bringBack(form) {
  let waiting = [];
  try {
    waiting = JSON.parse(sessionStorage.getItem(unsentKey(form)) ?? "[]");
  } catch {}
  for (const entries of waiting) {
    const data = new FormData(form);
    for (const [name, value] of entries) data.set(name, value);
    offerAgain(form, waitingLine(form, data), data, form.dataset.failed);
  }
}

for (const form of document.querySelectorAll("form[data-composer]")) if (isChat(form)) bringBack(form);
