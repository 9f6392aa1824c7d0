// Writing a proposal: the text is shown as it will look, and a draft saves itself. Without this script both are buttons.

import { FRAGMENT, fromHtml } from "./page.js";

const QUIET = 1500; // ms without a key after which a draft is saved
const LONGEST = 10000; // ms of typing after which it is saved anyway
const AGAIN = 5000; // ms between two attempts while the server cannot be reached
const UNKEPT = new Set(["csrfmiddlewaretoken", "version", "window", "copy", "begun_with"]);

// The words of a form; its files go up by themselves (uploads.js).
function wordsOf(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function post(address, data) {
  try {
    const answer = await fetch(address, { method: "POST", body: data, headers: FRAGMENT });
    return { status: answer.status, html: await answer.text() };
  } catch {
    return { status: 0, html: "" };
  }
}

const addressOf = (form) => form.getAttribute("action") || location.href;

// --- Preview: opened by its button, then live ----------------------------------------------------------------------------

for (const button of document.querySelectorAll("[data-preview]")) watchPreview(button);

function watchPreview(button) {
  const form = button.form;
  const pane = () => document.getElementById(button.dataset.preview);
  let timer = 0, open = pane().querySelector(".prose") !== null;

  async function show() {
    const data = wordsOf(form);
    data.set(button.name, button.value);
    const { status, html } = await post(addressOf(form), data);
    const next = status === 200 && fromHtml(html);
    if (next?.id === pane().id && !pane().isEqualNode(next)) pane().replaceWith(next);
    return next;
  }

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    open = true;
    if (await show()) pane().scrollIntoView({ block: "nearest" });
    else form.requestSubmit(); // the page that says what is wrong
  });
  form.addEventListener("input", () => {
    if (!open) return;
    clearTimeout(timer);
    timer = setTimeout(show, 400);
  });
}

// --- Rows: another one is drawn here; without this script the button has the server draw it --------------------------------

for (const button of document.querySelectorAll("[data-more]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    addRow(button).querySelector("input").focus();
  });
}

function addRow(button) {
  const count = (what) => button.form.elements.namedItem(`${button.dataset.more}-${what}_FORMS`);
  const template = button.form.querySelector("template[data-row]");
  const number = Number(count("TOTAL").value);
  template.insertAdjacentHTML("beforebegin", template.innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1));
  count("TOTAL").value = number + 1;
  button.hidden = number + 1 >= Number(count("MAX_NUM").value);
  return template.previousElementSibling;
}

// --- A draft that saves itself -------------------------------------------------------------------------------------------

for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form);

