"""Several questions about an open page in one call: the call costs more than what most of them look at."""

from collections.abc import Mapping

from playwright.sync_api import Page


def found_by(page: Page, scripts: Mapping[str, str]) -> list[str]:
    """What these scripts find, one after the other, each line behind the word of its script."""
    calls = ",".join(f"await ({script})()" for script in scripts.values())
    answers: list[list[str]] = page.evaluate(f"async () => [{calls}]")
    return [f"{word}: {line}" for word, lines in zip(scripts, answers, strict=True) for line in lines]
