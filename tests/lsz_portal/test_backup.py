"""The drill: backed up while people write, restored elsewhere, everything compared; what is damaged is refused."""

import io
import json
import os
import re
import stat
import tarfile
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lsz_portal.safekeeping import databases
from lsz_portal.safekeeping.archive import written
from planning.models import Document
from plans.models import PlanVersion
from records import triggers
from records.models import StoredFile
from tests.factories import make
from tests.lsz_portal import faults
from tests.lsz_portal.faults import POSTGRES, changed, other_connection
from tests.plans.life.released import A, actors_in, go, make_plan, quick_pdf  # noqa: F401  (quick_pdf is a fixture)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def at_work(cast, settings, tmp_path, monkeypatch):
    """A portal with its own folders; its database knows its migrations, also where the tests run without them."""
    recorder = MigrationRecorder(connection)
    is_known = recorder.has_table()
    recorder.ensure_schema()
    move_to(tmp_path / "here", settings, monkeypatch)
    yield cast
    if not is_known:
        faults.execute("DROP TABLE django_migrations")


def move_to(folder: Path, settings, monkeypatch) -> None:
    settings.VAR_DIR, settings.FILE_UPLOAD_TEMP_DIR = folder, folder / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir(parents=True)
    assert default_storage.location
    monkeypatch.setitem(default_storage.__dict__["_wrapped"].__dict__, "location", str(folder / "uploads"))


@contextmanager
def empty_database(folder: Path):
    """Another database, in which nothing is."""
    name = "drill" if POSTGRES else str(folder / "drill.sqlite3")

    def alone(sql: str) -> None:
        other = other_connection()
        other.autocommit = True
        other.cursor().execute(sql)
        other.close()

    if POSTGRES:
        alone("DROP DATABASE IF EXISTS drill")
        alone("CREATE DATABASE drill TEMPLATE template0")
    with changed({"NAME": name}):
        yield
    if POSTGRES:
        alone("DROP DATABASE drill")


def run(command: str, *arguments, **options) -> str:
    said = io.StringIO()
    call_command(command, *map(str, arguments), stdout=said, **options)
    return said.getvalue()


@contextmanager
def writing(cast):
    """People who save without a pause; gives the ids that were acknowledged."""
    stop, saved = Event(), list[int]()

    def work() -> None:
        while not stop.is_set():
            saved.append(make(Document, cast.home, full=False).pk)
        connection.close()

    writers = [Thread(target=work) for _ in range(2)]
    for writer in writers:
        writer.start()
    while len(saved) < 3:
        time.sleep(0.01)
    try:
        yield saved
    finally:
        stop.set()
        for writer in writers:
            writer.join()


@pytest.mark.usefixtures("quick_pdf")
def test_a_backup_under_writes_is_restored_elsewhere_whole_and_verified(at_work, tmp_path, settings, monkeypatch):
    go(make_plan(at_work.home), actors_in(at_work, at_work.home), A.RELEASE)
    at_work.client()  # is logged in
    with writing(at_work) as saved:
        before = list(saved)
        told = run("backup", tmp_path)
        after = len(saved)
    assert after > len(before), "nobody wrote while it was backed up"
    (archive,) = tmp_path.glob("lsz-*.tar")
    assert str(archive) in told
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {archive.name, "here"}
    assert settings.SECRET_KEY.encode() not in archive.read_bytes()
    hashes = set(PlanVersion.objects.values_list("sha256", flat=True))

    move_to(tmp_path / "there", settings, monkeypatch)
    with empty_database(tmp_path):
        said = run("restore", archive)
        assert "Alles gleich" in said
        documents = {document.pk: document for document in Document.objects.all()}
        assert set(before) <= set(documents)
        assert Document.history.count() == len(documents) == StoredFile.objects.count()
        assert all(document.file.read() for document in documents.values())
        assert set(PlanVersion.objects.values_list("sha256", flat=True)) == hashes != set()
        assert (triggers.missing_triggers(), Session.objects.count()) == ([], 0)
        with pytest.raises(CommandError, match="nicht leer"):
            run("restore", archive)
        make(Document, at_work.home)
        assert "Alles gleich" in run("restore", archive, "--force", "--no-input")
        assert Document.objects.count() == len(documents)


