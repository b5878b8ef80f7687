// Emphasises the thread of the node under the pointer or in focus: everything before and after it along the lines.
const net = document.querySelector("svg.net");

const follow = (lines, start, from, to) => {
  const found = new Set([start]);
  for (const key of found)
    for (const line of lines) if (line.dataset[from] === key) found.add(line.dataset[to]);
  return found;
};

if (net) {
  const lines = [...net.querySelectorAll("[data-a]")];
  const nodes = [...net.querySelectorAll("[data-n]")];
  const show = (event) => {
    const key = event.target.closest("[data-n]")?.dataset.n;
    net.classList.toggle("dim", Boolean(key));
    if (!key) return;
    const before = follow(lines, key, "b", "a");
    const after = follow(lines, key, "a", "b");
    for (const node of nodes) node.classList.toggle("on", before.has(node.dataset.n) || after.has(node.dataset.n));
    for (const { classList, dataset: { a, b } } of lines)
      classList.toggle("on", (before.has(a) && before.has(b)) || (after.has(a) && after.has(b)));
  };
  for (const name of ["pointerover", "focusin"]) net.addEventListener(name, show);
  for (const name of ["pointerleave", "focusout"]) net.addEventListener(name, () => net.classList.remove("dim"));
}
