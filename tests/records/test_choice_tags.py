"""Options of selects and lists of ticks."""

from django import forms

from records.templatetags.choices import choose, option_tags, tick_tags

HOSTILE = '"><script>alert(1)</script>'


def groups(widget, value):
    return widget(choices=[("Gruppe <A>", [("1", HOSTILE), ("2", "zwei")]), ("3", "drei")]).optgroups(
        "x", value, {"id": "id_x"}
    )


def test_options_are_escaped_grouped_and_selected():
    html = option_tags(groups(forms.Select, ["2"]))
    assert html == (
        '<optgroup label="Gruppe &lt;A&gt;">'
        '<option value="1">&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</option>'
        '<option value="2" selected>zwei</option></optgroup><option value="3">drei</option>'
    )


def test_ticks_have_a_label_of_their_own():
    html = tick_tags(groups(forms.CheckboxSelectMultiple, ["3"]))
    assert HOSTILE not in html
    assert html.startswith('<p class="choices-head">Gruppe &lt;A&gt;</p>')
    assert html.endswith(
        '<label class="choice" for="id_x_1"><input type="checkbox" class="ck" name="x" value="3" id="id_x_1" checked>'
        "<span>drei</span></label>"
    )


def test_one_of_the_pairs_is_chosen():
    assert choose([("1", "Januar"), ("2", "<b>")], "2") == (
        '<option value="1">Januar</option><option value="2" selected>&lt;b&gt;</option>'
    )
