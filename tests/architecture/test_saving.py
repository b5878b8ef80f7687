"""Writes that leave no history (``update``, ``bulk_create`` …) stand in one module only."""

import ast

import pytest

from tests.architecture import source

WITHOUT_HISTORY = {"bulk_create", "bulk_update", "abulk_create", "abulk_update", "_raw_delete", "_update"}
# "path: function" -> why a write without history is right there.
ALLOWED: dict[str, str] = {
    "records/domain/saving.py": "the one way to save: claims the version and writes the history row itself",
    "records/domain/numbers.py": "counters are no records; each number stands in the history of its record",
    "plans/all_plans/jobs.py": "exports are no records: their rows note a technical process and stay for good",
    "plans/all_plans/progress.py": "as above; the one process that works on an export",
    "records/domain/import_states.py": "tables on their way are no records; whoever stores one holds its lock",
    "accounts/domain/versions.py: claim": "claims the version of a person or role, saved with its history",
    "accounts/domain/invitations.py": "an invitation is no record: its row notes once what became of a link",
    "records/domain/sent_once.py": "keys of forms are working memory and no records",
    "records/domain/drafts.py": "drafts are working memory and no records",
    "accounts/readings.py": "what was read is no record: each row is noted once and forgotten after a year",
    "overview/domain/messages.py": "marks of what was read or mailed are no records",
    "planning/domain/official.py": "nobody's records: a correction keeps the former value itself",
    "participation/domain/sign_ups.py": "registrations of people without account are working memory and no records",
    "participation/domain/open_surveys.py": "replies are working memory and no records",
    "participation/domain/survey_import.py: take_over": "no history holds tables of answers; free texts are no records",
    "records/order.py": "a derived column of stored records, in migrations; no history has it",
    "exchange/dated.py": "gives a record of the demonstration the day that its row in the history bears",
    "exchange/seed/store.py": "invented rows, which nobody knows before; writes history",
}


def silent_writes(code: str) -> list[tuple[str, int]]:
    """Function and line of every such write; ``update`` with keywords only, as dicts and sets are given an object."""
    tree = ast.parse(code)
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        queryset_update = node.func.attr in {"update", "aupdate"} and node.keywords and not node.args
        if queryset_update or node.func.attr in WITHOUT_HISTORY:
            found.append((source.function_at(tree, node.lineno), node.lineno))
    return found


def test_writes_without_history_stand_in_saving_only():
    seen, wrong = set(), []
    for path in source.python():
        for function, number in silent_writes(source.text(path)):
            keys = {str(path), f"{path}: {function}"} & set(ALLOWED)
            seen |= keys
            if not keys:
                wrong.append(f"{path}:{number} in {function}")
    assert not wrong, "\n".join(["save through records.domain.saving, or allow it here with a reason:", *wrong])
    stale = {key for key in ALLOWED if key not in seen and (source.ROOT / key.split(":")[0]).exists()}
    assert not stale, f"these exceptions are not needed any more: {stale}"


@pytest.mark.parametrize(
    "call",
    [
        "rows.update(state='x')",
        "rows.filter(pk=1).update(**values)",
        "Need.objects.bulk_create(rows)",
        "manager.bulk_update(rows, ['state'])",
        "rows._raw_delete('default')",
    ],
)
def test_a_write_without_history_is_found(call):
    assert silent_writes(f"class A:\n    def move(self):\n        {call}\n") == [("A.move", 3)]


def test_dictionaries_may_be_updated():
    assert silent_writes("context.update({'a': 1})\nseen.update(rows)") == []
