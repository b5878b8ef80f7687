"""Hands in a browser that walk a case: with the mouse where nothing but pages works, or with the keyboard alone."""

import re
from typing import Any

from tests.browser.axe import violations
from tests.browser.portal import follow, picture, set_control
from tests.funding.whole_case import Hands

FORM = re.compile(r"/(neu|bearbeiten|schritt)/")  # of a record or a step: each is one template
STOPS = 260  # of the tab key inside a page's content
OPTIONS = """(select, value) => { const all = [...select.options];
    return all.findIndex(each => each.value === value) - select.selectedIndex }"""
FOCUSED = "control => control === document.activeElement"
NAMED = "nodes => nodes.map(node => node.name)"


class Browser(Hands):
    """What mouse and keyboard share. Axe sees each sort of page that is not among ``judged`` yet.

    ``faults`` are what it finds; without ``judged`` nothing is looked at.
    """

    def __init__(self, page: Any, *, judged: set[str] | None = None) -> None:
        super().__init__()
        self.page, self.main, self.judged = page, page.locator("main"), judged
        self.faults: list[str] = []

    def go(self, address: str) -> None:
        self.page.goto(address)

    def opened(self) -> None:
        super().opened()
        assert self.page.locator("h1").count() == 1, self.page.url
        form = FORM.search(self.page.url)
        sort = form[1] if form else re.sub(r"[0-9]+|[?#].*", "*", self.page.url)
        if self.judged is not None and sort not in self.judged:
            self.judged.add(sort)
            picture(self.page, f"fall-{len(self.judged):02}")
            self.faults += [f"{self.page.url}: {each}" for each in violations(self.page)]

    def link(self, name: str) -> Any:
        """A link of the content that begins so."""
        return self.main.get_by_role("link", name=beginning(name)).first

    def button(self, name: str) -> Any:
        """A button of the content that begins so."""
        return self.main.get_by_role("button", name=beginning(name)).first

    def names(self, begin: str, end: str = "") -> list[str]:
        found = self.main.locator(f'[name^="{begin}"]').evaluate_all(NAMED)
        return [name for name in found if name.endswith(end)]

    def words(self) -> str:
        return str(self.main.text_content())


class Mouse(Browser):
    """Somebody whose browser runs no JavaScript."""

    def choose(self, name: str) -> None:
        follow(self.page.locator("nav.nav").get_by_role("link", name=name, exact=True).first)

    def click(self, name: str) -> None:
        follow(self.link(name))

    def submit(self, button: str, values: dict[str, Any]) -> None:
        pressed = self.button(button)
        form = pressed.locator("xpath=ancestor::form")
        types = dict(form.evaluate("form => [...form.elements].filter(e => e.name).map(e => [e.name, e.type])"))
        for name, value in values.items():
            if types[name] == "checkbox":
                for box in form.locator(f'[name="{name}"]').all():
                    box.check()
            else:
                set_control(form, name, types[name], str(value))
        follow(pressed)


class Keys(Browser):
    """Somebody without a mouse."""

    def tab_to(self, control: Any) -> None:
        """Press the tab key until the control has the focus."""
        node = control.element_handle()  # found once, which is slow on long pages
        for _ in range(STOPS):
            if node.evaluate(FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the tab key does not lead to {control} on {self.page.url}")

    def enter(self) -> None:
        """Press the enter key and wait for the page."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")

    def into_main(self) -> None:
        """By the link at the page's beginning."""
        self.page.evaluate("document.activeElement.blur()")
        self.tab_to(self.page.locator("a.skip"))
        self.page.keyboard.press("Enter")

    def choose(self, name: str) -> None:
        self.page.keyboard.press("Control+k")
        self.page.keyboard.type(name)
        found = self.page.locator(".find-pop a", has_text=name).first
        found.wait_for()
        self.tab_to(found)
        self.enter()

    def click(self, name: str) -> None:
        self.into_main()
        self.tab_to(self.link(name))
        self.enter()

    def submit(self, button: str, values: dict[str, Any]) -> None:
        self.into_main()
        pressed = self.button(button)
        form = pressed.locator("xpath=ancestor::form")
        order = form.evaluate("form => [...form.elements].map(e => e.name)")
        for name in sorted(values, key=order.index):
            control = form.locator(f'[name="{name}"]').first
            self.tab_to(control)
            self.put(control, values[name])
        self.tab_to(pressed)
        self.enter()

    def put(self, control: Any, value: Any) -> None:
        """Choose, tick or type."""
        if value is True:
            self.page.keyboard.press("Space")
        elif control.evaluate("control => control.tagName") == "SELECT":
            steps = control.evaluate(OPTIONS, str(value))
            for _ in range(abs(steps)):
                self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(str(value))


def beginning(name: str) -> re.Pattern[str]:
    """Names that begin so."""
    return re.compile(f"^{re.escape(name)}")
