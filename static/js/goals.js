// Goal tree: keys, drag and drop, folding. What is stored and drawn comes from the server by htmx.
const STEPS = { ArrowUp: "hoch", ArrowDown: "runter", ArrowLeft: "links", ArrowRight: "rechts" };
const tree = () => document.getElementById("baum");
const goalOf = (node) => node.closest?.("li[data-pk]");
let closed = new Set();
let busy = Promise.resolve();

// One move after the other: each needs the version that the one before left behind.
function post(pk, values) {
  busy = busy.then(() => {
    const goal = document.getElementById(`ziel-${pk}`);
    if (!goal) return undefined;
    const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const sent = { ...values, version: goal.dataset.version, csrfmiddlewaretoken };
    return htmx.ajax("POST", goal.dataset.verschieben, { source: tree(), target: "#baum", swap: "outerHTML", values: sent });
  }).catch(() => {});
}

function say(text) {
  document.getElementById("baum-meldung").textContent = text;
}

function ready() {
  const root = tree();
  root.classList.add("goals--live");
  for (const branch of root.querySelectorAll(".goal-below")) {
    if (closed.has(branch.dataset.ziel) && !branch.querySelector("form.goal-form")) branch.open = false;
  }
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "baum") return;
  if (!detail.serverResponse.includes('id="baum"')) {
    detail.shouldSwap = false; // logged out, or the goal is gone: the whole page says what is the matter
    location.reload();
    return;
  }
  closed = new Set([...tree().querySelectorAll(".goal-below:not([open])")].map((branch) => branch.dataset.ziel));
});

document.addEventListener("htmx:afterSettle", () => {
  const root = tree();
  if (root.classList.contains("goals--live")) return;
  ready();
  say(root.dataset.meldung);
  document.getElementById(root.dataset.fokus)?.focus();
  goalOf(document.activeElement)?.scrollIntoView({ block: "nearest" });
});

for (const failed of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failed, ({ detail }) => detail.target === tree() && say("Nicht gespeichert. Prüfen Sie die Verbindung und versuchen Sie es noch einmal."));
}

document.addEventListener("keydown", (event) => {
  if (!tree().contains(event.target)) return;
  const form = event.target.closest("form.goal-form");
  const goal = goalOf(event.target);
  if (event.key === "Escape") {
    (form ?? goal)?.querySelector("[data-abbrechen]")?.click();
    for (const menu of tree().querySelectorAll(".goal-menu[open]")) {
      menu.open = false;
      menu.firstElementChild.focus();
    }
  } else if (event.altKey && STEPS[event.key] && goal && !event.target.matches("input, select")) {
    event.preventDefault();
    post(goal.dataset.pk, { richtung: STEPS[event.key] });
  } else if (event.key === "F2" && goal && !form) {
    event.preventDefault();
    document.getElementById(`r-${goal.dataset.pk}`)?.click();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of tree().querySelectorAll(".goal-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const fold = event.target.closest("[data-klappen]");
  if (!fold) return;
  event.preventDefault();
  for (const branch of tree().querySelectorAll(".goal-below")) branch.open = fold.dataset.klappen === "auf";
});

// Drag and drop: a goal finds its place beside goals of its level, or in a goal of the level above.
let drag = null;
let dragged = false; // the click that ends a drag opens nothing

function placeAt(x, y) {
  let over = goalOf(document.elementFromPoint(x, y) ?? document.body);
  const depth = Number(drag.goal.dataset.tiefe);
  while (over && Number(over.dataset.tiefe) > depth) over = goalOf(over.parentElement);
  if (!over || over === drag.goal) return null;
  if (Number(over.dataset.tiefe) === depth) {
    const box = over.getBoundingClientRect();
    return { over, how: y < box.top + box.height / 2 ? "before" : "after" };
  }
  return Number(over.dataset.tiefe) === depth - 1 ? { over, how: "into" } : null;
}

function mark(place) {
  for (const how of ["before", "after", "into"]) {
    for (const goal of tree().querySelectorAll(`.goal--${how}`)) goal.classList.remove(`goal--${how}`);
    if (place?.how === how) place.over.classList.add(`goal--${how}`);
  }
}

function siblingsFrom(first) {
  let goal = first;
  while (goal && (goal === drag.goal || !goal.dataset.pk)) goal = goal.nextElementSibling;
  return goal?.dataset.pk ?? "";
}

function drop({ over, how }) {
  const above = goalOf(over.parentElement)?.dataset.pk ?? "";
  if (how === "before") return { ziel: above, vor: over.dataset.pk };
  if (how === "after") return { ziel: above, vor: siblingsFrom(over.nextElementSibling) };
  return { ziel: over.dataset.pk, vor: siblingsFrom(over.querySelector(":scope > .goal-below > ol > li")) };
}

function end() {
  mark(null);
  drag.goal.classList.remove("goal--drag");
  document.body.classList.remove("is-dragging");
  drag = null;
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".goal-grip");
  dragged = false;
  if (grip && event.button === 0) drag = { goal: goalOf(grip), grip, x: event.clientX, y: event.clientY, moving: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.moving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
  if (!drag.moving) {
    drag.moving = true;
    drag.grip.setPointerCapture(event.pointerId);
    drag.goal.classList.add("goal--drag");
    document.body.classList.add("is-dragging");
  }
  if (event.clientY < 80) scrollBy(0, -16);
  if (event.clientY > innerHeight - 60) scrollBy(0, 16);
  drag.place = placeAt(event.clientX, event.clientY);
  mark(drag.place);
});

document.addEventListener("pointerup", () => {
  if (!drag) return;
  const { goal, moving, place } = drag;
  if (moving) {
    dragged = true;
    const values = place && drop(place);
    end();
    if (values) {
      goal.querySelector(".goal-title a")?.focus();
      post(goal.dataset.pk, values);
    }
  } else drag = null;
});

document.addEventListener("click", (event) => {
  if (!dragged) return;
  dragged = false;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

for (const type of ["pointercancel", "keydown"]) {
  document.addEventListener(type, (event) => {
    if (drag?.moving && (type !== "keydown" || event.key === "Escape")) end();
    else if (type === "pointercancel") drag = null;
  });
}

ready();
