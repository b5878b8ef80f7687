// Phones draw rows as cards (lists.css). Some browsers then forget that it is a table, so the roles are said once more;
// written into the markup they would be an error of HTML.
const ROLES = {
  table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell",
  'th[scope="col"]': "columnheader", 'th[scope^="row"]': "rowheader",
};

function name(root) {
  for (const [selector, role] of Object.entries(ROLES)) {
    const part = selector === "table" ? "table.cards" : `table.cards ${selector}`;
    for (const element of root.querySelectorAll(part)) element.setAttribute("role", role);
  }
}

name(document);
document.addEventListener("htmx:load", (event) => name(event.target.parentElement ?? document));
