// Links that open in place: what one may do with an item, what was said before and after, and what stands here anyway.

import { FRAGMENT, focusLike, fromHtml, inUse, keepPlace, markMine, put } from "./page.js";

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[data-acts], a[data-older], a[data-more], a[data-replies], a[data-to]");
  if (!link || (link.dataset.to && !document.getElementById(link.dataset.to))) return;
  event.preventDefault();
  if (link.dataset.older) readOlder(link, event.isTrusted);
  else if (link.dataset.more) readMore(link);
  else if (link.dataset.replies) readReplies(link);
  else if (link.dataset.to) location.hash = link.dataset.to;
  else toggleActs(link);
});

async function read(address) {
  try {
    const answer = await fetch(address, { headers: FRAGMENT, cache: "no-store" });
    return answer.ok && !answer.redirected ? fromHtml(await answer.text()) : null;
  } catch {
    return null;
  }
}

// Show below the item what the link leads to; the same link again closes it, unless something is typed there.
async function toggleActs(link) {
  const id = link.dataset.acts;
  const opened = document.getElementById(id);
  const own = opened && opened.dataset.from === link.getAttribute("href");
  if (own && !inUse(opened)) return close(opened);
  if (opened && inUse(opened)) return opened.querySelector("textarea, input:not([type=hidden]), a")?.focus();
  const part = await read(link.href);
  if (part?.id !== id) return location.assign(link.href);
  if (opened) close(opened);
  part.dataset.from = link.getAttribute("href");
  link.closest("li, article").append(part);
  part.scrollIntoView({ block: "nearest" });
  link.ariaExpanded = "true";
  part.querySelector("textarea, a, button")?.focus();
  document.dispatchEvent(new CustomEvent("page:changed"));
}

// Escape closes what was opened, unless something is typed there, and goes back to the link.
document.addEventListener("keydown", (event) => {
  const part = event.key === "Escape" && !event.isComposing && event.target.closest?.("[data-from]");
  if (!part || hasTyped(part)) return;
  const link = document.querySelector(`a[data-acts="${CSS.escape(part.id)}"][href="${CSS.escape(part.dataset.from)}"]`);
  close(part);
  link?.focus();
});

const hasTyped = (part) => [...part.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);

function close(part) {
  for (const link of document.querySelectorAll(`a[data-acts="${CSS.escape(part.id)}"]`)) link.ariaExpanded = "false";
  part.remove();
}

// What was fetched by scrolling moves no focus and never leaves the page.
async function readOlder(link, byHand) {
  const container = document.getElementById(link.dataset.older);
  const log = container.closest("[role=log]") ?? container;
  if (log.ariaBusy === "true") return;
  log.ariaBusy = "true";
  const part = await read(link.href);
  if (part) putBefore(container, link, part, log);
  log.ariaBusy = "false";
  if (!part && byHand) location.assign(link.href);
}

function putBefore(container, link, part, log) {
  const items = [...part.querySelectorAll("[data-order]")];
  const focused = link === document.activeElement;
  keepPlace(container, () => {
    items.forEach(markMine);
    container.prepend(...items.filter((item) => !document.getElementById(item.id)));
    const next = part.querySelector("a[data-older]");
    const place = link.parentElement;
    if (next) place.replaceWith(next.parentElement);
    else place.remove();
    if (focused) focusLike(link, log);
  });
}

// Put what comes next below; whoever reads on stands at the first of it.
async function readMore(link) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  const part = await read(link.href);
  if (!part) return location.assign(link.href);
  const container = document.getElementById(link.dataset.more);
  const items = [...part.querySelectorAll("[data-order]")].filter((item) => !document.getElementById(item.id));
  items.forEach(markMine);
  if (container.dataset.sort === "old") items.forEach((item) => put(container, item)); // newer ones may stand there
  else container.append(...items);
  const place = link.parentElement;
  const next = part.querySelector("a[data-more]");
  if (next) place.replaceWith(next.parentElement);
  else place.remove();
  if (items[0]) items[0].tabIndex = -1;
  items[0]?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("page:changed"));
}

// Put replies that were left out in the place of the link, and a link again for those that are left out still.
async function readReplies(link) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  const part = await read(link.dataset.replies);
  if (!part) return location.assign(link.href);
  const cut = link.closest("[data-hides]");
  const container = cut.parentElement;
  const items = [...part.querySelectorAll("[data-order]")];
  const isHere = (item) => document.getElementById(item.dataset.hides);
  let added = [];
  keepPlace(container, () => {
    cut.remove();
    added = items.filter((item) => !item.dataset.hides && put(container, item));
    for (const item of items) if (item.dataset.hides && !isHere(item)) put(container, item);
  });
  if (added[0]) added[0].tabIndex = -1;
  added[0]?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("page:changed"));
}
