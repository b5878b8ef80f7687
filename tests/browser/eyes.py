"""What axe is asked about many pages: what one page has answered, no other is asked again."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.browser.axe import COLOUR_RULES, LAYOUT_RULES, violations
from tests.browser.narrow import RESHAPED, remember_controls


@dataclass
class Eyes:
    """``light`` and ``dark`` are the pairs of colours that were judged, ``shapes`` what narrow screens changed.

    The page is set up by the caller: first wide in the light, then dark, then narrow.
    """

    light: set[str] = field(default_factory=set)
    dark: set[str] = field(default_factory=set)
    shapes: set[str] = field(default_factory=lambda: {""})

    def wide(self, page: Page) -> list[str]:
        """Everything, of the colours those that are new."""
        remember_controls(page)
        return [f"light: {found}" for found in violations(page, met=self.light)]

    def in_the_dark(self, page: Page) -> list[str]:
        """The colours that are new."""
        return [f"dark: {found}" for found in violations(page, rules=COLOUR_RULES, met=self.dark)]

    def narrow(self, page: Page) -> list[str]:
        """What the width can change, where it has changed something new."""
        reshaped = page.evaluate(RESHAPED)
        if reshaped in self.shapes:
            return []
        self.shapes.add(reshaped)
        return [f"narrow: {found}" for found in violations(page, rules=LAYOUT_RULES)]
