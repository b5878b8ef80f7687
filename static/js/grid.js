// Moving between the cells of an Eingabetabelle by keys, and pasting a block from a spreadsheet, shown before it stays.
// Without it every cell is reached by the tab key, and „Weitere Zeilen“ brings more of them.
const table = document.querySelector("[data-grid]");
const form = table.closest("form");
const body = table.tBodies[0];
const pattern = form.querySelector("template[data-row]");
const bar = form.querySelector("[data-paste]");
const YES = ["ja", "x", "1", "wahr", "true"];
const NO = ["", "nein", "0", "falsch", "false"];
let pasted = null; // what „Verwerfen“ takes back: cells with their old values, rows that were added

const plain = (text) => text.trim().toLocaleLowerCase("de").replaceAll("–", "-").replace(/\s+/g, " ");
const control = (cell) => cell?.querySelector("input:not([type=hidden]), select, textarea") ?? null;
const cellOf = (element) => element.closest("td");
const rowsOf = () => [...body.rows].filter((row) => !row.matches(".grid-note"));

function addRow() {
  if (!pattern || rowsOf().length >= Number(table.dataset.most)) return null;
  const count = form.elements.zeilen;
  const number = Number(count.value);
  const row = pattern.content.querySelector("tr").cloneNode(true);
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...part.attributes]) {
      if (["id", "name", "aria-label"].includes(name)) {
        part.setAttribute(name, value.replace(/^z-1-/, `z${number}-`).replace(/^zeile--1$/, `zeile-${number}`).replace("Neue Zeile 0", `Neue Zeile ${number + 1}`));
      }
    }
  }
  row.querySelector("th [aria-hidden]").textContent = number + 1;
  row.querySelector("th .kern-sr-only").textContent = `Neue Zeile ${number + 1}`;
  const counted = table.dataset.counted && row.querySelector(`[name$="-${table.dataset.counted}"]`);
  if (counted) {
    const numbers = [...body.querySelectorAll(`[name$="-${table.dataset.counted}"]`)].map((each) => Number(each.value) || 0);
    counted.value = Math.max(0, ...numbers) + 1;
  }
  body.append(row);
  count.value = number + 1;
  return row;
}

function move(element, rows, columns) {
  const cell = cellOf(element);
  const row = cell.parentElement;
  if (columns) {
    let next = cell;
    do next = columns > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !control(next));
    return enter(control(next));
  }
  const all = rowsOf();
  const at = all.indexOf(row) + rows;
  const target = all[at] ?? (at === all.length ? addRow() : null);
  return enter(target && control(target.cells[cell.cellIndex]));
}

function enter(target) {
  if (!target) return false;
  target.focus();
  target.select?.();
  return true;
}

const isTyped = (element) => element.matches("textarea, input:not([type=checkbox])");
const isOneLine = (element) => element.tagName !== "TEXTAREA" || element.clientHeight < 48;
const atBegin = (element) => !isTyped(element) || element.selectionEnd === 0 || isAllMarked(element);
const atEnd = (element) => !isTyped(element) || element.selectionStart === element.value.length || isAllMarked(element);
const isAllMarked = (element) => element.selectionStart === 0 && element.selectionEnd === element.value.length;

table.addEventListener("keydown", (event) => {
  const element = event.target;
  if (!cellOf(element) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const steps = { Enter: [event.shiftKey ? -1 : 1, 0] };
  if (!element.matches("select") && !event.shiftKey) {
    if (isOneLine(element) || atBegin(element)) steps.ArrowUp = [-1, 0];
    if (isOneLine(element) || atEnd(element)) steps.ArrowDown = [1, 0];
    if (atBegin(element)) steps.ArrowLeft = [0, -1];
    if (atEnd(element)) steps.ArrowRight = [0, 1];
  }
  const step = steps[event.key];
  if (!step) return;
  if (event.key !== "ArrowDown" || cellOf(element).parentElement !== rowsOf().at(-1)) move(element, ...step);
  event.preventDefault();
});

// Rows of texts: tabs between cells, line ends between rows, cells with either of them in quotation marks.
function read(text) {
  const rows = [[""]];
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at++) {
    const sign = source[at];
    const row = rows.at(-1);
    if (quoted) {
      if (sign === '"' && source[at + 1] === '"') row[row.length - 1] += source[++at];
      else if (sign === '"') quoted = false;
      else row[row.length - 1] += sign;
    } else if (sign === '"' && row.at(-1) === "" && /(^|[\t\n])$/.test(source.slice(0, at))) quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else row[row.length - 1] += sign;
  }
  return rows;
}

