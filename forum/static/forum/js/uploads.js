// Files that go up as soon as they are chosen, with how far they are. Without this script a button sends them with the form.

import { FRAGMENT, fromHtml, keepPlace } from "./page.js";

const panelOf = (element) => element.closest(".files");

document.addEventListener("change", ({ target }) => {
  if (target.matches("input[type=file][data-files]") && target.files.length) send(target.dataset.files, panelOf(target), target);
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.matches("[data-files-act]")) return;
  event.preventDefault();
  const panel = panelOf(button);
  const input = panel.querySelector("[data-files]");
  const address = button.getAttribute("formaction");
  if (address === input?.dataset.files) return input.files.length ? send(address, panel, input) : input.click();
  send(address, panel);
});

// What is typed elsewhere in the same form stays on the page; only the files go.
function send(address, panel, input) {
  if (panel.ariaBusy === "true") return;
  const words = panel.querySelector("[data-files]").dataset;
  const data = new FormData();
  data.append("csrfmiddlewaretoken", (panel.querySelector("form") ?? panel.closest("form")).elements.csrfmiddlewaretoken.value);
  for (const file of input?.files ?? []) data.append("file", file);
  const line = report(panel, words.sending);
  panel.ariaBusy = "true";
  const request = new XMLHttpRequest();
  request.open("POST", address);
  for (const [name, value] of Object.entries(FRAGMENT)) request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded, total }) => {
    line.bar.max = total;
    line.bar.value = loaded;
    if (loaded === total) line.words.textContent = words.checking;
  };
  request.onload = () => arrive(panel, request, words);
  request.onerror = request.onabort = () => fail(panel, words.failed);
  request.send(data);
}

function arrive(panel, { responseText, status }, words) {
  const next = /<html/i.test(responseText) ? null : fromHtml(responseText);
  if (next?.id === panel.id) {
    keepPlace(panel, () => panel.replaceWith(next));
    if (status < 400) report(next, words.sent).bar.remove(); // else the panel says what was refused
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    return document.dispatchEvent(new CustomEvent("page:changed"));
  }
  // A sentence of its own (too large, signed out) is shown as it is; of a whole page only that it did not work.
  const line = fail(panel, status && !/</.test(responseText) ? responseText : next?.textContent.trim() || words.failed);
  if (next?.matches("[data-signed-out]")) line.replaceChildren(...next.childNodes);
}

function fail(panel, sentence) {
  panel.ariaBusy = "false";
  const input = panel.querySelector("[data-files]");
  const { words, bar } = report(panel, sentence);
  words.className = "field-error";
  bar.remove();
  if (input) input.value = "";
  return words;
}

function report(panel, sentence) {
  panel.querySelector(".file-progress")?.remove();
  const line = Object.assign(document.createElement("div"), { className: "file-progress" });
  const words = Object.assign(document.createElement("p"), { textContent: sentence });
  const bar = document.createElement("progress");
  words.setAttribute("role", "status");
  bar.ariaLabel = sentence;
  line.append(words, bar);
  panel.append(line);
  return { words, bar };
}
