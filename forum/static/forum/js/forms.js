// Forms that answer in place. Without this script they are plain forms; nothing typed is ever lost by it.

import { focusLike, FRAGMENT, fromHtml, keepPlace, put } from "./page.js";

const DOUBLE_CLICK = 1500; // ms within which the same button pressed again is not meant

export const attempts = new WeakMap(); // form → {content, id} of an attempt whose fate is unknown

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.matches("[data-composer]")) return; // a composer's text is sent by composer.js
  if (form.matches("[data-fragment]")) {
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

// What the page says by itself, with nothing to fill in, such as that a board was looked at for a moment.
const MOMENT = 2000; // ms

for (const form of document.querySelectorAll("form[data-by-itself]")) {
  setTimeout(() => fetch(form.action, { method: "POST", body: new FormData(form), headers: FRAGMENT }).catch(() => {}), MOMENT);
}

export const listOf = (form) => document.getElementById(form.dataset.into);

// --- What stays in this browser ----------------------------------------------------------------------------------------

export const person = document.documentElement.dataset.person;

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

export async function post(form, data, submitter, patience) {
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

export const hasArrived = ({ status }) => status >= 200 && status < 300;
export const isUnknown = ({ status }) => status === 0 || status === 429 || status >= 500;

export function busy(form, on) {
  form.ariaBusy = String(on);
  for (const button of form.querySelectorAll("button")) button.ariaDisabled = String(on);
}

// Whole pages are not for a script: go where the answer leads, or, when the form is too old, let the browser send it and
// show the page that gives the text back in a fresh form.
export function leave(answer, form, submitter) {
  if (answer.elsewhere) return location.assign(answer.elsewhere);
  if (hasArrived(answer)) return location.reload();
  if (answer.status !== 403) return status(form, form.dataset.failed);
  form.removeAttribute("data-composer");
  form.removeAttribute("data-fragment");
  form.requestSubmit(submitter);
}

export function place(html, form) {
  const container = listOf(form);
  const item = fromHtml(html);
  if (!container || !item?.id) return null;
  keepPlace(container, () => put(container, item));
  return document.getElementById(item.id);
}

export function settle() {
  document.dispatchEvent(new CustomEvent("page:changed"));
}

// --- What the form says ----------------------------------------------------------------------------------------------

export function status(form, words, retry) {
  let line = form.querySelector(":scope > .form-status");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "form-status" });
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.replaceChildren(words ?? "");
  if (retry) line.append(" ", retryButton(form, retry));
}

export function retryButton(form, retry) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet" });
  button.textContent = form.dataset.retry ?? "↻"; // a form without words of its own still has a sign
  button.addEventListener("click", retry);
  return button;
}

export function refuse(form, html, why = 0) {
  form.querySelectorAll(".errorlist").forEach((it) => it.remove());
  if (!html) return;
  const sent = fromHtml(html);
  const list = sent ?? Object.assign(document.createElement("p"), { className: "errorlist", textContent: html });
  list.classList.add("errorlist");
  list.dataset.status = why; // one that is over once the form may be sent again goes away by itself (live.js)
  list.setAttribute("role", "alert");
  form.prepend(list);
}

export function clear(form) {
  for (const field of form.querySelectorAll("textarea, input:not([type=hidden], [type=submit])")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = field.defaultChecked = false;
    else field.value = field.defaultValue = "";
  }
  form.dispatchEvent(new CustomEvent("form:cleared", { bubbles: true }));
}

export function renew(form) {
  const field = form.elements.namedItem("client_id");
  if (field) field.value = crypto.randomUUID();
}

// The same text keeps its id, so that it is there once however often it is sent; another text gets another id.
export function contentOf(form, submitter) {
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
    const wrong = next.querySelector(".error-summary");
    if (wrong) wrong.focus();
    else focusLike(submitter ?? form, next);
  } else if (hasArrived(answer) && form.dataset.into) {
    place(answer.html, form);
    clear(form);
  } else {
    refuse(form, answer.html, answer.status);
  }
  settle();
}