function valueOf(element) {
  return element.type === "checkbox" ? element.checked : element.value;
}

function put(element, value) {
  if (element.type === "checkbox") element.checked = value;
  else element.value = value;
}

// What a pasted text means for the control; undefined where it fits none of its choices.
function meant(element, text) {
  if (element.type === "checkbox") return YES.includes(plain(text)) ? true : NO.includes(plain(text)) ? false : undefined;
  if (element.tagName !== "SELECT") return text.trim();
  const wanted = plain(text);
  const options = [...element.options];
  const found = options.find((option) => plain(option.text) === wanted || plain(option.value) === wanted)
    ?? options.find((option) => plain(option.text.replace(/ \([^()]*\)$/, "")) === wanted); // without the unit
  const similar = wanted && options.filter((option) => plain(option.text).startsWith(wanted));
  return (found ?? (similar.length === 1 ? similar[0] : undefined))?.value;
}

function fill(element, block) {
  const cell = cellOf(element);
  let row = cell.parentElement;
  pasted = { cells: [], rows: [], from: element };
  let misfits = 0;
  for (const [line, texts] of block.entries()) {
    const next = line ? rowsOf()[rowsOf().indexOf(row) + 1] : row;
    row = next ?? addRow();
    if (row && !next) pasted.rows.push(row);
    if (!row) {
      misfits += block.slice(line).flat().length;
      break;
    }
    for (const [column, text] of texts.entries()) {
      const target = row.cells[cell.cellIndex + column];
      const box = target && !target.matches(".g-tick:last-child") ? control(target) : null;
      const value = box ? meant(box, text) : undefined;
      if (value === undefined) {
        misfits += text.trim() ? 1 : 0;
        target?.classList.toggle("is-misfit", Boolean(text.trim()));
      } else if (value !== valueOf(box)) {
        pasted.cells.push([box, valueOf(box)]);
        put(box, value);
        target.classList.add("is-new");
      }
    }
  }
  return misfits;
}

function show(misfits) {
  const replaced = pasted.cells.filter(([, old]) => old !== "" && old !== false).length;
  const count = pasted.cells.length;
  const parts = [count === 1 ? "1 Zelle wird gefüllt" : `${count} Zellen werden gefüllt`];
  if (replaced) parts.push(`${replaced} davon ${replaced === 1 ? "ersetzt" : "ersetzen"}, was dort stand`);
  if (misfits) parts.push(`${misfits} ${misfits === 1 ? "passt" : "passen"} nicht und ${misfits === 1 ? "bleibt" : "bleiben"} weg`);
  bar.querySelector("[role=status]").textContent = `${parts.join(", ")}.`;
  bar.hidden = false;
  bar.querySelector("[data-take]").focus();
}

function decide(takes) {
  if (!pasted) return;
  if (!takes) {
    for (const [box, old] of pasted.cells.reverse()) put(box, old);
    for (const row of pasted.rows) row.remove();
    form.elements.zeilen.value = rowsOf().length;
  }
  for (const cell of body.querySelectorAll(".is-new, .is-misfit")) cell.classList.remove("is-new", "is-misfit");
  bar.hidden = true;
  const back = pasted.from;
  pasted = null;
  back.focus();
  table.dispatchEvent(new Event("input", { bubbles: true }));
}

table.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  if (!cellOf(event.target) || !/[\t\n\r]/.test(text.trim())) return;
  event.preventDefault();
  decide(true);
  show(fill(event.target, read(text)));
});
bar.querySelector("[data-take]").addEventListener("click", () => decide(true));
bar.querySelector("[data-drop]").addEventListener("click", () => decide(false));
form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") decide(false);
});
form.addEventListener("submit", (event) => {
  if (!pasted) return;
  event.preventDefault();
  bar.querySelector("[data-take]").focus();
});
