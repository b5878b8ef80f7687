"""axe-core in an open page: the rules of WCAG 2.0 to 2.2, levels A and AA, and axe's best practices.

The source is evaluated by the browser's debugger, so the page's content security policy stays as strict as it is.
"""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What a change of colours can change; everything else is the same in both colour schemes.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
# What a narrow screen can change besides the places of things, which the tests measure themselves.
LAYOUT_RULES = ("target-size", "scrollable-region-focusable", "heading-order", "page-has-heading-one", "skip-link")
# No frames and no style sheets of others in the portal, so nothing needs to be fetched.
RUN = """options => axe.run(document, {resultTypes: ["violations"], elementRef: false, preload: false, ...options})
    .then(found => found.violations.map(rule => [rule.id, rule.help, rule.nodes.map(node => [node.target.join(" "),
        (node.any.concat(node.all, node.none)[0] || {}).message || ""])]))"""


@cache
def source() -> str:
    """The script as its package ships it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, *, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds, one line for each element; ``rules`` asks for these alone instead of all ``TAGS``."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())
    chosen: dict[str, Any] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found = page.evaluate(RUN, {"runOnly": chosen})
    return [f"{rule}: {help_} | {target} | {why}" for rule, help_, nodes in found for target, why in nodes]
