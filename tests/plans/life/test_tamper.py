"""A released plan is not altered: the portal refuses, the database refuses, and past both verify_plans finds it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from plans.domain import verifying
from plans.domain.verifying import lost_ends, verify_plans
from plans.enums import PlanState
from plans.models import Plan, PlanEvent, PlanVersion
from records import triggers
from tests.plans.life.owner import (
    POSTGRES,
    SQLITE,
    execute,
    found_after,
    guards_again,
    past_the_guards,
    problems,
    rehash,
    rewrite,
)
from tests.plans.life.released import TO_REVIEW, A, actors_in, go, make_plan, newest

pytestmark = [pytest.mark.usefixtures("quick_pdf"), pytest.mark.slow]
MEANINGLESS = {"id"}  # the number of a row says nothing about the plan; who points to it is covered


def test_untouched_plans_are_clean(world):
    found = verify_plans()
    assert (found.versions, found.events, problems()) == (4, 12, [])
    out = StringIO()
    call_command("verify_plans", stdout=out)
    assert out.getvalue() == "Geprüft: 4 Fassungen und 12 Schritte. Alles unverändert.\n"


# ---------------------------------------------------------------- refused
def orm_attempts(version: PlanVersion) -> dict[str, object]:
    """Ways through Django to change or remove the row."""
    rows = PlanVersion.objects.filter(pk=version.pk)
    copied = {field.attname: getattr(version, field.attname) for field in PlanVersion._meta.concrete_fields}
    changed = PlanVersion(**copied | {"year": 2001})

    def upsert():
        PlanVersion.objects.bulk_create([changed], update_conflicts=True, unique_fields=["id"], update_fields=["year"])

    return {
        "save": version.save,
        "save of a copy": changed.save,
        "save_base": lambda: models.Model.save_base(changed),
        "delete": version.delete,
        "delete past the model": lambda: models.Model.delete(version),
        "update": lambda: rows.update(year=2001),
        "delete of rows": rows.delete,
        "raw delete": lambda: rows._raw_delete("default"),
        "bulk_update": lambda: PlanVersion.objects.bulk_update([changed], ["year"]),
        "bulk_create": upsert,
        "update_or_create": lambda: PlanVersion.objects.update_or_create(pk=version.pk, defaults={"year": 2001}),
        "events": lambda: PlanEvent.objects.filter(version=version).update(note="x"),
        "event delete": lambda: PlanEvent.objects.filter(version=version).delete(),
    }


def sql_attempts(version: PlanVersion) -> dict[str, str]:
    """Ways past Django."""
    table, pk = "plans_planversion", version.pk
    columns = ", ".join(connection.ops.quote_name(f.column) for f in PlanVersion._meta.concrete_fields)
    altered = columns.replace('"year"', "2001")
    copied = f"SELECT {altered} FROM {table} WHERE id = {pk}"
    under_new_id = copied.replace('"id"', "987654")
    common = {
        "update": f"UPDATE {table} SET year = 2001 WHERE id = {pk}",
        "delete": f"DELETE FROM {table} WHERE id = {pk}",
        "events": "UPDATE plans_planevent SET note = 'x'",
        "events delete": "DELETE FROM plans_planevent",
        "upsert": f"INSERT INTO {table} ({columns}) {copied} AND true ON CONFLICT (id) DO UPDATE SET year = 2001",
    }
    if POSTGRES:
        return common | {
            "truncate": f"TRUNCATE {table} CASCADE",
            "truncate events": "TRUNCATE plans_planevent",
            "merge": f"MERGE INTO {table} t USING (SELECT {pk} AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
        }
    return common | {
        "replace": f"INSERT OR REPLACE INTO {table} ({columns}) {copied}",
        "replace under a new id": f"REPLACE INTO {table} ({columns}) {under_new_id}",
        "update or replace": f"UPDATE OR REPLACE {table} SET number = 99 WHERE id = {pk}",
    }


def refusal(attempt) -> str:
    """What the attempt was told; empty where it was allowed."""
    try:
        with transaction.atomic():
            attempt()
    except (TypeError, DatabaseError) as error:
        return str(error)
    return ""


def everything() -> list:
    return [list(model.objects.order_by("pk").values_list()) for model in (PlanVersion, PlanEvent)]


def test_the_portal_refuses_to_change_a_released_plan(world):
    version, before = PlanVersion.objects.first(), everything()
    allowed = [name for name, attempt in orm_attempts(version).items() if not refusal(attempt)]
    assert allowed == []
    assert everything() == before


def test_the_database_refuses_to_change_a_released_plan(world):
    version, before = PlanVersion.objects.first(), everything()
    told = {refusal(lambda sql=sql: execute(sql)).split("\n")[0] for sql in sql_attempts(version).values()}
    assert told == {triggers.MESSAGE}
    assert everything() == before


def test_without_triggers_the_database_would_change_it(world):
    for statement in sql_attempts(PlanVersion.objects.first()).values():
        with past_the_guards():
            before = everything()
            execute(statement)
            assert everything() != before, statement


def test_names_of_triggers_are_unique():
    names = [name for name, _, _ in triggers._names(connection)]
    assert len(names) == len(set(names)) > 100


def test_a_lost_trigger_is_told(world):
    name = "guard_update_plans_planversion"
    execute(f"DROP TRIGGER {name}" + (" ON plans_planversion" if POSTGRES else ""))
    assert problems() == [f"Datenbank: Der Auslöser „{name}“ fehlt."]


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no roles")
def test_the_runtime_role_reads_and_adds_only(world):
    role = f"runtime_{connection.settings_dict['NAME']}"
    execute(
        f"CREATE ROLE {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    )
    version, before = PlanVersion.objects.first(), everything()

    def as_runtime(statement: str) -> str:
        """The refusal without the name of the table."""
        told = refusal(lambda: execute(f"SET LOCAL ROLE {role}", statement)).split("\n")[0]
        return told.split(" for ")[0].split(" of ")[0]

    def refusals() -> set[str]:
        return {as_runtime(statement) for statement in sql_attempts(version).values()}

    assert refusals() == {triggers.MESSAGE}  # the right is there, the trigger refuses
    call_command("restrict_role", role, stdout=StringIO())
    assert refusals() == {"permission denied"}
    for table in triggers.guarded_tables():
        assert as_runtime(f"DELETE FROM {table}") == as_runtime(f"TRUNCATE {table} CASCADE") == "permission denied"
        assert as_runtime(f"DROP TABLE {table} CASCADE") == "must be owner"
        assert as_runtime(f"ALTER TABLE {table} DISABLE TRIGGER ALL") == "must be owner"
    assert "permission denied" in as_runtime("SET LOCAL session_replication_role = replica")
    assert everything() == before
    execute(f"SET LOCAL ROLE {role}")  # and the work goes on
    go(make_plan(world.home, 2020), actors_in(world, world.home), *TO_REVIEW)
    execute("RESET ROLE")
    assert problems() == []


@pytest.mark.skipif(not SQLITE, reason="asks for PostgreSQL")
def test_roles_need_postgresql():
    with pytest.raises(CommandError, match="nur auf PostgreSQL"):
        call_command("restrict_role", "lsz_runtime")


# ---------------------------------------------------------------- found
def other_value(field: models.Field, row: models.Model) -> object:
    """The smallest change of a column: one flipped byte, one more, another row."""
    value = getattr(row, field.attname)
    if isinstance(field, models.BinaryField):
        data = bytearray(bytes(value))
        data[len(data) // 2] ^= 1
        return bytes(data)
    if isinstance(field, models.ForeignKey):
        others = field.related_model._default_manager.exclude(pk=value).order_by("pk")
        return others.values_list("pk", flat=True).first()
    if isinstance(field, models.JSONField):
        return {**value, "x": 1}
    if isinstance(field, models.DateTimeField):
        return value + timedelta(microseconds=1)
    if isinstance(field, models.IntegerField):
        return value + 70
    return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"


def missed_changes(rows) -> list[str]:
    """Columns whose change neither the database refuses (a second edition of that number) nor verify_plans tells."""
    missed = []
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.name in MEANINGLESS:
                continue
            alter = type(row)._default_manager.filter(pk=row.pk).update
            try:
                found = found_after(lambda alter=alter, f=field, row=row: alter(**{f.attname: other_value(f, row)}))
            except IntegrityError as error:
                found = [str(error)]
            if not found:
                missed.append(f"{row}: {field.name}")
    return missed


def test_one_flipped_byte_in_any_column_of_an_edition_is_found(world):
    rows = [PlanVersion.objects.earliest("pk"), PlanVersion.objects.latest("pk")]
    assert missed_changes(rows) == []


def test_one_flipped_byte_in_any_column_of_a_step_is_found(world):
    steps = PlanEvent.objects.filter(plan__municipality=world.home, plan__year=2018)
    rows = [steps.filter(action=action).latest("number") for action in (A.PROPOSE, A.RELEASE, A.SUBMIT)]
    assert missed_changes(rows) == []


def test_a_column_without_a_checksum_would_be_missed(world, monkeypatch):
    monkeypatch.setattr(verifying, "_compare_with_history", lambda *arguments: None)
    row = PlanEvent.objects.filter(action=A.PROPOSE).latest("pk")
    assert missed_changes([row]) == [f"{row}: actor"]


def test_another_state_or_edition_of_a_plan_is_found(world):
    plan = Plan.objects.get(municipality=world.home, year=2018)
    for state in PlanState.values:
        if state != plan.state:
            (text,) = found_after(lambda state=state: Plan.objects.filter(pk=plan.pk).update(state=state))
            assert "der letzte Schritt führte zu „eingereicht“" in text
    for values in (
        {"edition": 1},
        {"edition": 3},
        {"year": 2022},
        {"municipality": world.away, "year": 2021},
        {"uid": "anders"},
    ):
        assert found_after(lambda values=values: Plan.objects.filter(pk=plan.pk).update(**values)), values


def removals() -> dict[str, tuple]:
    """Rows that the owner takes away, and the sentence that tells it."""
    plan = Plan.objects.get(municipality__ags="16065", year=2018)
    versions, events = PlanVersion.objects.order_by("pk"), plan.events.order_by("number")
    last, first = versions.filter(plan=plan).last(), versions.filter(plan=plan).first()
    return {
        "the first edition": (versions.filter(pk=first.pk), "Fassung 1 fehlt."),
        "the last edition": (versions.filter(pk=last.pk), "Fassung 2 fehlt."),
        "every edition": (versions, "Die Fassung, die der Schritt nennt, fehlt."),
        "a step in the middle": (events.filter(number=3), "Die laufende Nummer ist 4 statt 3"),
        "the last step": (events.filter(number=events.last().number), "Der Verlauf des Plans nennt"),
        "all steps": (events, "Der Verlauf des Plans nennt 9 Schritte, gespeichert sind 0."),
        "the plan": (Plan.objects.filter(pk=plan.pk), "Fassungen ohne Kommune oder Plan: 2."),
    }


def test_what_was_removed_is_found(world):
    for name, (rows, sentence) in removals().items():
        if name == "the plan":
            sentence = "Schritte ohne Kommune oder Plan: 9."
        found = found_after(lambda rows=rows: rows._raw_delete("default"))
        assert any(sentence in text for text in found), (name, found)


def test_the_last_edition_with_its_steps_and_the_state_is_found(world):
    """The chains have no hole then; the history of the plan tells it."""
    plan = Plan.objects.get(municipality=world.home, year=2018)

    def cut():
        version = newest(plan)
        plan.events.filter(edition=2)._raw_delete("default")
        PlanVersion.objects.filter(pk=version.pk)._raw_delete("default")
        return Plan.objects.filter(pk=plan.pk).update(state=PlanState.DRAFT, edition=2)

    (text,) = found_after(cut)
    assert text.endswith("Der Verlauf des Plans nennt 9 Schritte, gespeichert sind 7.")


def swap(names: list[str], first: PlanVersion, second: PlanVersion) -> int:
    mine, theirs = ({name: getattr(each, name) for name in names} for each in (first, second))
    changed = PlanVersion.objects.filter(pk=first.pk).update(**theirs)
    return changed + PlanVersion.objects.filter(pk=second.pk).update(**mine)


@pytest.mark.parametrize("names", [["pdf"], ["pdf", "pdf_sha256"], ["content", "content_sha256"], ["pages"]])
def test_parts_swapped_between_two_editions_are_found(world, names):
    first, second = PlanVersion.objects.filter(municipality=world.home).order_by("number")[:2]
    found = found_after(lambda: swap(names, first, second))
    assert {" Plan 2018, Fassung 1", " Plan 2019, Fassung 1"} <= {text.split(":")[1] for text in found}


def test_a_forged_edition_with_fitting_checksums_is_found(world):
    version = newest(Plan.objects.get(municipality=world.home, year=2018))
    found = found_after(lambda: rehash(version, pages=b'{"needs":"<p>Anders</p>"}'))
    assert any("Der Schritt passt nicht zu seiner Prüfnummer." in text for text in found)
    assert any("Freigegeben wurde eine andere Fassung" in text for text in found)


def test_chains_written_anew_as_a_whole_are_found_by_an_earlier_check(world):
    plan = Plan.objects.get(municipality=world.home, year=2018)
    earlier = verify_plans().ends
    assert lost_ends(earlier) == []
    with past_the_guards():
        rewrite(plan)
        guards_again()
        assert problems() == []  # nothing inside the database can tell: docs/adr/0011-frozen-plans.md
        assert {(p.ags, p.place) for p in lost_ends(earlier)} == {
            ("16065", "Plan 2018, Schritt 9"),
            ("16065", "Fassung mit der Nummer 3"),
        }
