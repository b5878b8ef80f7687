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
FRESH = "data-fresh"
# Marks an element with words that are seen for each pair of colours that was not met before: colour, size and weight of
# the words, and what is painted behind them. What is lifted out of its place is told apart by its class too.
MARK = """(known, mark) => {
    const met = new Set(known), found = [], layers = new Map();
    const behind = node => {
        if (!node) return "";
        if (!layers.has(node)) {
            const {backgroundColor: colour, backgroundImage: image, opacity, position} = getComputedStyle(node);
            const painted = [colour === "rgba(0, 0, 0, 0)" ? "" : colour, image === "none" ? "" : image,
                opacity === "1" ? "" : opacity, position === "static" || position === "relative" ? "" : node.className];
            layers.set(node, behind(node.parentElement) + (painted.some(Boolean) ? "|" + painted : ""));
        }
        return layers.get(node);
    };
    for (const node of document.body.querySelectorAll("*")) {
        const speaks = [...node.childNodes].some(part => part.nodeType === Node.TEXT_NODE && part.data.trim());
        if (!speaks && !node.matches("input, select, textarea")) continue;
        if (!node.checkVisibility({visibilityProperty: true})) continue;
        const {color, fontSize, fontWeight, textShadow, textDecorationLine} = getComputedStyle(node);
        const around = node.closest("a") ? getComputedStyle(node.closest("a").parentElement).color : "";
        const pair = [color, fontSize, fontWeight, textShadow, textDecorationLine, around, behind(node)].join("~");
        if (met.has(pair)) continue;
        met.add(pair);
        found.push(pair);
        node.setAttribute(mark, "");
    }
    return found;
}"""
# Judges the page and returns what was found, and which pairs of colours were not met before; null where the page does
# not have axe yet. Where „known“ tells the pairs that were met, the rules about colours look at what is marked alone.
# No frames and no style sheets of others in the portal, so nothing needs to be fetched.
RUN = """async ([known, mark, onlyColours, {context, ...options}]) => {
    if (!window.axe) return null;
    const fresh = known === null ? [] : (MARK)(known.split("\\u001f"), mark), on = `[${mark}]`;
    const [words, links] = known === null ? ["*", "a[href]"] : [`${on}, ${on} *`, `a[href]${on}, ${on} a[href]`];
    axe.configure({rules: [{id: "color-contrast", selector: words}, {id: "link-in-text-block", selector: links}]});
    const nothing = known !== null && onlyColours && !fresh.length;
    const found = nothing ? [] : (await axe.run(context || document,
        {resultTypes: ["violations"], elementRef: false, preload: false, ...options})).violations;
    document.querySelectorAll(on).forEach(node => node.removeAttribute(mark));
    return [fresh, found.map(rule => [rule.id, rule.help, rule.nodes.map(node => [node.target.join(" "),
        (node.any.concat(node.all, node.none)[0] || {}).message || ""])])];
}""".replace("MARK", MARK)


@cache
def source() -> str:
    """The script as its package ships it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(
    page: Page,
    *,
    rules: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    inside: str = "",
    met: set[str] | None = None,
) -> list[str]:
    """What axe finds, one line for each element.

    ``rules`` asks for these alone instead of all ``TAGS``, ``without`` leaves some out; ``inside`` is a selector.
    ``met`` holds the pairs of colours that were judged before: no other is judged, and it grows by what this page has
    new.
    """
    chosen: dict[str, Any] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": chosen, "rules": {name: {"enabled": False} for name in without}} | (
        {"context": {"include": [[inside]]}} if inside else {}
    )
    known = None if met is None else "\x1f".join(met)
    asked = [known, FRESH, rules == COLOUR_RULES, options]
    answer = page.evaluate(RUN, asked)
    if answer is None:
        page.evaluate(source())
        answer = page.evaluate(RUN, asked)
    fresh, found = answer
    if met is not None:
        met.update(fresh)
    return [f"{rule}: {help_} | {target} | {why}" for rule, help_, nodes in found for target, why in nodes]
