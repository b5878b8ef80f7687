// Sorting findings by keyboard. Everything also goes by the buttons of the form; this only makes it quicker.
// Lines whose controls differ from what is stored are "dirty" and sent together; when sending fails they stay dirty.

const dirty = new Set();
const undoable = [];
let sending = false, timer = 0, anchor = null, place = "";
let suggested = ""; // the title that the script wrote; any other one was typed and stays

const form = () => document.querySelector("[data-sorting]");
const one = (name) => form().querySelector(`[data-${name}]`);
const boxes = () => [...form().querySelectorAll(".fgrp .ck")];
const marked = () => boxes().filter((box) => box.checked);
const line = (element) => element.closest(".fgrp li");
const fieldOf = (li) => li.querySelector("select");
const weightOf = (li) => li.querySelector(".mini-num");
const boxOf = (li) => li.querySelector(".ck");
const textOf = (li) => li.querySelector("label").textContent.trim();
const groupOf = (key) => form().querySelector(`.fgrp[data-group="${key}"]`);
const say = (text) => { one("said").textContent = text; };
const state = (text) => { one("state").textContent = text; };

function refresh() {
  const chosen = marked(), lines = chosen.map(line);
  const points = lines.reduce((sum, li) => sum + (Number(weightOf(li).value) || 0), 0);
  one("marked").textContent = `${chosen.length} markiert`;
  const summary = one("summary");
  if (summary) {
    summary.textContent = chosen.length
      ? `Aus ${chosen.length} markierten Erkenntnissen mit zusammen ${points} Punkten. Sie werden als Belege verknüpft.`
      : "Markieren Sie Erkenntnisse. Sie werden als Belege verknüpft.";
    preset(lines);
  }
  for (const group of form().querySelectorAll(".fgrp")) {
    group.querySelector("[data-count]").textContent = group.querySelectorAll("li").length;
  }
  const open = groupOf("0").querySelectorAll("li").length;
  one("open").textContent = open;
  one("done").textContent = boxes().length - open;
}

function preset(lines) {
  const title = form().elements["bedarf-title"];
  if (title.value === suggested) {
    const heaviest = lines.reduce((best, li) => (best && Number(weightOf(best).value) >= Number(weightOf(li).value) ? best : li), null);
    title.value = suggested = heaviest ? textOf(heaviest).slice(0, 160) : "";
  }
  const counts = new Map();
  lines.map((li) => fieldOf(li).value).filter((value) => value !== "0").forEach((value) => counts.set(value, (counts.get(value) || 0) + 1));
  const most = [...counts].sort((a, b) => b[1] - a[1])[0];
  form().elements["bedarf-action_field"].options[0].textContent = most ? groupOf(most[0]).dataset.title : "wie die meisten markierten";
}

function settle(li) {
  const target = groupOf(fieldOf(li).value);
  if (li.closest(".fgrp") === target) return;
  target.querySelector("ul").insertBefore(li, li.classList.contains("used") ? null : target.querySelector("li.used"));
}

function change(lines, value) {
  const before = lines.map((li) => [li, fieldOf(li).value]);
  lines.forEach((li) => { fieldOf(li).value = value; dirty.add(li); });
  return before;
}

function assign(from, value) {
  const lines = [from]; // the key means the line that has the focus; marked ones have their own control
  const all = boxes().map(line), rest = all.slice(all.indexOf(from)).filter((li) => !lines.includes(li));
  const next = rest.find((li) => li.closest(".fgrp") === from.closest(".fgrp")) || rest[0] || from;
  undoable.push(change(lines, value));
  lines.forEach(settle);
  boxOf(next).focus();
  const name = value === "0" ? "ohne Handlungsfeld" : groupOf(value).dataset.title;
  say(`${lines.length === 1 ? `„${textOf(lines[0])}“` : `${lines.length} Zeilen`}: ${name}`);
  refresh();
  send();
}

function undo() {
  const before = undoable.pop();
  if (!before) return say("Nichts rückgängig zu machen.");
  before.forEach(([li, value]) => { fieldOf(li).value = value; dirty.add(li); settle(li); });
  boxOf(before[0][0]).focus();
  say(`Rückgängig: ${before.length === 1 ? `„${textOf(before[0][0])}“` : `${before.length} Zeilen`}`);
  refresh();
  send();
}

