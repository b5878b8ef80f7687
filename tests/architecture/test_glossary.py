"""One German word per concept: docs/glossary.md and the models' ``verbose_name`` say the same."""

import re

from django.apps import apps
from simple_history.models import HistoricalChanges

from tests.architecture.source import APPS, ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"


def pairs(markdown: str) -> list[tuple[str, tuple[str, str]]]:
    """Rows ``| CodeName | German singular | German plural | meaning |`` of every table, without heads and rules."""
    rows = []
    for line in markdown.splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
        if line.lstrip().startswith("|") and len(cells) >= 4 and re.fullmatch(r"[A-Z][A-Za-z]*", cells[0]):
            rows.append((cells[0], (cells[1], cells[2])))
    return rows


def disagreements(glossary: dict[str, tuple[str, str]], models: dict[str, tuple[str, str]]) -> list[str]:
    found = []
    for name, words in sorted(models.items()):
        if name not in glossary:
            found.append(f"| {name} | {words[0]} | {words[1]} | … | is missing")
        elif glossary[name] != words:
            found.append(f"{name}: glossary says {glossary[name]}, verbose_name says {words}")
    return found


def our_models() -> dict[str, tuple[str, str]]:
    return {
        model.__name__: (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, HistoricalChanges) and not model._meta.auto_created
    }


def test_glossary_and_models_agree():
    assert GLOSSARY.exists(), "docs/glossary.md is missing"
    found = disagreements(dict(pairs(GLOSSARY.read_text(encoding="utf-8"))), our_models())
    assert not found, "\n".join(["docs/glossary.md:", *found])


def test_glossary_has_one_row_per_name_and_one_name_per_word():
    rows = pairs(GLOSSARY.read_text(encoding="utf-8"))
    names, words = [name for name, _ in rows], [german for _, (german, _) in rows]
    twice = {entry for entry in [*names, *words] if names.count(entry) > 1 or words.count(entry) > 1}
    assert not twice, f"more than one row in docs/glossary.md: {sorted(twice)}"


def test_a_wrong_and_a_missing_word_are_found():
    table = "| code | German | plural | meaning |\n|---|---|---|---|\n| `Need` | Bedarf | Bedarfe | what is missing |"
    assert dict(pairs(table)) == {"Need": ("Bedarf", "Bedarfe")}
    models = {"Need": ("Bedürfnis", "Bedürfnisse"), "Goal": ("Ziel", "Ziele")}
    assert len(disagreements(dict(pairs(table)), models)) == 2


# Words that the portal does not say, with the one it says (docs/glossary.md): in templates and in sentences of code.
NOT_SAID = {
    "Posteingang": "Wartet auf Sie",
    "Aufzeichnung": "Eintrag",
    "Datensatz": "Eintrag",
    "Sitzung beend": "Anmeldung",
    "andere Sitzung": "überall sonst angemeldet",
}
SENTENCE = re.compile(r'"[^"\n]*[a-zäöüß] [^"\n]*"')  # a text of several words; keys and addresses are one


def unsaid(text: str, *, is_code: bool) -> list[str]:
    said = "\n".join(SENTENCE.findall(text)) if is_code else re.sub(r"\{[#%].*?[#%]\}", "", text)
    return [word for word in NOT_SAID if re.search(rf"\b{word}", said, re.IGNORECASE)]


def test_pages_say_one_word_for_a_thing():
    found = {}
    for room in (*APPS, "templates"):
        for path in (ROOT / room).rglob("*"):
            if path.suffix in (".py", ".html") and "migrations" not in path.parts:
                words = unsaid(path.read_text(encoding="utf-8"), is_code=path.suffix == ".py")
                found |= {str(path.relative_to(ROOT)): words} if words else {}
    assert not found
    assert unsaid('told = "Im Posteingang steht es."', is_code=True) == ["Posteingang"]
    assert unsaid("<p>Alle anderen Sitzungen</p><p>Der Datensatz</p>", is_code=False) == ["Datensatz"]
