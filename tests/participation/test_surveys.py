"""Answers of LimeSurvey become protected tables; nothing else of them stays. By HTTP, without JavaScript."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook

from exchange.dossier.writing import dossier_of
from participation.domain.survey_file import Answers
from participation.domain.survey_questions import questions_of
from participation.models import Finding, FreeText, Survey, SurveyAnswer, SurveyQuestion
from plans.builder import build_plan
from plans.content import to_json
from plans.drawing import plan_pdf
from plans.models import Plan
from records.registry import kind_of
from records.vague import VagueDate
from tests.factories import make
from tests.html import read_form
from tests.packages import damaged
from tests.plans.printed import open_pdf, words_of
from tests.records.test_duplicate import sent_by_browser

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REGIONS = ("Nord", "Süd", "Ost", "West")
NUMBERS = ((31, 24, 12, 9), (18, 3, 22, 14), (7, 6, 11, 2), (6, 8, 5, 10))
WORDS = ("sehr gut", "gut", "schlecht", "=gar nicht")
CANARIES = ("geheim-token-77", "canary@example.org", "10.11.12.13", "Kanarienwort")


def questionnaires():
    """188 answers as in the worked example, and who broke off."""
    rows = []
    for line, word in zip(NUMBERS, WORDS, strict=True):
        for count, region in zip(line, REGIONS, strict=True):
            rows += [(word, region)] * count
    return rows


def export(form="both", delimiter=";", long=True, rows=None):
    """The bytes of an export in one of the forms that LimeSurvey writes."""
    words = {"Q1": "Wie ist das Angebot?", "Q2": "Wo wohnen Sie?", "Q3[SQ001]": "Was fehlt? [Bus]"}
    words |= {"Q3[SQ002]": "Was fehlt? [Hort]", "Q3[other]": "Was fehlt? [Sonstiges]", "Q4": "Ihre Meinung"}
    names = ["id", "submitdate", "startlanguage", "token", "ipaddr", *words, "mail", "interviewtime"]
    words |= {"id": "Antwort ID", "submitdate": "Datum Abgeschickt", "startlanguage": "Start-Sprache"}
    words |= {"token": "Zugangscode", "ipaddr": "IP-Adresse", "interviewtime": "Gesamtzeit", "mail": "Kontakt"}
    heads = {"code": names, "text": [words[each] for each in names], "both": [f"{n}. {words[n]}" for n in names]}[form]
    yes, no = ("Ja", "Nein") if long else ("Y", "N")
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heads)
    for at, (word, region) in enumerate(rows or questionnaires()):
        masked = f"'{word}" if word.startswith("=") else word
        free = f"Text {at}\nmit Zeile {CANARIES[3]}" if at % 20 == 0 else ""
        ticks = [yes if at % 2 else no, yes if at < 3 else no, ""]
        writer.writerow(
            [
                at,
                "2026-01-02 10:00",
                "de",
                f"{CANARIES[0]}{at}",
                CANARIES[2],
                masked,
                region,
                *ticks,
                free,
                CANARIES[1],
                12,
            ]
        )
    writer.writerow([900, "", "de", "", "", "gut", "Nord", *[""] * 6])
    writer.writerow([901, "", "de", *[""] * 10])
    return ("\ufeff" + file.getvalue() + "\r\n").encode()


def url(cast, survey, name="read"):
    return reverse(f"participation:survey-{name}", args=[cast.home.slug, survey.pk])


def upload(cast, survey, content, name="export.csv", **files):
    files = {"file": SimpleUploadedFile(name, content), **files}
    return cast.client().post(url(cast, survey), files)


def key_of(text, content):
    """The part of the field names that belongs to a question."""
    return next(each.key for each in questions_of(Answers.read(io.BytesIO(content), len(content))) if each.text == text)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Where uploads lie between two pages."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def survey(cast):
    return make(Survey, cast.home, full=False, title="Familien", sent=400)


@pytest.fixture
def taken(cast, survey):
    """The worked example, read in and grouped by region."""
    content = export()
    page = upload(cast, survey, content)
    assert page.status_code == 302, page.context["form"].errors
    group = {f"group_{key_of('Wo wohnen Sie?', content)}": "on", "smallest": "5"}
    preview = cast.client().post(page.url, group)
    assert "verborgen" in preview.content.decode()
    assert not SurveyQuestion.objects.exists()
    done = cast.client().post(page.url, group | {"_take": "1"})
    assert done.url == url(cast, survey, "results")
    survey.refresh_from_db()
    return survey


def cells_of(question, at):
    return [row["cells"] for row in question.tables[at]["rows"]]


def test_the_worked_example_hides_four_cells_on_page_and_csv(cast, taken):
    question = SurveyQuestion.objects.get(code="Q1")
    by_label = {row["label"]: row["cells"] for row in question.tables[1]["rows"]}
    order = [question.tables[1]["columns"].index(region) for region in REGIONS]
    told = [[by_label[word][at] for at in order] for word in WORDS]
    assert told == [[31, 24, 12, 9], [18, None, 22, None], [7, None, 11, None], [6, 8, 5, 10]]
    assert {row["label"]: row["cells"] for row in question.tables[0]["rows"]}["gut"] == [57]
    assert (question.seen, question.answered) == (188, 188)
    page = cast.client("ministry").get(url(cast, taken, "results"))
    assert page.content.decode().count('<span class="muted">verborgen</span>') == 4 + 1 + 4  # Q1, „Hort“ with 3
    text = cast.client().get(url(cast, taken, "tables-csv")).content.decode("utf-8-sig")
    lines = [line for line in csv.reader(io.StringIO(text), delimiter=";") if line[0] == "Wie ist das Angebot?"]
    assert sorted(line[3] for line in lines if line[4] == "verborgen") == ["Süd", "Süd", "West", "West"]
    assert (taken.evaluated, taken.returned, taken.read_in["rows"]) == (188, 189, 189)


def test_no_answer_token_or_address_stays_in_database_or_on_disk(cast, taken, tmp_path):
    FreeText.objects.update(text="")  # kept to be looked through, and removed with their words
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            told = str(cursor.fetchall())
        assert not [canary for canary in CANARIES if canary in told], table
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not [canary for canary in CANARIES if canary.encode() in path.read_bytes()], path
    assert not list(tmp_path.rglob("*.json"))
    assert "token" in str(taken.read_in["dropped"])
    assert "mail" in str(taken.read_in["dropped"])


def test_every_form_of_heads_and_answers_gives_the_same_tables():
    found = set()
    for form in ("code", "text", "both"):
        for delimiter in ";,\t":
            for long in (True, False):
                content = export(form, delimiter, long)
                answers = Answers.read(io.BytesIO(content), len(content))
                kinds = [(each.kind, len(each.columns), len(each.others)) for each in questions_of(answers)]
                counts = [sorted(column.counts().values()) for column in answers.columns]
                found.add(str((kinds, counts, answers.rows, answers.complete, len(answers.dropped))))
    assert len(found) == 1
    assert "AnswerKind.SEVERAL, 2, 1" in found.pop()


def test_a_workbook_and_a_structure_say_the_same(cast, survey):
    book = Workbook()
    for row in csv.reader(io.StringIO(export("code").decode("utf-8-sig")), delimiter=";"):
        if row:
            book.active.append([cell.removeprefix("'") if cell.startswith("'=") else cell for cell in row])
    file = io.BytesIO()
    book.save(file)
    cells = "<qid>1</qid><parent_qid>0</parent_qid><title>Q2</title><question>&lt;p&gt;Wohnort&lt;/p&gt;</question>"
    lss = f"<document><questions><rows><row>{cells}</row></rows></questions></document>".encode()
    page = upload(cast, survey, file.getvalue(), "export.xlsx", structure=SimpleUploadedFile("a.lss", lss))
    shown = cast.client().get(page.url).content.decode()
    assert "Wohnort" in shown
    assert "188 vollständige von 189" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leer"),
        (b"abc", "nicht als Antwortexport"),
        ("a;b\nü;ö\n".encode("latin-1"), "nicht in UTF-8"),
        ("a;b\n1;2\n".encode("utf-16"), "nicht in UTF-8"),
        (b'"a";"b"\n"1";"' + b"x" * 70_000 + b'"\n', "nicht als Antwortexport"),
        (b"PK\x03\x04kaputt", "nicht als Antwortexport"),
        (damaged(b"id;submitdate;q1\n"), "nicht als Antwortexport"),
        (damaged(b"id;submitdate;q1\n", zipfile.ZIP_LZMA), "nicht als Antwortexport"),
        (b"id;token\n1;2\n", "keine Frage"),
    ],
)
def test_what_is_no_export_is_refused_with_a_sentence(cast, survey, content, said, tmp_path):
    page = upload(cast, survey, content)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not list(tmp_path.rglob("*.json"))


def test_too_few_and_more_than_were_sent_are_refused(cast, survey):
    page = upload(cast, survey, export(rows=questionnaires()[:4]))
    assert "Weniger als 5" in cast.client().post(page.url, {"smallest": "5", "_take": "1"}).content.decode()
    assert "Mindestens 5" in cast.client().post(page.url, {"smallest": "2"}).content.decode()
    Survey.objects.filter(pk=survey.pk).update(sent=100)
    page = upload(cast, survey, export())
    assert "mehr Fragebögen (189)" in cast.client().post(page.url, {"smallest": "5", "_take": "1"}).content.decode()
    assert cast.client("lead").get(page.url).url == url(cast, survey)  # the upload of somebody else


def test_read_in_again_it_replaces_and_no_history_holds_a_table(cast, taken):
    SurveyQuestion.objects.filter(code="Q1").update(finding="Das Angebot trägt.")
    content = export(rows=questionnaires()[:-10])
    page = upload(cast, taken, content)
    cast.client().post(page.url, {"smallest": "5", "_take": "1"})
    question = SurveyQuestion.objects.get(code="Q1")
    assert question.finding == "Das Angebot trägt."
    assert len(question.tables) == 1
    assert not hasattr(question.history.first(), "tables")


def test_a_number_and_a_text_become_findings_in_one_step(cast, taken):
    client = cast.client()
    question = SurveyQuestion.objects.get(code="Q1")
    row = next(at for at, line in enumerate(question.tables[0]["rows"]) if line["label"] == "gut")
    page = client.post(
        url(cast, taken, "finding"), {"cell": f"{question.pk}.0.{row}.0", "form_key": "eins"}, follow=True
    )
    assert "Rückgängig" in page.content.decode()
    finding = Finding.objects.get()
    assert (finding.text, finding.survey) == ("Wie ist das Angebot?: gut, 57 von 188, 30,3\u202f%", taken)
    hidden = [
        (at, place) for at, line in enumerate(cells_of(question, 1)) for place, cell in enumerate(line) if cell is None
    ]
    for cell in (
        f"{question.pk}.1.{hidden[0][0]}.{hidden[0][1]}",
        f"{question.pk}.9.9.9",
        "text.0",
        f"{question.pk}.x",
    ):
        client.post(url(cast, taken, "finding"), {"cell": cell})
    assert Finding.objects.count() == 1


def test_free_texts_are_looked_through_before_others_read_them(cast, taken):
    waits = f'{url(cast, taken, "results")}#freitexte"'
    assert waits in cast.client().get("/posteingang/").content.decode()
    assert waits not in cast.client("foreign_planner").get("/posteingang/").content.decode()
    text = FreeText.objects.order_by("pk").first()
    FreeText.objects.filter(pk=text.pk).update(text="Frau Beispielname hilft, Tel. 0361 123456, a@example.org")
    assert "Kanarienwort" not in cast.client("ministry").get(url(cast, taken, "results")).content.decode()
    page = cast.client().get(url(cast, taken, "results")).content.decode()
    assert "Beispielname" not in page
    count = FreeText.objects.count()
    assert f"Antwort 1 von {count}</label>" in page, "each field and button says which answer it is"
    assert page.count('<span class="kern-sr-only">: Antwort 2</span>') == 2
    said = "█████ hilft, Tel. █████, █████"
    assert said in page
    other = FreeText.objects.filter(state="new").exclude(pk=text.pk).first()
    typed = {f"words-{text.pk}": said, f"words-{other.pk}": "Von Hand geschwärzt"}
    done = cast.client().post(url(cast, taken, "text"), typed | {"decide": f"released.{text.pk}"}, follow=True)
    assert "Die Antwort ist geschwärzt freigegeben." in done.content.decode()
    assert "Von Hand geschwärzt</textarea>" in done.content.decode(), "what was typed beside it stays"
    text.refresh_from_db()
    assert (text.state, text.text) == ("blackened", said)
    cast.client().post(url(cast, taken, "text"), {f"words-{other.pk}": "x", "decide": f"discarded.{other.pk}"})
    other.refresh_from_db()
    assert (other.state, other.text) == ("discarded", "")
    FreeText.objects.filter(state="new").update(state="released")
    assert waits not in cast.client().get("/posteingang/").content.decode()
    assert said in cast.client("ministry").get(url(cast, taken, "results")).content.decode()
    cast.client().post(url(cast, taken, "finding"), {"cell": f"text.{text.pk}"})
    assert Finding.objects.get().text == said


def test_the_plan_prints_the_tables_of_which_somebody_says_what_they_show(cast, taken):
    Survey.objects.filter(pk=taken.pk).update(begin=VagueDate.from_iso("2018-02"))
    plan = make(Plan, cast.home, full=False, year=2018)
    assert b'"tables"' not in to_json(build_plan(plan))
    SurveyQuestion.objects.filter(code="Q1").update(finding="Die meisten sind zufrieden.")
    content = build_plan(plan)
    assert to_json(content).decode().count('"verborgen"') == 4
    words = words_of(open_pdf(plan_pdf(content)))
    assert "Die meisten sind zufrieden." in words
    assert "57 (30,3" in words
    assert words.count("verborgen") == 4


def test_a_dossier_carries_the_tables_and_nothing_else(cast, taken):
    told = dossier_of(cast.home)
    assert [canary for canary in CANARIES if canary in str(told)] == []
    questions = {each["code"]: each for each in told["records"]["participation.surveyquestion"]}
    assert str(questions["Q1"]["tables"]).count("None") == 4


def answer(cast, question, **values):
    """What the page of a new answer says; it is typed by hand."""
    page = kind_of(SurveyAnswer).url("create", cast.home)
    sent = {"question": question.pk, "position": "1", "answer": "Antwort", **values}
    return cast.client().post(page, sent).content.decode()


def test_typed_numbers_from_which_a_hidden_one_follows_are_refused(cast):
    survey = make(Survey, cast.home, full=False, title="Beispiel", returned=120, evaluated=100)
    question = make(SurveyQuestion, cast.home, full=False, survey=survey, text="Was fehlt?")
    for text, values in (("Bus", {"count": "60"}), ("Hort", {"count": "37"})):
        answer(cast, question, **values | {"answer": text})
    refused = answer(cast, question, answer="Arzt", is_small="on")
    assert "ließe sich errechnen, was verborgen ist. Verbergen Sie auch „Hort“" in refused
    assert SurveyAnswer.objects.count() == 2
    SurveyAnswer.objects.filter(answer="Hort").update(count=None, is_small=True)
    answer(cast, question, answer="Arzt", is_small="on")
    assert SurveyAnswer.objects.filter(is_small=True).count() == 2
    page = kind_of(Survey).url("update", cast.home, survey.pk)
    form = sent_by_browser(read_form(cast.client().get(page).content))
    said = cast.client().post(page, form | {"evaluated": "63"}).content.decode()  # 3 are left for two
    assert "nach den gezeigten Zahlen 3" in said
    assert cast.client().post(page, form | {"evaluated": "65"}).status_code == 302
    SurveyQuestion.objects.update(tables=[{"group": "", "columns": ["Alle"], "base": [100], "rows": []}])
    assert "geschützte Tabellen" in answer(cast, question, answer="Rad", count="9")


def test_a_table_of_typed_answers_is_refused_as_a_whole(cast):
    survey = make(Survey, cast.home, full=False, title="Beispiel", evaluated=100)
    question = make(SurveyQuestion, cast.home, full=False, survey=survey, text="Was fehlt?")
    page = f"/{cast.home.slug}/fragen/{question.pk}/tabelle/antworten/"
    shown = cast.client().get(page)
    form = sent_by_browser(read_form(shown.content))
    names = [f"z{at}-answer" for at in range(3)]
    for name, (text, count) in zip(names, (("Bus", "60"), ("Hort", "37"), ("Arzt", "")), strict=True):
        form |= {name: text, name.replace("answer", "count"): count}
    form[names[2].replace("answer", "is_small")] = "on"
    refused = cast.client().post(page, form)
    assert refused.status_code in (409, 422), refused.status_code
    assert "ließe sich errechnen" in refused.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_what_names_a_person_is_never_the_head_of_a_row():
    content = ("q1;q2\n" + "Frau Beispielname;gut\n" * 9 + "Kita;gut\n" * 9).encode()
    kinds = [each.kind for each in questions_of(Answers.read(io.BytesIO(content), len(content)))]
    assert kinds == ["text", "choice"]


def test_choices_about_telephones_stay_and_numbers_of_people_go():
    rows = "".join(f"ja, immer;0361 1234{at};Name{at} Beispiel;3\n" * (at % 3 + 1) for at in range(12))
    rows += "manchmal;;;4\n" * 9 + "nein, nie;;;5\n" * 9
    content = ("Haben Sie ein Handy?;Rückfragen;Ihr Name;Q1Time\n" + rows).encode()
    answers = Answers.read(io.BytesIO(content), len(content))
    assert [head.text for head in answers.heads] == ["Haben Sie ein Handy?"]
    assert answers.dropped == ["Q1Time", "Rückfragen", "Ihr Name"]


def test_a_survey_is_deleted_with_its_tables_and_texts(cast, taken):
    kind = kind_of(Survey)
    page = read_form(cast.client().get(kind.url("delete", cast.home, taken.pk)).content)
    cast.client().post(kind.url("delete", cast.home, taken.pk), sent_by_browser(page))
    assert not Survey.objects.exists()
    assert not FreeText.objects.exists()
