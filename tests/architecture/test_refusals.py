"""Every refusal says what to do next: whoever reads it is not left to guess.

Asked are the sentences that stand in the code where something is refused. What is put together elsewhere is not found
here, nor what is said on a command line.
"""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.architecture.source import python, text

# Sentences that ask somebody to do something, ask a question, name what is possible, or end with a reason of elsewhere.
SAYS_WHAT = re.compile(r"\w+n Sie\b|\?|\b[Mm]öglich (ist|sind)\b|: …$")
REFUSERS = {"ValidationError", "StatRefused", "TableRefused"}
BY_COMMAND = ("dossier", "management", "statistics/series.py")
NOBODY_MEETS = {  # what a form never asks: it says so to who writes code
    "Diese Fassung der Entscheidung gibt es schon.",
    "Diese Phase gibt es in diesem Planungszyklus schon.",
    "Die Nummer fehlt.",
    "Dieser Fragebogen ist schon angekommen.",
    "Dieses Aktenzeichen ist vergeben.",
    "Ein Posten gehört zu einer Maßnahme oder zu einer Planerstelle.",
    "Eine Anmerkung gehört zu einer Fassung oder zu einem Entwurf.",
    "Sozialplanung, Leitung und Prozessbegleitung gelten in einer Kommune, "
    "Ministerium und Administration im ganzen Portal.",
    "Zu diesem Kapitel gibt es schon einen Text.",
}


def constants_of(tree: ast.Module) -> dict[str, ast.expr]:
    """The names in capital letters that a module sets."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.isupper()
    }


class Refusals:
    """The sentences of some modules; constants are known by their names."""

    def __init__(self, modules: Iterable[tuple[str, str]]) -> None:
        self.trees = {name: ast.parse(code) for name, code in modules}
        self.constants = {name: constants_of(tree) for name, tree in self.trees.items()}
        self.known: dict[str, ast.expr] = {}  # in the module that is read now

    def silent(self) -> list[str]:
        """Those that leave open what to do."""
        found = []
        for name, tree in self.trees.items():
            self.known = self.imported(tree) | self.constants[name]
            told = [(line, words) for line, words in self.of(tree) if " " in words.strip("… ")]
            silent = [(line, words) for line, words in told if not (SAYS_WHAT.search(words) or words in NOBODY_MEETS)]
            found += [f"{name}:{line} {words}" for line, words in silent]
        return found

    def imported(self, tree: ast.Module) -> dict[str, ast.expr]:
        """Constants of other modules that this one names."""
        found = {}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom):
                there = self.constants.get(f"{(node.module or '').replace('.', '/')}.py", {})
                found |= {each.asname or each.name: there[each.name] for each in node.names if each.name in there}
        return found

    def of(self, tree: ast.Module) -> Iterator[tuple[int, str]]:
        """Line and text of each."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                told = self.of_call(node)
            elif isinstance(node, ast.FunctionDef) and any("refuses" in ast.unparse(d) for d in node.decorator_list):
                told = self.of_rule(node)
            else:
                continue
            yield from ((part.lineno, self.text_of(part)) for part in told)

    def of_call(self, node: ast.Call) -> list[ast.expr]:
        """What is raised, added to a field, told of a constraint, or hinders a step without a way to mend it."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        told = [each.value for each in node.keywords if each.arg == "violation_error_message"]
        if name in REFUSERS:
            told += node.args[:1]
        elif (
            (name in ("warning", "error") and ast.unparse(node.func).startswith("messages."))
            or name == "add_error"
            or (name == "Unmet" and not any(each.arg == "way" for each in node.keywords))
        ):
            told += node.args[1:2]
        return [part for each in told for part in (each.values if isinstance(each, ast.Dict) else [each])]

    def of_rule(self, node: ast.FunctionDef) -> list[ast.expr]:
        """What a rule about records yields beside the name of a field."""
        pairs = [each.value for each in ast.walk(node) if isinstance(each, ast.Yield)]
        return [pair.elts[1] for pair in pairs if isinstance(pair, ast.Tuple) and len(pair.elts) == 2]

    def text_of(self, node: ast.expr) -> str:
        """A text as it stands; what is reckoned in it as „…“."""
        match node:
            case ast.Constant(value=str(found)):
                return found
            case ast.JoinedStr(values=parts):
                return "".join(map(self.text_of, parts))
            case ast.FormattedValue(value=ast.Name(id=name)) | ast.Name(id=name) if name in self.known:
                return self.text_of(self.known[name])
            case ast.FormattedValue():
                return "…"
        return ""


def test_every_refusal_says_what_to_do():
    modules = [(str(path), text(path)) for path in python() if not any(part in str(path) for part in BY_COMMAND)]
    found = Refusals(modules).silent()
    assert not found, "\n".join(found)


def test_a_refusal_without_a_way_on_would_be_found():
    code = """
AGAIN = "Laden Sie die Seite neu."
def one():
    raise ValidationError({"begin": "Das geht nicht.", "end": f"Das geht nicht. {AGAIN}"})
@refuses(Need)
def rule(need, links):
    yield "title", "Der Titel passt nicht."
def view(request):
    messages.warning(request, "Das ging nicht.")
    messages.warning(request, f"Das ging nicht: {error}")
def step():
    yield Unmet("late", f"Zu spät ist {day}.")
    yield Unmet("late", "Zu spät.", way=("Plan öffnen", "/"))
"""
    assert sorted(found.split()[0] for found in Refusals([("m", code)]).silent()) == ["m:12", "m:4", "m:7", "m:9"]
