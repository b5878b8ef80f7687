// Shows a field that belongs to some states only where one of them is chosen. What was typed stays in it and is sent;
// without this script the words beside it say when it counts.
const fields = [...document.querySelectorAll("[data-only]")];

for (const note of document.querySelectorAll(".only-note")) {
  const hint = note.closest(".kern-hint");
  note.remove();
  hint.hidden = !hint.textContent.trim();
}

function show() {
  for (const field of fields) {
    const state = field.closest("form").elements[field.dataset.only];
    field.hidden = Boolean(state) && !field.matches(".field--error") && !field.dataset.values.split(" ").includes(state.value);
  }
}

document.addEventListener("change", show);
show();
