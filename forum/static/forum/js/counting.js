// How long a text is, told below its field when it comes near what the server takes. Nothing is cut off.

const NEAR = 0.9; // of the limit

const { counted, tooLong } = document.body.dataset;
const lengthOf = (field) => [...field.value.trim().normalize("NFC")].length; // as the server counts
const shown = (number) => number.toLocaleString(document.documentElement.lang);

document.addEventListener("input", ({ target }) => target.dataset?.most && count(target));
document.addEventListener("page:changed", countAll);
document.addEventListener("form:cleared", countAll);
countAll();

export function countAll() {
  document.querySelectorAll("[data-most]").forEach(count);
}

function count(field) {
  const most = Number(field.dataset.most);
  const now = lengthOf(field);
  const there = field.nextElementSibling?.matches(".counted") ? field.nextElementSibling : null;
  if (now < most * NEAR) there?.remove();
  else say(there ?? lineBelow(field), now, most);
}

function lineBelow(field) {
  const line = Object.assign(document.createElement("p"), { className: "counted" });
  const reason = document.createElement("strong");
  reason.setAttribute("role", "status"); // said when the limit is passed, not with every letter
  line.append(document.createElement("span"), " ", reason);
  field.after(line);
  return line;
}

function say(line, now, most) {
  const [numbers, reason] = line.children;
  const why = now > most ? tooLong : "";
  numbers.textContent = counted.replace("{most}", shown(most)).replace("{now}", shown(now));
  if (reason.textContent !== why) reason.textContent = why;
  line.classList.toggle("too-long", now > most);
}
