// Keeps what is typed in a form as draft on the server (records/views/drafts.py). Without this script nothing changes.
const form = () => document.querySelector("form[data-keep]");
const PAUSE = 2000, APART = 5000, AGAIN = 30000; // ms after the last key, between two drafts, after a failure
const KEEPALIVE = 60000; // bytes that browsers send for a page that is being closed

let known = form(); // htmx may put another one in its place
let typed = false; // something is not kept yet
let failed = false; // the last attempt did not keep it
let sending = false;
let leaving = false; // the form was sent, the page goes
let sentAt = 0;
let timer;

function say(text, link) {
  const line = form()?.querySelector(".draft-line");
  if (!line) return;
  line.classList.toggle("is-bad", failed);
  if (line.textContent === text + (link ? link.textContent : "")) return;
  line.replaceChildren(text, ...(link ? [link] : []));
}

function signedOut() {
  const link = document.createElement("a");
  Object.assign(link, { href: form().dataset.login, target: "_blank", textContent: "In einem neuen Fenster anmelden" });
  say("Sie sind abgemeldet. Ihre Eingaben bleiben auf dieser Seite; melden Sie sich in einem neuen Fenster an. ", link);
}

// Log-in changes the token; the cookie has the one that holds now.
function renewToken() {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token[1];
}

function content() {
  renewToken();
  const data = new FormData(form());
  let size = 0, files = false;
  for (const [name, value] of [...data]) {
    if (value instanceof File) {
      files ||= value.name !== "";
      data.delete(name);
    } else size += 3 * value.length + 100;
  }
  data.set("_path", location.pathname + location.search);
  return { data, files, isSmall: size < KEEPALIVE };
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, Math.max(pause, sentAt + APART - Date.now()));
}

function note() {
  typed = true;
  later(PAUSE);
}

async function keep() {
  if (sending || leaving || !typed || !form()) return;
  const { data, files, isSmall } = content(), of = form();
  sending = true;
  typed = false;
  sentAt = Date.now();
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(of.dataset.keep, { method: "POST", body: data, headers, keepalive: isSmall });
    failed = !answer.ok;
    if (answer.status === 401) signedOut();
    else if (answer.status === 413) say("Entwurf nicht gespeichert: Ihr Text ist zu lang.");
    else if (!answer.ok) say("Entwurf nicht gespeichert. Speichern Sie das Formular bald.");
    else {
      const { kept } = await answer.json();
      const without = files ? " Gewählte Dateien gehören nicht zum Entwurf." : "";
      say(kept ? `Entwurf gespeichert, ${kept} Uhr.${without}` : "");
    }
  } catch {
    failed = true;
    say("Entwurf nicht gespeichert: keine Verbindung. Ihre Eingaben bleiben auf dieser Seite.");
  }
  sending = false;
  if (of !== form()) return;
  if (failed) typed = true;
  if (typed) later(failed ? AGAIN : PAUSE);
}

// A form that came back with errors holds what may be kept nowhere yet.
function begin() {
  known = form();
  typed = failed = false;
  if (known?.querySelector(".kern-alert, [aria-invalid=true]")) note();
}

for (const event of ["input", "change"]) {
  document.addEventListener(event, ({ target }) => target.form && target.form === form() && note());
}
document.addEventListener("htmx:afterSwap", () => form() !== known && begin());
document.addEventListener("submit", (event) => {
  if (event.target === form()) leaving = !event.defaultPrevented;
  renewToken();
});
document.addEventListener("visibilitychange", keep); // hidden: now or never; visible again: perhaps logged in elsewhere
addEventListener("pagehide", keep);
addEventListener("pageshow", () => (leaving = false));
addEventListener("beforeunload", (event) => {
  if (form() && typed && !leaving && (failed || !content().isSmall)) event.preventDefault();
});
begin();
