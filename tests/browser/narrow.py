"""What a narrow page must still offer: every control of the wide one, and no words over each other."""

from playwright.sync_api import Page

WIDE = 1440
NARROW = 320  # 1280 pixels at 400 % (SC 1.4.10)

# Remembers the controls that can be used on the wide page. A control that is drawn in two forms (ring and list of
# phases) is one: it is known by where it leads, or by its name and value.
REMEMBER = """() => {
  window.controls = () => [...document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(e => e.matches("summary") || !e.closest("dialog:not([open])"));
  window.sameAs = e => e.matches("a")
    ? "a " + (e.matches(".tabs a") ? e.textContent.trim() : e.getAttribute("href"))
    : e.matches("[role=search] *") && document.querySelector(`a[href="${e.form.getAttribute("action")}"]`)
    ? "a " + e.form.getAttribute("action")
    : [e.tagName, e.name, e.type === "radio" || e.tagName === "BUTTON" ? e.value : "", e.getAttribute("form") || "",
       e.closest("form")?.getAttribute("action") || "",
       e.matches("button, summary") ? e.textContent.trim() : ""].join(" ");
  window.shown = e => e.checkVisibility({visibilityProperty: true, opacityProperty: false})
    && [...e.getClientRects()].some(box => box.width > 1 && box.height > 1) && e.getBoundingClientRect().right > 0;
  window.outline = () => [
    ...[...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading], a.skip")].filter(e => e.checkVisibility())
      .map(e => e.localName + e.textContent),
    ...[...document.body.querySelectorAll("*")]
      .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
      .filter(e => /auto|scroll/.test(getComputedStyle(e).overflow)).map(e => e.localName + e.className)];
  window.wideOutline = outline();
  window.wide = controls().filter(shown).map(e => [sameAs(e), e.outerHTML.slice(0, 120)]);
}"""

# Headings that are seen and boxes that scroll, which were not seen or did not scroll on the wide page, or the reverse.
RESHAPED = """() => {
  const now = new Set(outline());
  return [...wideOutline.filter(e => !now.has(e)), ...[...now].filter(e => !wideOutline.includes(e))].join("|");
}"""

# What of that cannot be reached now, neither directly nor behind a summary that is seen. What is cut off by a box that
# does not scroll cannot be reached either.
LOST = """() => {
  const cut = e => {
    const box = e.getBoundingClientRect();
    for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) {
      const edge = at.getBoundingClientRect(), style = getComputedStyle(at);
      if (["hidden", "clip"].includes(style.overflowX) && edge.width > 1
          && (box.left > edge.right - 8 || box.right < edge.left + 8)) return true;
      if (["auto", "scroll"].includes(style.overflowX)) return false;
    }
    return box.left > innerWidth - 8;
  };
  const behind = e => {
    const folded = e.parentElement?.closest("details:not([open])");
    return folded && folded.querySelector("summary") !== e && (shown(folded.querySelector("summary")));
  };
  const reached = new Set(controls().filter(e => (shown(e) && !cut(e)) || behind(e)).map(sameAs));
  return [...new Map(window.wide)].filter(([key]) => !reached.has(key)).map(([, html]) => html);
}"""

# Words of different boxes that cover each other by more than a hair. Words in drawings have tests of their own.
OVERLAPPING = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (!node.data.trim() || around.closest("svg, option, textarea, script, style, .skip, .pop, [aria-hidden=true]") ||
        !around.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const clip = around.getBoundingClientRect();
    if (clip.width < 2 || clip.right < 0) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1) boxes.push([box, node]);
  }
  boxes.sort((one, other) => one[0].top - other[0].top);
  const found = [];
  boxes.forEach(([box, node], at) => {
    for (let next = at + 1; next < boxes.length && boxes[next][0].top < box.bottom - 1; next++) {
      const [other, its] = boxes[next];
      const wide = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const high = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
      if (node !== its && wide > 2 && high > 5 && !node.parentElement.contains(its.parentElement)
          && !its.parentElement.contains(node.parentElement))
        found.push(`„${node.data.trim().slice(0, 40)}“ over „${its.data.trim().slice(0, 40)}“`);
    }
  });
  return found.slice(0, 5);
}"""


# Controls of the content that a box without scrolling cuts off at its side.
CLIPPED = """() => [...document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea, button)")]
  .filter(e => {
    const box = e.getBoundingClientRect();
    if (box.width < 2 || !e.checkVisibility() || e.matches(".default-submit")) return false;
    for (let at = e.parentElement; at; at = at.parentElement) {
      const style = getComputedStyle(at), edge = at.getBoundingClientRect();
      if (["auto", "scroll"].includes(style.overflowX)) return false;
      if (["hidden", "clip"].includes(style.overflowX) && edge.width > 1 && box.right > edge.right + 2) return true;
    }
    return box.right > innerWidth + 2;
  }).map(e => e.outerHTML.slice(0, 120))"""

TOO_WIDE = """() => document.scrollingElement.scrollWidth > innerWidth
  ? [`the page is ${document.scrollingElement.scrollWidth} pixels wide`] : []"""

# Controls smaller than 24 × 24 CSS pixels (SC 2.5.8). Links inside a line of text are excepted there; a label belongs
# to its control; what stands off the screen until it has the focus is measured elsewhere.
SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest("svg, [aria-hidden=true]"))
    .map(e => [e, (e.closest("label") || e).getBoundingClientRect()])
    .filter(([e, box]) => box.right > 0 && box.width > 1 && (box.width < 23.9 || box.height < 23.9))
    .filter(([e]) => !(e.matches("a") && getComputedStyle(e).display === "inline"))
    .map(([e, box]) => `${e.outerHTML.slice(0, 100)} ${box.width}x${box.height}`)"""


def clipped_controls(page: Page) -> list[str]:
    """Controls of which a part cannot be seen."""
    found: list[str] = page.evaluate(CLIPPED)
    return found


def remember_controls(page: Page) -> None:
    """Note what can be used and how the page is laid out now; to be called while it is wide."""
    page.evaluate(REMEMBER)


def lost_controls(page: Page) -> list[str]:
    """What could be used before and cannot now."""
    found: list[str] = page.evaluate(LOST)
    return found


def overlapping_words(page: Page) -> list[str]:
    """Words that lie over each other."""
    found: list[str] = page.evaluate(OVERLAPPING)
    return found
