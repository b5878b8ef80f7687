// Texts of others: what a pasted text becomes is read by the server and shown before it stands in the field; what the
// print cannot show is named while somebody writes. Without script the button below the field does the same.
const LONG = ".long-text textarea";
const UNUSUAL = /[^\n\r\t -~\u00a0-\u017f–—‚‘’„“”•…€]|[*_[\]#|<~`>+]|^\s*[-–•\d]/mu; // else there is nothing to name
let field = null, raw = "", read = "", waiting = 0;

async function ask(values) {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.append(name, value);
  try {
    const answer = await fetch(field.closest(".long-text").dataset.read, { method: "POST", body: data });
    return answer.ok ? await answer.text() : null;
  } catch { return null; } // no connection
}

function put(words) {
  document.querySelector("dialog.pasted")?.remove();
  field.focus();
  if (document.execCommand("insertText", false, words)) return; // „undo“ takes it back
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("paste", async (event) => {
  if (!event.target.matches(LONG) || document.querySelector("dialog.pasted")) return;
  const text = event.clipboardData.getData("text/plain"), html = event.clipboardData.getData("text/html");
  if (!text.trim() || (!text.trim().includes("\n") && !/<(table|li|h[1-6])\b/i.test(html))) return;
  event.preventDefault();
  field = event.target;
  raw = text.replace(/\r\n?/g, "\n");
  const found = await ask({ text, html });
  if (found === null) return put(raw);
  document.body.insertAdjacentHTML("beforeend", found);
  const dialog = document.querySelector("dialog.pasted");
  read = dialog.querySelector("[data-markup]").value;
  if (read.trim() === raw.trim()) return put(raw);
  dialog.addEventListener("close", () => { dialog.remove(); field.focus(); });
  dialog.showModal();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("dialog.pasted button");
  if (!button) return;
  if ("take" in button.dataset) put(read);
  else if ("raw" in button.dataset) put(raw);
  else button.closest("dialog").close();
});

document.addEventListener("input", (event) => {
  if (!event.target.matches(LONG) || event.target.form?.matches(".chapter")) return; // chapters have their preview
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    field = event.target;
    const told = field.closest(".long-text").querySelector("[data-faults]");
    const found = UNUSUAL.test(field.value) ? await ask({ text: field.value, nur: "1" }) : "";
    if (found !== null) told.innerHTML = found;
  }, 800);
});
