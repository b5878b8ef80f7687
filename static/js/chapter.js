// The text of a chapter: buttons that insert markup, and a word where the preview does not come. Works without as well.
const form = document.querySelector("form.chapter");
const text = form.querySelector("textarea[name=text]");
const bar = document.querySelector(".markup-bar");
const failed = form.querySelector(".preview-failed");
const pages = form.querySelector("#seiten");

// Replaces a part of the text so that „undo“ takes it back, and selects what shall be typed next.
function put(from, to, words, selected = words.length, length = 0) {
  text.focus();
  text.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, from, to, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  text.setSelectionRange(from + selected, from + selected + length);
}

const chosen = () => text.value.slice(text.selectionStart, text.selectionEnd);

function around(sign) {
  const words = chosen() || "Text";
  put(text.selectionStart, text.selectionEnd, sign + words + sign, sign.length, words.length);
}

function atLines(sign) {
  const from = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const lines = text.value.slice(from, text.selectionEnd).split("\n").map((line) => sign + line);
  put(from, text.selectionEnd, lines.join("\n"));
}

function link() {
  const words = chosen() || "Text";
  put(text.selectionStart, text.selectionEnd, `[${words}](https://)`, words.length + 11);
}

function note() {
  const number = 1 + Math.max(0, ...[...text.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1])));
  const at = text.selectionEnd;
  put(at, at, `[^${number}]`);
  const end = text.value.length;
  put(end, end, `${text.value.endsWith("\n") ? "" : "\n"}\n[^${number}]: `);
}

function table() {
  const at = text.selectionEnd;
  const before = text.value.slice(0, at).trimEnd() === "" ? "" : "\n\n";
  put(at, at, `${before}Tabelle: Titel\n| Spalte | Anzahl |\n|---|---:|\n| Zeile | 1 |\n\n`, before.length + 9, 5);
}

if (bar) {
  text.before(bar);
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const { dataset } = event.target.closest("button") ?? {};
    if (!dataset) return;
    if (dataset.around) around(dataset.around);
    else if (dataset.line) atLines(dataset.line);
    else if ("link" in dataset) link();
    else if ("note" in dataset) note();
    else table();
  });
}

const say = (isBad) => (failed.hidden = !isBad);
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) form.addEventListener(name, () => say(true));
pages.addEventListener("htmx:afterSwap", () => say(false));
