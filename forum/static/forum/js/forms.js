// Forms that answer in place. Without this script they are plain forms; nothing typed is ever lost by it.

import { focusLike, FRAGMENT, fromHtml, keepPlace, put, recount } from "./page.js";
import "./links.js";

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
  }
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

// What the page says by itself, with nothing to fill in, such as that a board was looked at for a moment.
const MOMENT = 2000; // ms

for (const form of document.querySelectorAll("form[data-by-itself]")) {
  setTimeout(() => fetch(form.action, { method: "POST", body: new FormData(form), headers: FRAGMENT }).catch(() => {}), MOMENT);
}

const listOf = (form) => document.getElementById(form.dataset.into);
const isChat = (form) => Boolean(listOf(form)?.closest("[role=log]"));

// --- Sending ---------------------------------------------------------------------------------------------------------

async function post(form, data, submitter) {
  const address = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  try {
    const answer = await fetch(address, { method: "POST", body: data, headers: FRAGMENT });
    const html = await answer.text();
    const whole = /<html/i.test(html);
    return { status: answer.status, html: whole ? "" : html, whole, elsewhere: answer.redirected && answer.url };
  } catch {
    return { status: 0, html: "" };
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
  recount(container);
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
}

function renew(form) {
  const field = form.elements.namedItem("client_id");
  if (field) field.value = crypto.randomUUID();
}

// The same text keeps its id, so that it is there once however often it is sent; another text gets another id.
function contentOf(form) {
  const data = new FormData(form);
  const content = JSON.stringify([...data].filter(([name]) => name !== "client_id" && name !== "csrfmiddlewaretoken"));
  const last = attempts.get(form);
  if (last && last !== content) {
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
  }
  settle();
}

// --- The composer of a room: the next message can be typed at once -------------------------------------------------------

function sendAhead(form) {
  const field = form.querySelector("textarea");
  const text = field.value.trim();
  if (!text) return field.focus();
  const data = new FormData(form);
  const line = waitingLine(text);
  const container = listOf(form);
  keepPlace(container, () => container.append(line));
  refuse(form, "");
  clear(form);
  renew(form);
  field.focus();
  enqueue(form, line, data, text);
}

function waitingLine(text) {
  const line = Object.assign(document.createElement("li"), { className: "message mine pending" });
  line.ariaLive = "off";
  const body = Object.assign(document.createElement("div"), { className: "message-body", textContent: text });
  const note = Object.assign(document.createElement("p"), { className: "message-status" });
  line.append(body, note);
  return line;
}

function enqueue(form, line, data, text) {
  const before = queues.get(form) ?? Promise.resolve();
  queues.set(form, before.then(() => deliver(form, line, data, text)));
}

async function deliver(form, line, data, text) {
  const note = line.querySelector(".message-status");
  note.textContent = form.dataset.sending ?? "";
  const answer = await post(form, data);
  if (isUnknown(answer)) {
    const again = retryButton(form, () => enqueue(form, line, data, text));
    note.replaceChildren(form.dataset.failed ?? "", " ", again);
    return status(form, form.dataset.failed);
  }
  line.remove();
  if (hasArrived(answer)) {
    place(answer.html, form);
    return status(form, form.dataset.sent);
  }
  const field = form.querySelector("textarea");
  field.value = [text, field.value].filter(Boolean).join("\n");
  if (answer.elsewhere || answer.whole) return leave(answer, form);
  status(form, "");
  refuse(form, answer.html);
}

// --- A form whose answer takes the place of a part of the page -----------------------------------------------------------

async function exchange(form, submitter) {
  if (form.ariaBusy === "true") return;
  const target = document.getElementById(form.dataset.target) ?? form.closest("[data-panel]");
  busy(form, true);
  const answer = await post(form, new FormData(form, submitter), submitter);
  busy(form, false);
  if (isUnknown(answer)) return status(form, form.dataset.failed, () => form.requestSubmit(submitter));
  if (answer.elsewhere || answer.whole) return leave(answer, form, submitter);
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
