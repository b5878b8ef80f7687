// Texts of others: what a pasted text becomes is read by the server and shown before it stands in the field.
const dialog = document.querySelector("dialog[data-paste-url]");
const shown = dialog.querySelector("pre"), note = dialog.querySelector("[data-note]");
let field = null, raw = "", read = "";

function put(words) {
  dialog.close();
  field.focus();
  if (document.execCommand("insertText", false, words)) return; // „undo“ takes it back
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function readBy(text, html) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  data.append("text", text);
  data.append("html", html);
  if (!field.closest("form.chapter") || field.name !== "text") data.append("schlicht", "1");
  try {
    const answer = await fetch(dialog.dataset.pasteUrl, { method: "POST", body: data, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch { return null; } // no connection
}

document.addEventListener("paste", async (event) => {
  if (!event.target.matches("form.form textarea") || dialog.open) return;
  const text = event.clipboardData.getData("text/plain"), html = event.clipboardData.getData("text/html");
  if (!text.trim() || (!text.trim().includes("\n") && !/<(table|li|h[1-6])\b/i.test(html))) return;
  event.preventDefault();
  field = event.target;
  raw = text;
  const found = await readBy(text, html);
  if (!found || found.text.trim() === text.replace(/\r\n?/g, "\n").trim()) return put(raw);
  read = found.text;
  shown.textContent = read;
  note.textContent = found.note;
  dialog.showModal();
});

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("take" in button.dataset) put(read);
  else if ("raw" in button.dataset) put(raw);
  else { dialog.close(); field.focus(); }
});