async function send() {
  if (sending || !dirty.size) return;
  clearTimeout(timer);
  sending = true;
  state("wird gespeichert …");
  const lines = [...dirty], data = new FormData();
  data.append("csrfmiddlewaretoken", form().elements.csrfmiddlewaretoken.value);
  lines.forEach((li) => li.querySelectorAll("select, .mini-num, [type=hidden]").forEach((input) => data.append(input.name, input.value)));
  dirty.clear();
  let answer = null;
  try {
    const response = await fetch(form().action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (response.ok) answer = await response.json();
  } catch { /* no connection */ }
  sending = false;
  if (!answer) {
    lines.forEach((li) => dirty.add(li));
    state("Nicht gespeichert. Neuer Versuch folgt …");
    say("Nicht gespeichert. Die Auswahl bleibt erhalten, ein neuer Versuch folgt.");
    timer = setTimeout(send, 3000);
    return;
  }
  lines.forEach((li) => report(li, answer));
  const refused = answer.stale.length || Object.keys(answer.errors).length;
  state(refused ? "Nicht alles gespeichert" : "✓ gespeichert");
  if (!refused) say(`${one("said").textContent.replace(/, gespeichert$/, "")}, gespeichert`);
  send();
}

function report(li, answer) {
  const key = boxOf(li).value, stored = answer.stored[key], weight = weightOf(li);
  weight.toggleAttribute("aria-invalid", Boolean(answer.errors[key]));
  if (stored) li.querySelector("[type=hidden]").value = stored;
  else say(answer.errors[key] || `„${textOf(li)}“ wurde inzwischen von einer anderen Person geändert. Laden Sie die Seite neu.`);
}

function markRange(from, to, checked) {
  const all = boxes(), [start, end] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  if (start < 0) return;
  all.slice(start, end + 1).forEach((box) => { box.checked = checked; });
}

function markGroup(group) {
  const lines = [...group.querySelectorAll("li")], fresh = lines.filter((li) => !li.classList.contains("used"));
  const wanted = (fresh.length ? fresh : lines).map(boxOf);
  const all = wanted.every((box) => box.checked);
  wanted.forEach((box) => { box.checked = !all; });
  say(`${group.dataset.title}: ${all ? "nicht mehr markiert" : `${wanted.length} markiert`}`);
  refresh();
}

function key(event) {
  const box = event.target.closest?.(".fgrp .ck");
  if (!box || !form()) return;
  const undoes = event.key.toLowerCase() === "r" || (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey));
  if (event.altKey || ((event.ctrlKey || event.metaKey) && !undoes) || (event.key.toLowerCase() === "r" && event.ctrlKey)) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = boxes(), next = all[all.indexOf(box) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) next.focus();
    if (next && event.shiftKey) { box.checked = next.checked = true; refresh(); }
  } else if (/^\d$/.test(event.key)) {
    const group = event.key === "0" ? groupOf("0") : form().querySelector(`.fgrp[data-number="${event.key}"]`);
    if (!group) return;
    assign(line(box), group.dataset.group);
  } else if (undoes) undo();
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-sorting] .mini-num")) event.preventDefault();
  key(event);
});

document.addEventListener("click", (event) => {
  if (!form()?.contains(event.target)) return;
  const button = event.target.closest("[value^=markieren-]");
  if (button || event.target.closest("[data-unmark]")) {
    event.preventDefault();
    if (button) markGroup(button.closest(".fgrp"));
    else { marked().forEach((box) => { box.checked = false; }); say("Keine Zeile markiert."); refresh(); }
    return;
  }
  const box = event.target.closest(".fgrp .ck");
  if (!box) return;
  if (event.shiftKey && anchor?.isConnected) markRange(anchor, box, box.checked);
  anchor = box;
  refresh();
  say(`${box.checked ? "Markiert" : "Nicht mehr markiert"}, ${marked().length} insgesamt.`);
});

document.addEventListener("change", (event) => {
  const li = line(event.target);
  if (!form()?.contains(event.target) || !li || event.target.matches(".ck")) return;
  dirty.add(li);
  say(`„${textOf(li)}“`);
  refresh();
  send();
});

// A line moves to its group when the focus has left it, not before: the way by tab goes on from where one is.
document.addEventListener("focusout", (event) => {
  const li = event.target.matches?.("[data-sorting] .fgrp :is(select, input)") && line(event.target);
  if (!li) return;
  setTimeout(() => { // a line that moves loses the focus as well
    if (li.contains(document.activeElement)) return;
    settle(li);
    refresh();
  });
});

document.addEventListener("focusin", (event) => {
  if (form() && event.target === form().elements["bedarf-title"] && event.target.value === suggested) event.target.select();
});

// Only what the form itself sent concerns it; the search in the header loads parts of the page as well.
const isOwn = ({ detail }) => (detail.requestConfig?.elt ?? detail.elt).matches("[data-sorting], [data-sorting] *");

// A button waits until the last key press is stored, so that it does not meet its own change as somebody else's.
document.addEventListener("htmx:confirm", (event) => {
  if (!sending || !isOwn(event)) return;
  event.preventDefault();
  const wait = setInterval(() => { if (!sending) { clearInterval(wait); event.detail.issueRequest(true); } }, 50);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isOwn(event)) place = marked().length ? line(marked().at(-1)).closest(".fgrp").dataset.group : "";
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (!isOwn(event) || !form()) return;
  dirty.clear();
  undoable.length = 0;
  start();
  const errors = form().querySelector(".flip-errors");
  say([...document.querySelectorAll(".flash .kern-title")].map((title) => title.textContent.trim()).join(" "));
  (errors ?? anchor)?.focus({ preventScroll: !errors });
});

addEventListener("online", () => { if (form()) send(); });
addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });

function start() {
  const groups = [...form().querySelectorAll(".fgrp")], at = Math.max(0, groups.findIndex((group) => group.dataset.group === place));
  const waiting = [...groups.slice(at), ...groups].map((group) => group.querySelector("li:not(.used) .ck"));
  anchor = waiting.find(Boolean) || null;
  suggested = "";
  one("keys").hidden = false;
  refresh();
}

if (form()) {
  start();
  if (!form().querySelector(".flip-errors") && document.activeElement === document.body) anchor?.focus({ preventScroll: true });
}