function keepDraft(form) {
  const person = document.documentElement.dataset.person;
  const line = () => document.getElementById("draft-saved");
  let saved = content(), timer = 0, first = 0, saving = null, refused = false, leaving = false;

  const key = () => `draft:${person}:${new URL(addressOf(form), location.href).pathname}`;
  offerKept();

  form.addEventListener("input", () => {
    leaving = false;
    first ||= Date.now();
    plan(Math.max(0, Math.min(QUIET, first + LONGEST - Date.now())));
  });
  addEventListener("online", () => isDirty() && plan(0));
  document.addEventListener("visibilitychange", () => document.hidden && isDirty() && save());
  addEventListener("beforeunload", (event) => {
    if (isDirty() && !leaving) event.preventDefault();
  });

  // Who presses a button while the draft is on its way waits for it, so that the two do not meet.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (saving) {
      event.preventDefault();
      saving.finally(() => form.requestSubmit(event.submitter));
    } else {
      leaving = true;
    }
  });
  // A page that goes away sends nothing more: it would arrive after the next page was made from what was there before.
  addEventListener("pagehide", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));

  function content() {
    const fields = [...wordsOf(form)].filter(([name]) => !UNKEPT.has(name) && !name.endsWith("_FORMS"));
    return JSON.stringify(fields);
  }

  // An empty row more is nothing anybody has written.
  const filled = (words) => JSON.stringify(JSON.parse(words).filter(([, value]) => value));
  const isDirty = () => filled(content()) !== filled(saved);
  const kept = () => JSON.stringify({ at: new Date().toISOString(), content: content() });

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    clearTimeout(timer);
    if (saving || refused || leaving || !isDirty()) return;
    first = 0;
    const sent = content();
    tell(form.dataset.saving);
    saving = post(form.dataset.keep || addressOf(form), wordsOf(form));
    const answer = await saving;
    saving = null;
    if (answer.status === 200 && take(answer.html)) {
      saved = sent;
      if (isDirty()) plan(QUIET);
    } else {
      fail(answer);
    }
  }

  function take(html) {
    const next = fromHtml(html);
    if (next?.id !== "draft-saved") return false;
    document.getElementById("crossing")?.remove();
    clearErrors();
    localStorage.removeItem(key());
    for (const [name, value] of Object.entries(next.dataset)) {
      const field = name !== "action" && form.elements.namedItem(name);
      if (field) field.value = value; // what the form has seen by now
    }
    if (next.dataset.action && form.getAttribute("action") !== next.dataset.action) {
      form.setAttribute("action", next.dataset.action);
      history.replaceState(null, "", next.dataset.action);
      offerFiles(next.dataset.action);
    }
    line().replaceWith(next);
    return true;
  }

  // What the server cannot take now is kept in this browser; what it refuses is told and not tried again by itself.
  function fail({ status, html }) {
    localStorage.setItem(key(), kept());
    const unreachable = status === 0 || status === 429 || status >= 500;
    refused = !unreachable && status !== 422;
    if (status === 409 && showCrossing(html)) return tell(form.dataset.unsaved);
    tell(form.dataset.failed, unreachable ? form.dataset.kept : reason(html));
    line().setAttribute("role", "alert");
    if (unreachable) plan(AGAIN);
  }

  // What was saved meanwhile is shown beside what is typed; sent after that, the typed text takes its place.
  function showCrossing(html) {
    const next = fromHtml(html);
    if (next?.id !== "crossing") return false;
    document.getElementById("crossing")?.remove();
    line().closest(".acts").before(next); // by the buttons, so that nothing moves under who types
    form.elements.namedItem("version").value = next.dataset.version;
    next.setAttribute("role", "alert");
    return true;
  }

  // A field that was refused, is filled in and has been saved since is wrong no more.
  function clearErrors() {
    for (const field of form.querySelectorAll("[aria-invalid=true]")) {
      if (!field.value.trim()) continue;
      field.removeAttribute("aria-invalid");
      field.closest(".field-wrong")?.classList.remove("field-wrong");
      document.getElementById(`${field.id}_error`)?.remove();
      form.querySelector(`.error-summary a[href="#${CSS.escape(field.id)}"]`)?.closest("li").remove();
    }
    const summary = form.querySelector(".error-summary");
    if (summary && !summary.querySelector("li")) summary.remove();
  }

  // The page was drawn before there was a draft to attach files to.
  function offerFiles(address) {
    for (const hint of form.querySelectorAll("[data-until-saved]")) hint.hidden = true;
    for (const next of form.querySelectorAll("[data-once-saved]")) {
      next.hidden = false;
      next.querySelector("a").href = address;
    }
  }

  // A sentence, with its way to sign in and back to this page, where the text is kept.
  function reason(html) {
    if (/<html/i.test(html)) return form.dataset.stale; // a page, not a sentence
    const told = fromHtml(html);
    if (!told?.matches("[data-signed-out]")) return told?.textContent.trim() || html;
    const link = told.querySelector("a");
    link.search = new URLSearchParams({ next: location.pathname + location.search });
    link.addEventListener("click", () => (leaving = true));
    const words = document.createDocumentFragment();
    words.append(...told.childNodes);
    return words;
  }

  function tell(...words) {
    line().removeAttribute("role");
    line().replaceChildren(...words.filter(Boolean).flatMap((it, number) => (number ? [" – ", it] : [it])));
  }

  // What was kept is offered when it is not what the page shows; the words of the page are the server's.
  function offerKept() {
    const notice = document.getElementById("draft-kept");
    const found = localStorage.getItem(key());
    if (!found) return;
    const { at, content: words } = JSON.parse(found);
    if (words === saved) return localStorage.removeItem(key());
    notice.querySelector("[data-kept-at]").textContent = `(${new Date(at).toLocaleString(document.documentElement.lang)})`;
    notice.hidden = false;
    notice.querySelector("[data-restore]").addEventListener("click", () => {
      restore(JSON.parse(words));
      notice.hidden = true;
      plan(0);
    });
    notice.querySelector("[data-discard]").addEventListener("click", () => {
      localStorage.removeItem(key());
      notice.hidden = true;
    });
  }

  function restore(fields) {
    const more = form.querySelector("[data-more]");
    for (const [name, value] of fields) {
      const isRow = more && name.startsWith(`${more.dataset.more}-`);
      while (isRow && value && !more.hidden && !form.elements.namedItem(name)) addRow(more);
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    form.querySelector("textarea, input[type=text]")?.focus();
  }
}
