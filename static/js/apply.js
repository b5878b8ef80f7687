// Keeps what is typed in the public form on the server while it is typed. Without this script each page is kept when it is sent.
const form = document.querySelector("form[data-autosave]");
const line = form?.querySelector(".draft-line");
const PAUSE = 1500; // ms after the last key
let timer, sending = false, again = false;

async function keep() {
  if (sending) return void (again = true);
  sending = true;
  const data = new FormData(form);
  data.delete("file");
  data.set("_still", "1");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: data, credentials: "omit" });
    if (!answer.ok) throw new Error(answer.status);
    line.classList.remove("is-bad");
    line.textContent = `Gespeichert um ${new Date().toLocaleTimeString("de", { hour: "2-digit", minute: "2-digit" })} Uhr.`;
  } catch {
    line.classList.add("is-bad");
    line.textContent = "Gerade ist nicht gespeichert worden. Lassen Sie die Seite offen; es wird wieder versucht.";
    later(15000);
  }
  sending = false;
  if (again) later(PAUSE);
  again = false;
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

form?.addEventListener("input", (event) => event.target.type !== "file" && later(PAUSE));
form?.addEventListener("submit", () => clearTimeout(timer));
