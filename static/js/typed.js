// What was typed is never lost to another part of the page: forms that keep no draft ask before they go, whether the
// page is left or a part of it is loaded anew; what was typed while a part was being loaded stands in it afterwards.
const QUESTION = "Was Sie getippt haben, ist noch nicht gespeichert. Verwerfen?";
const FIELDS = "input:not([type=hidden], [type=submit], [type=password]), select, textarea";
let leaving = false;

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (!field.options) return field.value !== field.defaultValue;
  const options = [...field.options], first = field.multiple ? -1 : 0;
  const chosen = options.some((option) => option.defaultSelected);
  return options.some((option, at) => option.selected !== (chosen ? option.defaultSelected : at === first));
}

// A form that came back with errors holds what is stored nowhere.
const isTyped = (form) => form.querySelector(".kern-alert--danger") !== null || [...form.querySelectorAll(FIELDS)].some(isChanged);
const asking = () =>
  [...document.querySelectorAll("main form[method=post]:not([data-keep], #sammeln)")].filter((form) => !form.querySelector("[type=password]"));
const unsaved = () => asking().filter(isTyped);

document.addEventListener("submit", (event) => {
  leaving = !event.defaultPrevented && unsaved().every((form) => form === event.target);
});
addEventListener("pageshow", () => (leaving = false));
addEventListener("beforeunload", (event) => {
  if (!leaving && unsaved().length) event.preventDefault();
});

document.addEventListener("htmx:confirm", (event) => {
  const { elt, target, verb } = event.detail;
  const lost = unsaved().filter((form) => target.contains(form) && (verb === "get" || !form.contains(elt)));
  if (lost.length && !confirm(QUESTION)) event.preventDefault();
});

const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);
const nameOf = (field) => field.id || `${field.name}=${field.type === "radio" ? field.value : ""}`;
const fields = () => [...document.querySelectorAll("main form")].flatMap((form) => [...form.querySelectorAll(FIELDS)]).filter((field) => field.type !== "file");
const sent = new WeakMap(), later = new WeakMap();

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  sent.set(detail.xhr, new Map(fields().map((field) => [nameOf(field), valueOf(field)])));
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const before = sent.get(detail.xhr) ?? new Map();
  const changed = fields().filter((field) => before.has(nameOf(field)) && before.get(nameOf(field)) !== valueOf(field));
  later.set(detail.xhr, new Map(changed.map((field) => [nameOf(field), valueOf(field)])));
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const before = sent.get(detail.xhr), typed = later.get(detail.xhr);
  if (!typed?.size) return;
  for (const field of fields()) {
    const value = typed.get(nameOf(field));
    if (value === undefined || value === valueOf(field)) continue;
    if (typeof value === "boolean") field.checked = value;
    else {
      const old = before.get(nameOf(field)); // was stored where the field came back empty: what follows is new
      field.value = field.value === "" && value.startsWith(old) ? value.slice(old.length) : value;
    }
  }
});
