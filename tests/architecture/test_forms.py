"""Forms name their fields, so that a new column is not writable by accident (mass assignment)."""

import ast
from importlib import import_module

import pytest
from django import forms

from accounts.forms.days import DayFormField
from tests.architecture import source

FACTORIES = {"modelform_factory", "modelformset_factory", "inlineformset_factory"}


def takes_all(node: ast.expr | None) -> bool:
    """True for ``"__all__"`` and ``ALL_FIELDS``."""
    return (isinstance(node, ast.Constant) and node.value == "__all__") or (
        isinstance(node, ast.Name | ast.Attribute) and getattr(node, "id", getattr(node, "attr", "")) == "ALL_FIELDS"
    )


def open_field_lists(code: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            options = {
                target.id: item.value
                for item in node.body
                if isinstance(item, ast.Assign)
                for target in item.targets
                if isinstance(target, ast.Name)
            }
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in FACTORIES:
            options = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
            if "fields" not in options:
                found.append(f"{node.lineno}: a form factory without fields")
        else:
            continue
        if "exclude" in options:
            found.append(f"{node.lineno}: exclude lets every later column in")
        if takes_all(options.get("fields")):
            found.append(f"{node.lineno}: fields takes every column")
    return found


def test_forms_name_their_fields():
    found = [f"{path}:{row}" for path in source.python() for row in open_field_lists(source.text(path))]
    assert not found, "\n".join(["name the fields:", *found])


@pytest.mark.parametrize(
    "code",
    [
        "class NeedForm(ModelForm):\n    class Meta:\n        model = Need\n        fields = '__all__'",
        "class NeedForm(ModelForm):\n    class Meta:\n        fields = forms.ALL_FIELDS",
        "class NeedForm(ModelForm):\n    class Meta:\n        exclude = ['municipality']",
        "modelform_factory(Need, form=Base)",
        "modelform_factory(Need, fields='__all__')",
    ],
)
def test_an_open_field_list_is_found(code):
    assert len(open_field_lists(code)) == 1


def test_a_named_field_list_is_not_found():
    assert not open_field_lists("class F(ModelForm):\n    class Meta:\n        fields = ['title']")
    assert not open_field_lists("modelform_factory(Need, fields=kind.fields)")


def every_form(kind=forms.BaseForm):
    for made in kind.__subclasses__():
        yield made
        yield from every_form(made)


def test_dates_are_read_by_one_reader():
    """Whatever takes a date takes it in words: no field of a browser or of Django reads it in another way."""
    for path in source.python():
        if "/forms/" in str(path) or "/views/" in str(path):
            import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    other = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField | forms.DateTimeField) and not isinstance(field, DayFormField)
    }
    assert {name for name in other if not name.startswith(("django.", "tests."))} == set()
    assert [str(path) for path in source.ROOT.glob("templates/**/*.html") if 'type="date' in path.read_text()] == []
