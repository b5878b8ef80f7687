"""The whole case of a Träger by requests alone: every link and form is read from the page before."""

from typing import Any

import pytest
from lxml import html

from funding.domain import papers
from funding.models import FrozenPaper, FundingApplication, RepaymentClaim
from tests.funding.deciding import one_real, printed_notice
from tests.funding.whole_case import Hands, furnish, tell, walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HOST = "http://testserver"


def text_of(node: Any) -> str:
    """Its words."""
    return " ".join(node.text_content().split())


class Requests(Hands):
    """Hands without a browser."""

    def __init__(self, client: Any) -> None:
        super().__init__()
        self.client = client

    def go(self, address: str, data: Any = None) -> None:
        answer = self.client.post(address, data, follow=True) if data else self.client.get(address, follow=True)
        self.address = "?".join(filter(None, (answer.request["PATH_INFO"], answer.request.get("QUERY_STRING"))))
        self.page = html.document_fromstring(answer.content.decode(), base_url=HOST + self.address)
        assert answer.status_code == 200, f"{self.address}: {answer.status_code}, {text_of(self.page)}"
        self.page.make_links_absolute()

    def found(self, path: str, name: str) -> Any:
        nodes = [node for node in self.page.xpath(path) if text_of(node).startswith(name)]
        assert nodes, f"no „{name}“ on {self.address}: {text_of(self.page)}"
        return nodes[0]

    def choose(self, name: str) -> None:
        self.go(self.found("//nav//a", name).get("href"))

    def click(self, name: str) -> None:
        self.go(self.found("//main//a", name).get("href"))

    def submit(self, button: str, values: dict[str, Any]) -> None:
        pressed = self.found("//main//button", button)
        form = next(pressed.iterancestors("form"))
        for name, value in values.items():
            control = form.inputs[name]
            if value is True:
                control.checked = True
            else:
                control.value = str(value)
        data: dict[str, list[str]] = {}
        for name, value in [*form.form_values(), (pressed.get("name"), pressed.get("value"))]:
            if name:
                data.setdefault(name, []).append(value)
        self.go(pressed.get("formaction") or form.get("action") or self.address, data)

    def names(self, begin: str, end: str = "") -> list[str]:
        found = self.page.xpath("//main//*/@name")
        return [name for name in found if name.startswith(begin) and name.endswith(end)]

    def words(self) -> str:
        return str(self.page.find(".//main").text_content())


def test_the_whole_case_from_the_call_to_the_final_notice(cast, monkeypatch):
    monkeypatch.setattr(papers, "paper_pdf", one_real(papers.paper_pdf))
    planner, lead = Requests(cast.client()), Requests(cast.client("lead"))
    walk(furnish(cast.home), planner, lead)
    tell(Sozialplanung=planner, Leitung=lead)
    case, claim = FundingApplication.objects.get(), RepaymentClaim.objects.get()
    assert (case.state, str(claim.principal), claim.state) == ("closed", "2039.56", "paid")
    assert sorted(FrozenPaper.objects.values_list("kind", flat=True)) == [
        "final",
        "notice",
        "repayment",
        "review",
    ]
    assert "24.000,00" in printed_notice(cast.home)
