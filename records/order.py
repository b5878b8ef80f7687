"""A migration step that orders stored records anew, where what makes a key of a text (accounts.text) has changed."""

from typing import Any

from accounts.text import sort_key

AT_ONCE = 500


class OrderedAnew:
    """For ``RunPython``: every record of an app gets the key of its key, which is the one of its text."""

    def __init__(self, app_label: str) -> None:
        self.app_label = app_label

    def __call__(self, apps: Any, schema_editor: Any) -> None:
        for model in apps.get_app_config(self.app_label).get_models():
            if not any(field.name == "sort_key" for field in model._meta.fields):
                continue
            changed = []
            for row in model._base_manager.only("pk", "sort_key").iterator(AT_ONCE):
                key = sort_key(row.sort_key)
                if key != row.sort_key:
                    row.sort_key = key
                    changed.append(row)
            model._base_manager.bulk_update(changed, ["sort_key"], batch_size=AT_ONCE)
