"""Reads what a form shows, as a browser would send it back."""

import re
from collections import defaultdict
from html.parser import HTMLParser


class FormReader(HTMLParser):
    """Collects names and values of all fields, links and the ids of error messages of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, list[str]] = defaultdict(list)
        self.options: dict[str, list[str]] = defaultdict(list)
        self.links: list[str] = []
        self.ids: set[str] = set()
        self._select = self._textarea = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name = found.get("name", "")
        self.ids |= {found["id"]} if "id" in found else set()
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self.values[name].append("")
        elif tag == "option" and self._select:
            self.options[self._select].append(found.get("value", ""))
            if "selected" in found:
                self.values[self._select].append(found.get("value", ""))
        elif tag == "input" and name:
            self._input(name, found)

    def _input(self, name: str, found: dict[str, str]) -> None:
        if found.get("type") in ("checkbox", "radio"):
            self.options[name].append(found.get("value", "on"))
            if "checked" not in found:
                return
        self.values[name].append(found.get("value", "on" if found.get("type") == "checkbox" else ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            shown = self.values[self._textarea]
            shown[-1] = shown[-1].removeprefix("\n")
            self._textarea = ""
        elif tag == "select":
            self._select = ""


def read_form(content: bytes) -> FormReader:
    """What the page holds."""
    return FormReader(content.decode())


def unnumbered(label: str) -> str:
    """What a record is called, without its number („M 14 Rufbus“)."""
    return re.sub(r"^[BKMQZ] \d+ ", "", label)
