"""What is unclear in checked rows, as questions: the same text in forty rows is one."""

import dataclasses
from dataclasses import dataclass

from records.tables.checking import Draft
from records.tables.values import Values
from records.text import fold

LONGEST = 200  # characters of a text that is asked about


@dataclass
class UnclearText:
    """A text that has no meaning for its field: where it stands, what is wrong, and what is proposed.

    ``ways`` are the only answers to a question about a whole column, with their words.
    """

    field: str
    label: str
    text: str
    sentence: str
    rows: list[int] = dataclasses.field(default_factory=list)
    ways: tuple[tuple[str, str], ...] = ()


def questions_of(values: Values, drafts: list[Draft]) -> list[UnclearText]:
    """The questions of checked rows, in the order of the fields; each text once."""
    found: dict[tuple[str, str], UnclearText] = {}
    for draft in drafts:
        for name, texts in draft.unclear.items():
            for text, sentence in texts.items() if name in draft.errors else ():
                if len(text) > LONGEST:
                    continue
                key = name, fold(text)
                if key not in found:
                    about, _, ways = draft.row.whole.get(name, ("", "", ()))
                    ways = tuple((str(value), str(label)) for value, label in ways) if about == text else ()
                    found[key] = UnclearText(name, values.heads[name], text, sentence, ways=ways)
                if draft.row.number not in found[key].rows[-1:]:
                    found[key].rows.append(draft.row.number)
    order = list(values.fields)
    return sorted(found.values(), key=lambda question: order.index(question.field))
