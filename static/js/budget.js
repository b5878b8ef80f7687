// Keeps sums and limits of a Finanzplan true while somebody types. Amounts are whole cents; the server reckons them again.
const table = document.querySelector("[data-grid]");
const facts = JSON.parse(document.getElementById("grenzen-werte").textContent);
const kinds = new Set(facts.kinds);
const idle = new Set(facts.idle);
const names = [...table.tFoot.querySelectorAll("[data-sum]")].map((output) => output.dataset.sum).filter(Boolean);
const HUNDRED_PERCENT = 1000000n;
const ONE_READING = /^-?(?:\d+|[1-9]\d{0,2}(?:[. ]\d{3})+)(?:,\d{1,2})?$/;
const TWO_READINGS = /^-?[1-9]\d{0,2}\.\d{3}$/;

// The cents of a text with one reading; null where it says nothing or has none.
function cents(text) {
  const plain = text.replace(/[\u00a0\u2007\u2009\u202f]/g, " ").replace(/€|euro?/i, "").trim().replace(/^[−–]/, "-");
  if (!ONE_READING.test(plain) || TWO_READINGS.test(plain)) return null;
  const [whole, decimals = ""] = plain.replace(/[. ]/g, "").split(",");
  return BigInt(whole + decimals.padEnd(2, "0"));
}

function words(value) {
  const sign = value < 0n ? "−" : "";
  const text = String(value < 0n ? -value : value).padStart(3, "0");
  return `${sign}${text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ".")},${text.slice(-2)}`;
}

const euro = (value) => `${words(value)} €`;
const size = (value) => (value < 0n ? -value : value);

// Percent with four places, half up, for reading only.
function share(part, whole) {
  if (!whole) return "–";
  const found = (2n * part * HUNDRED_PERCENT + whole) / (2n * whole);
  const text = String(found).padStart(5, "0");
  return `${text.slice(0, -4)},${text.slice(-4)} %`;
}

function percent(text) {
  const value = text.padStart(5, "0");
  const decimals = value.slice(-4).replace(/0+$/, "");
  return `${value.slice(0, -4)}${decimals ? `,${decimals}` : ""} %`;
}

function say(code, text, holds) {
  const line = document.querySelector(`[data-limit="${code}"]`);
  const cell = line?.querySelector("dd");
  if (!cell || cell.textContent === text) return;
  cell.textContent = text;
  line.classList.toggle("over", !holds);
}

function rowOf(row) {
  const amounts = {};
  let total = null;
  for (const name of names) {
    const input = row.querySelector(`input[name$="-${name}"]`);
    const value = input ? cents(input.value) : null;
    amounts[name] = value ?? 0n;
    if (value !== null) total = (total ?? 0n) + value;
  }
  const chosen = (name) => row.querySelector(`select[name$="-${name}"]`)?.value ?? "";
  row.querySelector("output[data-row]").textContent = total === null ? "–" : words(total);
  return {
    amounts,
    said: total !== null,
    gone: row.querySelector('input[name$="-haken"]')?.checked ?? false,
    counts: !idle.has(chosen("measure")),
    eligible: !kinds.has(chosen("cost_kind")),
  };
}

const known = new Map(); // rows as they were reckoned last: a keystroke reckons its own row

function reckon(changed) {
  const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector("output[data-row]"));
  for (const row of rows) if (!known.has(row) || !changed || changed === row) known.set(row, rowOf(row));
  const typed = Object.fromEntries(names.map((name) => [name, 0n]));
  const counted = { ...typed };
  const eligible = { ...typed };
  let said = false;
  for (const row of rows) {
    const found = known.get(row);
    if (found.gone) continue;
    said ||= found.said;
    for (const name of names) {
      typed[name] += found.amounts[name];
      if (found.counts) counted[name] += found.amounts[name];
      if (found.counts && found.eligible) eligible[name] += found.amounts[name];
    }
  }
  const all = (sums) => names.reduce((sum, name) => sum + sums[name], 0n);
  for (const output of table.tFoot.querySelectorAll("[data-sum]")) {
    const name = output.dataset.sum;
    output.textContent = said ? words(name ? typed[name] : all(typed)) : "–";
  }
  sayLimits(counted.land, eligible, all(eligible));
}

function sayLimits(land, eligible, total) {
  const both = eligible.land + eligible.municipal;
  const base = facts.public ? both : total;
  const of = facts.public ? "von Land und Kommune zusammen" : "aller zuwendungsfähigen Ausgaben";
  if (facts.maximum) {
    const free = BigInt(facts.maximum) - land;
    const left = free < 0n ? `${euro(-free)} über dem Höchstbetrag` : `noch ${euro(free)} bis zum Höchstbetrag`;
    say("maximum", `${euro(land)} von ${euro(BigInt(facts.maximum))}: ${left}`, free >= 0n);
  }
  if (facts.share) {
    const most = (BigInt(facts.share) * base) / HUNDRED_PERCENT;
    const left = most < land ? `${euro(land - most)} zu viel` : `noch ${euro(most - land)} frei`;
    say("share", `${euro(land)} von höchstens ${euro(most)} (${percent(facts.share)} ${of}): ${left}`, most >= land);
  }
  if (facts.minimum) {
    const product = BigInt(facts.minimum) * base;
    const least = (product + HUNDRED_PERCENT - 1n) / HUNDRED_PERCENT;
    const more = eligible.municipal - least;
    const left = more < 0n ? `es fehlen ${euro(size(more))}` : `${euro(more)} mehr als nötig`;
    say("minimum", `${euro(eligible.municipal)} von mindestens ${euro(least)} (${percent(facts.minimum)} ${of}): ${left}`, more >= 0n);
  }
  const own = `Kommune ${share(eligible.municipal, total)} aller zuwendungsfähigen Ausgaben`;
  const grant = `Land ${share(eligible.land, total)} aller zuwendungsfähigen Ausgaben · ${share(eligible.land, both)} von Land und Kommune zusammen`;
  say("shares", `${grant} · ${own}`, true);
}

table.addEventListener("input", (event) => reckon(event.target.closest?.("tbody tr")));
