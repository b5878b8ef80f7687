/* The header: Ctrl+K focuses the search, arrow keys walk through its results, Escape closes what is open. */
const field = document.querySelector(".find input");
const form = field?.closest("form");
const list = form?.querySelector(".find-pop");
const status = form?.querySelector("[role=status]");
const menus = document.querySelectorAll(".head details");

const show = (open) => {
  if (list) list.hidden = !open || !list.querySelector("a, p");
};

function goToSearch() {
  if (field?.getClientRects().length) {
    field.focus();
    field.select();
  } else {
    document.querySelector(".tools a[aria-label=Suchen]")?.click();
  }
}

document.addEventListener("keydown", (event) => {
  const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
  if (field && isShortcut) {
    event.preventDefault();
    goToSearch();
  } else if (event.key === "Escape") {
    for (const menu of menus) {
      if (menu.open && menu.contains(event.target)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  if (form && !form.contains(event.target)) show(false);
});

form?.querySelector("kbd")?.removeAttribute("hidden");

if (list) {
  document.addEventListener("focusin", (event) => form.contains(event.target) || show(false));
  field.addEventListener("focus", () => show(true));
  list.addEventListener("htmx:afterSwap", () => {
    status.textContent = list.querySelector("[data-status]")?.dataset.status ?? "";
    show(form.contains(document.activeElement));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      field.focus();
      show(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      show(true);
      const stops = [field, ...(list.hidden ? [] : list.querySelectorAll("a"))];
      const step = event.key === "ArrowDown" ? 1 : stops.length - 1;
      stops[(stops.indexOf(document.activeElement) + step) % stops.length].focus();
    }
  });
}

/* A form is sent once: a browser that goes back may load it anew, with the typed values but another key. */
const keys = [...document.querySelectorAll("form:not(#sammeln) input[name=form_key]")];
if (keys.length) {
  const known = history.state?.formKeys;
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (cameBack && known?.length === keys.length) keys.forEach((key, index) => (key.value = known[index]));
  history.replaceState({ ...history.state, formKeys: keys.map((key) => key.value) }, "");
}

/* What was sent in the background and failed: said above its form, which stays as it is. */
for (const failed of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failed, ({ target, detail }) => {
    const sent = target.closest("form");
    if (!sent || detail.requestConfig?.verb !== "post" || target.closest("#baum, .chapter-pages")) return;
    const note = sent.querySelector(":scope > .send-failed") ?? document.createElement("p");
    note.className = "note warn send-failed";
    note.setAttribute("role", "alert");
    note.textContent = "Nicht gespeichert: Das Portal antwortet gerade nicht. Ihre Eingaben stehen noch hier; senden Sie sie in einigen Minuten noch einmal.";
    sent.prepend(note);
  });
}
document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (detail.successful && detail.requestConfig?.verb === "post") target.closest("form")?.querySelector(":scope > .send-failed")?.remove();
});

/* The fragment of the skip link or of an error summary outlives the form's redirect; browsers then focus no message. */
if (/^#(inhalt$|id_)/.test(location.hash)) {
  addEventListener("load", () => setTimeout(() => document.querySelector("main [autofocus]")?.focus()));
}
