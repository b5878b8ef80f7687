"""What axe is asked about many pages: what one page has answered, no other is asked again."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.asking import found_by
from tests.browser.axe import COLOUR_RULES, LAYOUT_RULES, violations
from tests.browser.narrow import OVERLAPPING, RESHAPED, SMALL, remember_controls

CROWDED = {"small": SMALL, "words over each other": OVERLAPPING}


@dataclass
class Eyes:
    """``light`` and ``dark`` are the pairs of colours that were judged, ``shapes`` what narrow screens changed.

    The page is set up by the caller: first wide in the light, then dark, then narrow.
    """

    light: set[str] = field(default_factory=set)
    dark: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=lambda: {""})

    def wide(self, page: Page) -> list[str]:
        """Everything, of the colours those that are new.

        Of small controls axe is asked where the page is narrow: it takes as long as all other rules together, and the
        tests measure on every page, wide and narrow, how big controls are and what lies over each other.
        """
        remember_controls(page)
        found = violations(page, without=("target-size",), met=self.light) + found_by(page, CROWDED)
        return [f"light: {each}" for each in found]

    def in_the_dark(self, page: Page) -> list[str]:
        """The colours that are new."""
        return [f"dark: {found}" for found in violations(page, rules=COLOUR_RULES, met=self.dark)]

    def narrow(self, page: Page) -> list[str]:
        """What the width can change, where it has changed something new."""
        found, reshaped = found_by(page, CROWDED), page.evaluate(RESHAPED)
        if reshaped not in self.shapes:
            self.shapes.add(reshaped)
            found += violations(page, rules=LAYOUT_RULES)
        return [f"narrow: {each}" for each in found]