def test_every_damage_of_an_archive_is_found(at_work, tmp_path):
    make(Document, at_work.home)
    archive = tmp_path / "a.tar"
    run("backup", archive)
    whole = archive.read_bytes()
    assert "unverändert" in run("restore", archive, "--check")
    with tarfile.open(archive) as tar:
        manifest = json.loads(tar.extractfile("manifest.json").read())
    assert {"version", "migrations", "tables", "plans", "files", "made_at"} <= set(manifest)
    step = len(whole) // 40
    places = [*range(0, len(whole), step), len(whole) - 1]
    for place in places:
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(CommandError, match="beschädigt"):
            run("restore", archive, "--check")
    for damaged in (whole[:-600], whole[: len(whole) // 2], b"", b"kein Archiv"):
        archive.write_bytes(damaged)
        with pytest.raises(CommandError, match="beschädigt"):
            run("restore", archive, "--check")


def test_what_another_wrote_is_no_backup(at_work, tmp_path):
    other = tmp_path / "other"
    other.write_text("x")
    for name, manifest in (("../outside", {"format": 1, "made_at": ""}), ("x", {"format": 9}), ("x", {})):
        target = tmp_path / f"{len(list(tmp_path.iterdir()))}.tar"
        with written(target) as archive:
            archive.add(name, other)
            archive.close(manifest)
        with pytest.raises(CommandError, match=r"keine Sicherung|Format"):
            run("restore", target, "--check")
    assert not (tmp_path.parent / "outside").exists()


def test_a_backup_that_fails_says_why_and_leaves_nothing(at_work, tmp_path, monkeypatch):
    taken = tmp_path / "da.tar"
    taken.write_text("da")
    with pytest.raises(CommandError, match="gibt es schon"):
        run("backup", taken)
    with pytest.raises(CommandError, match="lässt sich nicht schreiben"):
        run("backup", tmp_path / "nowhere" / "a.tar")
    with faults.no_room_for_files(200_000), pytest.raises(CommandError, match="Nichts gesichert"):
        run("backup", tmp_path / "voll.tar")
    if POSTGRES:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(CommandError, match="postgresql-client"):
            run("backup", tmp_path / "ohne.tar")
    assert {path.name for path in tmp_path.iterdir()} == {"da.tar", "here"}


def test_a_backup_names_files_that_are_missing(at_work, tmp_path):
    lost = make(Document, at_work.home)
    lost.file.storage.delete(lost.file.name)
    with pytest.raises(CommandError, match=re.escape(lost.file.name)):
        run("backup", tmp_path / "a.tar")
    assert (tmp_path / "a.tar").exists()


def test_check_uploads_finds_what_is_missing_altered_or_left_over(at_work, settings):
    kept, lost, altered = (make(Document, at_work.home) for _ in range(3))
    assert "Geprüft: 3 Dateien, 0 ohne Eintrag, 0 neu vermerkt. Alles unverändert." in run("check_uploads")
    lost.file.storage.delete(lost.file.name)
    path = Path(altered.file.path)
    path.write_bytes(path.read_bytes()[:-1] + b"X")
    folder = Path(default_storage.location) / "documents" / "zz"
    folder.mkdir()
    old, young, arriving = folder / "old.pdf", folder / "young.pdf", settings.FILE_UPLOAD_TEMP_DIR / "x.upload"
    for left in (old, young, arriving):
        left.write_text("Rest")
    for left in (old, arriving, Path(kept.file.path)):
        os.utime(left, times=(1, time.time() - 2 * 86400))
    said = io.StringIO()
    with pytest.raises(CommandError, match="Abweichungen: 2") as failed:
        call_command("check_uploads", "--remove", stdout=said)
    assert failed.value.returncode == 1
    assert f"{lost.file.name}: fehlt" in said.getvalue()
    assert f"{altered.file.name}: ist nicht mehr" in said.getvalue()
    assert [path.exists() for path in (old, arriving, young, Path(kept.file.path))] == [False, False, True, True]


def test_files_from_before_checksums_were_kept_are_noted_once(at_work):
    document = make(Document, at_work.home)
    with connection.cursor() as cursor:
        triggers.drop_triggers()
        cursor.execute(f"DELETE FROM {StoredFile._meta.db_table}")
        triggers.create_triggers()
    assert "1 neu vermerkt" in run("check_uploads")
    assert "0 neu vermerkt" in run("check_uploads")
    assert StoredFile.objects.get().name == document.file.name


def test_counting_and_copying_are_the_same_moment(at_work, tmp_path):
    """Negative control of the drill: rows stored after the copy are not counted."""
    path = tmp_path / "copy"
    make(Document, at_work.home)
    with databases.copied(path) as cursor:
        if not POSTGRES:
            make(Document, at_work.home)
        assert databases.tables(cursor)[Document._meta.db_table] == 1
