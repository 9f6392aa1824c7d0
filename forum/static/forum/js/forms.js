// Forms that answer in place. Without this script they are plain forms; nothing typed is ever lost by it.

import { focusLike, FRAGMENT, fromHtml, keepPlace, put } from "./page.js";
import "./links.js";

const CHAT_PATIENCE = 20000; // ms a message waits for its answer before it may be sent again
const DOUBLE_CLICK = 1500; // ms within which the same button pressed again is not meant
const SLOW = 4000; // ms after which it is told that the answer takes long

const attempts = new WeakMap(); // form → {content, id} of an attempt whose fate is unknown
const queues = new WeakMap(); // form → promise of all that is on its way

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.matches("[data-composer]")) {
    event.preventDefault();
    if (isChat(form)) sendAhead(form);
    else sendInPlace(form, event.submitter);
  } else if (form.matches("[data-fragment]")) {
    event.preventDefault();
    exchange(form, event.submitter);
  } else if (isSecondClick(form, event.submitter)) {
    event.preventDefault();
  }
});

// Of a double click the second half sends nothing: its answer, that all is done already, would be the one that is read.
let pressed = {};
addEventListener("pageshow", () => (pressed = {}));

function isSecondClick(form, button) {
  const again = pressed.form === form && pressed.button === button && performance.now() - pressed.at < DOUBLE_CLICK;
  if (!again) pressed = { form, button, at: performance.now() };
  return again;
}

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

// What the page says by itself, with nothing to fill in, such as that a board was looked at for a moment.
const MOMENT = 2000; // ms

for (const form of document.querySelectorAll("form[data-by-itself]")) {
  setTimeout(() => fetch(form.action, { method: "POST", body: new FormData(form), headers: FRAGMENT }).catch(() => {}), MOMENT);
}

const listOf = (form) => document.getElementById(form.dataset.into);
const isChat = (form) => Boolean(listOf(form)?.closest("[role=log]"));

// --- What is typed and not sent: kept in this tab, for the same person, until it has arrived or they sign out ------------

const person = document.documentElement.dataset.person;
const typedKey = (form) => `typed:${person}:${form.getAttribute("action")}`;
const typedFields = (form) => [...form.querySelectorAll("textarea, input[type=radio]:checked")];

document.addEventListener("input", ({ target }) => target.form?.matches("[data-remember]") && keepTyped(target.form));
document.addEventListener("page:changed", giveTypedBack);
giveTypedBack();

function keepTyped(form) {
  const isTyped = form.querySelector("textarea").value.trim();
  const fields = typedFields(form).map(({ name, value }) => [name, value]);
  try {
    if (isTyped) sessionStorage.setItem(typedKey(form), JSON.stringify(fields));
    else sessionStorage.removeItem(typedKey(form));
  } catch {} // no storage: the text is on the page
}

function giveTypedBack() {
  for (const form of document.querySelectorAll("form[data-remember]")) {
    if (form.querySelector("textarea")?.value !== "") continue;
    try {
      const fields = JSON.parse(sessionStorage.getItem(typedKey(form)) ?? "[]");
      for (const [name, value] of fields) form.elements.namedItem(name).value = value;
    } catch {}
  }
}

// Whoever signs out leaves nothing in this browser; a draft thrown away leaves nothing of itself.
document.addEventListener("submit", ({ target: form }) => {
  try {
    if (form.dataset.forget) localStorage.removeItem(`draft:${person}:${form.dataset.forget}`);
    if (!form.matches("[data-forget-all]")) return;
    for (const storage of [localStorage, sessionStorage]) {
      const own = ["draft", "typed", "unsent"].map((kind) => `${kind}:${person}:`);
      for (const key of Object.keys(storage)) if (own.some((it) => key.startsWith(it))) storage.removeItem(key);
    }
  } catch {}
}, { capture: true });

// --- Sending ---------------------------------------------------------------------------------------------------------

async function post(form, data, submitter, patience) {
  const address = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  const giveUp = new AbortController();
  const timer = patience && setTimeout(() => giveUp.abort(), patience);
  try {
    const answer = await fetch(address, { method: "POST", body: data, headers: FRAGMENT, signal: giveUp.signal });
    const html = await answer.text();
    const whole = /<html/i.test(html);
    return { status: answer.status, html: whole ? "" : html, whole, elsewhere: answer.redirected && answer.url };
  } catch {
    return { status: 0, html: "" };
  } finally {
    clearTimeout(timer);
  }
}

