// Marking rows of a list: how many, a whole range by the shift key, all or none. Without it every box is ticked by hand.
const form = document.getElementById("sammeln");
const boxes = [...document.querySelectorAll('input[form="sammeln"][name="zeile"]')];
const all = form.elements.alle;
const count = form.querySelector("output");
const clear = form.querySelector("[data-clear]");
const drops = [...form.querySelectorAll("details")];
let last = null;

function show() {
  const marked = boxes.filter((box) => box.checked).length;
  count.textContent = `${marked} ausgewählt`;
  all.checked = marked > 0 && marked === boxes.length;
  all.indeterminate = marked > 0 && !all.checked;
  clear.disabled = !marked;
}

function mark(state, some = boxes) {
  for (const box of some) box.checked = state;
  show();
}

for (const box of boxes) {
  box.addEventListener("click", (event) => {
    if (event.shiftKey && last) {
      const ends = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      mark(box.checked, boxes.slice(ends[0], ends[1] + 1));
    }
    last = box;
    show();
  });
}
all.addEventListener("change", () => mark(all.checked));
clear.addEventListener("click", () => {
  mark(false);
  all.focus();
});
document.addEventListener("click", (event) => {
  for (const drop of drops) if (!drop.contains(event.target)) drop.open = false;
});
form.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && drops.find((drop) => drop.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
window.addEventListener("pageshow", show); // the browser restores boxes when one comes back
