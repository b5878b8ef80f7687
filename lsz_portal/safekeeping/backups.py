"""What a backup says of itself, and whether what was restored is the same."""

import tempfile
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from lsz_portal.safekeeping import databases
from lsz_portal.safekeeping.archive import DATABASE, UPLOADS, Damaged, written
from plans.domain.verifying import verify_plans
from plans.models import PlanEvent, PlanVersion
from records.domain.stored import file_tables


def make(target: Path) -> tuple[dict[str, Any], list[str]]:
    """Write the archive; gives its manifest and the files that rows name and nobody has.

    Database first, then the uploads: files are never changed, so none is older than the row that names it.
    Raises OSError, NotPossible.
    """
    with written(target) as archive:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".lsz-") as folder:
            copy = Path(folder) / DATABASE
            with databases.copied(copy) as cursor:
                manifest = _of_database(cursor)
                named = _named_files(cursor)
            archive.add(DATABASE, copy)
        base = Path(default_storage.location)  # type: ignore[attr-defined]
        for path in sorted(path for path in base.rglob("*") if path.is_file()):
            try:
                archive.add(f"{UPLOADS}/{path.relative_to(base).as_posix()}", path)
            except FileNotFoundError:
                continue  # a sending that was refused meanwhile; rows of the copy never name it
        archive.close(manifest)
    return manifest, sorted(name for name in named if f"{UPLOADS}/{name}" not in archive.files)


def _of_database(cursor: Any) -> dict[str, Any]:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "format": 1,
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "version": project["version"],
        "database": connection.vendor,
        "migrations": sorted(f"{a}.{n}" for a, n in databases.rows(cursor, "SELECT app, name FROM django_migrations")),
        "tables": databases.tables(cursor),
        "plans": frozen(cursor),
    }


def frozen(cursor: Any) -> dict[str, str]:
    """The checksum of every edition and step."""
    found = {}
    for model in (PlanVersion, PlanEvent):
        table = connection.ops.quote_name(model._meta.db_table)
        for pk, sha256 in databases.rows(cursor, f"SELECT id, sha256 FROM {table} ORDER BY id"):  # noqa: S608  # nosec B608
            found[f"{model._meta.model_name} {pk}"] = str(sha256)
    return found


def _named_files(cursor: Any) -> set[str]:
    quote = connection.ops.quote_name
    found: set[str] = set()
    for model, column in file_tables():
        sql = f"SELECT DISTINCT {quote(column)} FROM {quote(model._meta.db_table)}"  # noqa: S608  # nosec B608
        found.update(str(name) for (name,) in databases.rows(cursor, sql) if name)
    return found


def refuse_newer(manifest: dict[str, Any]) -> None:
    """Raises Damaged where the archive holds what this version of the portal does not know."""
    if manifest["database"] != connection.vendor:
        raise Damaged(f"Die Sicherung ist von {manifest['database']}, hier läuft {connection.vendor}.")
    known = MigrationLoader(None)
    replaced = {key for migration in known.disk_migrations.values() for key in migration.replaces}
    names = {f"{app}.{name}" for app, name in {*known.disk_migrations, *replaced}}
    apps = {app for app, _ in known.disk_migrations}
    unknown = [name for name in manifest["migrations"] if name.partition(".")[0] in apps and name not in names]
    if unknown:
        raise Damaged(
            f"Die Sicherung ist von einer neueren Fassung des Portals ({manifest['version']}), die {unknown[-1]} kennt."
        )


def differences(manifest: dict[str, Any]) -> list[str]:
    """What is otherwise in the database than the manifest says; German sentences."""
    with connection.cursor() as cursor:
        now, hashes = databases.tables(cursor), frozen(cursor)
    before = manifest["tables"]
    found = [
        f"{name}: {now.get(name, 0)} statt {before.get(name, 0)} Zeilen"
        for name in sorted({*now, *before})
        if now.get(name) != before.get(name)
    ]
    wrong = {name for name in {*hashes, *manifest["plans"]} if hashes.get(name) != manifest["plans"].get(name)}
    return found + [f"{name}: andere Prüfsumme" for name in sorted(wrong)]


def verified() -> list[str]:
    """What verify_plans says, as sentences."""
    return [str(problem) for problem in verify_plans().problems]


def is_used() -> bool:
    """Whether there is anything that a restore would overwrite."""
    base = Path(default_storage.location)  # type: ignore[attr-defined]
    return bool(connection.introspection.table_names()) or any(path.is_file() for path in base.rglob("*"))
