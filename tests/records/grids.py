"""Eingabetabellen as a browser without JavaScript sends them."""

from records.registry import kind_of
from tests.html import read_form


def below(cast, owner, word):
    """The table of what stands below a record."""
    return f"{kind_of(type(owner)).url('detail', cast.home, owner.pk)}tabelle/{word}/"


def of_list(cast, model, query=""):
    return kind_of(model).url("grid", cast.home) + query


def shown(response):
    """What the page sends where nothing more is typed."""
    values = read_form(response.content.decode().partition("<template")[0].encode() + after_template(response))
    return {name: texts[-1] for name, texts in values.values.items() if name != "q"}


def after_template(response) -> bytes:
    return response.content.partition(b"</template>")[2]


def opened(cast, url, who="planner"):
    response = cast.client(who).get(url)
    assert response.status_code == 200, response.content.decode()
    return shown(response)


def typed(data, number, **cells):
    """The same with a row typed in; names of values of a year begin with the column: ``j0_target``."""
    prefixed = {
        f"z{number}-{name.replace('_', '-', 1) if name[0] == 'j' and name[1].isdigit() else name}": text
        for name, text in cells.items()
    }
    return data | prefixed


def send(cast, url, data, who="planner"):
    return cast.client(who).post(url, data)