const hasArrived = ({ status }) => status >= 200 && status < 300;
const isUnknown = ({ status }) => status === 0 || status === 429 || status >= 500;

function busy(form, on) {
  form.ariaBusy = String(on);
  for (const button of form.querySelectorAll("button")) button.ariaDisabled = String(on);
}

// Whole pages are not for a script: go where the answer leads, or, when the form is too old, let the browser send it and
// show the page that gives the text back in a fresh form.
function leave(answer, form, submitter) {
  if (answer.elsewhere) return location.assign(answer.elsewhere);
  if (hasArrived(answer)) return location.reload();
  if (answer.status !== 403) return status(form, form.dataset.failed);
  form.removeAttribute("data-composer");
  form.removeAttribute("data-fragment");
  form.requestSubmit(submitter);
}

function place(html, form) {
  const container = listOf(form);
  const item = fromHtml(html);
  if (!container || !item?.id) return null;
  keepPlace(container, () => put(container, item));
  return document.getElementById(item.id);
}

function settle() {
  document.dispatchEvent(new CustomEvent("page:changed"));
}

// --- What the form says ----------------------------------------------------------------------------------------------

function status(form, words, retry) {
  let line = form.querySelector(":scope > .form-status");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "form-status" });
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.replaceChildren(words ?? "");
  if (retry) line.append(" ", retryButton(form, retry));
}

function retryButton(form, retry) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet" });
  button.textContent = form.dataset.retry ?? "↻"; // a form without words of its own still has a sign
  button.addEventListener("click", retry);
  return button;
}

function refuse(form, html) {
  form.querySelectorAll(".errorlist").forEach((it) => it.remove());
  if (!html) return;
  const sent = fromHtml(html);
  const list = sent ?? Object.assign(document.createElement("p"), { className: "errorlist", textContent: html });
  list.classList.add("errorlist");
  list.setAttribute("role", "alert");
  form.prepend(list);
}

function clear(form) {
  for (const field of form.querySelectorAll("textarea, input:not([type=hidden], [type=submit])")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.defaultChecked = false;
    else field.value = field.defaultValue = "";
  }
  if (form.matches("[data-remember]")) keepTyped(form);
}

function renew(form) {
  const field = form.elements.namedItem("client_id");
  if (field) field.value = crypto.randomUUID();
}

// The same text keeps its id, so that it is there once however often it is sent; another text gets another id.
function contentOf(form, submitter) {
  const data = new FormData(form, submitter);
  const content = JSON.stringify([...data].filter(([name]) => name !== "client_id" && name !== "csrfmiddlewaretoken"));
  const last = attempts.get(form);
  if (last && last !== content && data.has("client_id")) {
    renew(form);
    data.set("client_id", form.elements.namedItem("client_id").value);
  }
  attempts.set(form, content);
  return data;
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
  refuse(form, arrived ? "" : answer.html);
  if (arrived) finish(form, answer.html);
}

function finish(form, html) {
  const item = place(html, form);
  clear(form);
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
  clear(form);
  renew(form);
  form.dispatchEvent(new CustomEvent("composer:sent", { bubbles: true }));
  field.focus();
  enqueue(form, waitingLine(form, data), data);
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
  if (now.matches("[data-remember]")) keepTyped(now);
  now.dispatchEvent(new CustomEvent("composer:refused", { bubbles: true, detail: data }));
  if (answer.elsewhere || answer.whole) return leave(answer, now);
  status(now, "");
  refuse(now, answer.html);
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
const unsentKey = (form) => `unsent:${document.documentElement.dataset.person}:${form.getAttribute("action")}`;

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

// --- A form whose answer takes the place of a part of the page -----------------------------------------------------------

async function exchange(form, submitter) {
  if (form.ariaBusy === "true") return;
  const target = document.getElementById(form.dataset.target) ?? form.closest("[data-panel]");
  busy(form, true);
  const answer = await post(form, contentOf(form, submitter), submitter);
  busy(form, false);
  if (isUnknown(answer)) return status(form, form.dataset.failed, () => form.requestSubmit(submitter));
  if (answer.elsewhere || answer.whole) return leave(answer, form, submitter);
  attempts.delete(form);
  renew(form);
  const next = fromHtml(answer.html);
  if (target && next?.id === target.id) {
    keepPlace(target, () => target.replaceWith(next));
    focusLike(submitter ?? form, next);
  } else if (hasArrived(answer) && form.dataset.into) {
    place(answer.html, form);
    clear(form);
  } else {
    refuse(form, answer.html);
  }
  settle();
}
