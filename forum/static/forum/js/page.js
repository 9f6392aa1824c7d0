// What scripts do to a page: they put items in their place and swap parts, and disturb nobody who reads or types.
// This module keeps no state, so it may be loaded under more than one address.

export const FRAGMENT = { "X-Fragment": "1" };

export function fromHtml(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

// The HTML of a page never says whose page it is; here one's own items are marked.
export function markMine(element) {
  const person = document.documentElement.dataset.person;
  element.classList.toggle("mine", Boolean(person) && element.dataset.author === person);
}

const ROOT = 19; // digits of the first id in an order of a thread

// Put an item where its order belongs, or swap the one of the same id; tell whether it is new on this page.
export function put(container, element) {
  if (element.dataset.author) markMine(element);
  const shown = document.getElementById(element.id);
  if (shown) {
    if (!shown.isEqualNode(element)) swap(shown, element);
    return false;
  }
  const order = element.dataset.order ?? "";
  const next = container.dataset.sort ? nextInThreads(container, order) : nextInLine(container, order);
  if (next === undefined) return false; // it lies on another part of the list
  if (isCut(next?.previousElementSibling ?? container.lastElementChild, order) && !element.matches(".mine")) return false;
  container.insertBefore(element, next);
  container.parentElement.querySelector(":scope > .empty")?.remove();
  return true;
}

function nextInLine(container, order) {
  const first = container.querySelector(":scope > [data-order]");
  const hasOlder = document.querySelector(`[data-older="${CSS.escape(container.id)}"]`);
  if (first && hasOlder && order < first.dataset.order) return undefined;
  let next = null;
  for (let it = container.lastElementChild; it; it = it.previousElementSibling) {
    if (it.dataset.order !== undefined && it.dataset.order <= order) break;
    next = it;
  }
  return next;
}

// An answer stands in its own thread; a new thread comes first where the newest do, else last.
function nextInThreads(container, order) {
  const items = [...container.children];
  const thread = items.filter((it) => it.dataset.order.startsWith(order.slice(0, ROOT)));
  if (thread.length) return thread.find((it) => it.dataset.order > order) ?? thread.at(-1).nextElementSibling;
  if (order.length > ROOT) return undefined;
  if (container.dataset.sort === "new") return items[0] ?? null;
  if (container.dataset.sort === "old") return items.find((it) => it.dataset.order > order) ?? null;
  return null;
}

// Whether what belongs behind this item is left out here; only what one wrote oneself is shown behind it all the same.
function isCut(item, order) {
  return item?.dataset.hides && order.startsWith(item.dataset.order.slice(0, ROOT));
}

// Replace a part by its newer self; what was opened inside it (`acts-…`, with what is typed there) stays as it is.
export function swap(old, next) {
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const kept = old.querySelector(":scope > [id^='acts-']");
  const opened = [...old.querySelectorAll("details[open] > summary")].map((it) => it.textContent);
  for (const it of next.querySelectorAll("summary")) it.parentElement.open ||= opened.includes(it.textContent);
  if (kept) {
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of next.attributes) old.setAttribute(name, value);
    for (const node of [...old.childNodes]) if (node !== kept) node.remove();
    kept.before(...next.childNodes);
  } else {
    old.replaceWith(next);
  }
  if (active && !active.isConnected) focusLike(active, kept ? old : next);
}

// Give the focus to what stands in the place of an element that is gone, else to the whole part it stood in.
export function focusLike(gone, within) {
  const same = (it) => it.textContent === gone.textContent && it.tagName === gone.tagName && it.name === gone.name;
  const again = gone.id ? document.getElementById(gone.id) : [...within.querySelectorAll("a, button, input")].find(same);
  if (!again) within.tabIndex = -1;
  (again ?? within).focus({ preventScroll: true });
}

// Whether somebody stands in a field of this part of the page, or has typed or chosen something there.
export function inUse(part) {
  const fields = [...part.querySelectorAll("input, textarea, select")];
  return fields.some((field) => field === document.activeElement || changed(field));
}

function changed(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
}

// Change the page so that what is being read stays where it is; a log that stood at its end goes on standing there.
export function keepPlace(within, change) {
  const box = scroller(within);
  const atEnd = within.closest("[role=log]") && box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  const anchor = atEnd ? null : readingPoint(box, within);
  const top = anchor?.getBoundingClientRect().top;
  box.style.overflowAnchor = "none"; // not twice, where the browser does it too
  change();
  const now = atEnd ? scroller(within) : box; // a log that was short may scroll only now
  if (atEnd) now.scrollTop = now.scrollHeight;
  else if (anchor?.isConnected) box.scrollTop += anchor.getBoundingClientRect().top - top;
  requestAnimationFrame(() => box.style.removeProperty("overflow-anchor"));
}

export function scroller(element) {
  for (let box = element; box; box = box.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight) return box;
  }
  return document.scrollingElement;
}

function readingPoint(box, within) {
  const whole = { left: 0, top: 0, width: innerWidth, height: innerHeight };
  const frame = box === document.scrollingElement ? whole : box.getBoundingClientRect();
  const here = document.elementFromPoint(frame.left + frame.width / 2, frame.top + frame.height / 3);
  if (here && box.contains(here) && !here.contains(within) && !here.closest(".divider")) return here;
  const items = [...within.children].filter((it) => !it.matches(".divider")); // a divider may itself be moved
  return items.find((it) => it.getBoundingClientRect().bottom > frame.top);
}
