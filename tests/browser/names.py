"""Names that a screen reader speaks: none says a part twice."""

from playwright.sync_api import Page

# Links, buttons, headings and drawings whose name repeats a word or some words at once: „Löschen Löschen“. A person may
# bear the name of a role.
REPEATED = r"""() => {
    const name = e => (e.getAttribute("aria-label") ?? e.innerText ?? "").replace(/\s+/g, " ").trim();
    const twice = /(?:^|[^\p{L}\d])(\p{L}[\p{L}\d ]{3,}\p{L})[\s:,–·]+\1(?![\p{L}\d])/iu;
    return [...document.querySelectorAll("a[href], button, summary, label, legend, h1, h2, h3, svg[role=img]")]
        .filter(e => e.checkVisibility() && !e.closest(".account") && twice.test(name(e)))
        .map(e => `${e.tagName} „${name(e).slice(0, 100)}“`);
}"""


def repeated_names(page: Page) -> list[str]:
    """Names in which the same stands twice in a row."""
    found: list[str] = page.evaluate(REPEATED)
    return found
