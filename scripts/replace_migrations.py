"""Write one migration for each room that makes all tables of an empty database at once: replaces all steps so far.

``.venv/bin/python scripts/replace_migrations.py``, where steps have gathered behind the last ones. Django renders all
related models for each operation of each step; written together (``records.create_together``) they are rendered once.
Databases that hold data go through the steps as before; those stay as they are.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOMS = sorted({path.parts[0] for path in Path().glob("*/migrations/0001_*.py")})
LOWEST = "accounts"  # its tables are few, and it may not know the operation of a higher room
WORDS = '"""An empty database is made at once; one that holds data goes step by step through what this replaces."""\n\n'
TOGETHER = "from records.create_together import CreateTogether\n"


def steps_of(room: str) -> list[str]:
    """The names of the steps, in order."""
    return sorted(path.stem for path in Path(room, "migrations").glob("0*.py") if "_squashed_" not in path.stem)


def written_anew(folder: Path) -> dict[str, str]:
    """The tables of today as Django would write them for rooms without migrations."""
    (folder / "fresh_settings.py").write_text(
        "from lsz_portal.settings import *\n" + f"MIGRATION_MODULES = {{room: f'fresh.{{room}}' for room in {ROOMS}}}\n"
    )
    for room in ROOMS:
        (folder / "fresh" / room).mkdir(parents=True)
        (folder / "fresh" / room / "__init__.py").touch()
    (folder / "fresh" / "__init__.py").touch()
    environment = os.environ | {"DEMO": "1", "PYTHONPATH": str(folder)}
    command = [sys.executable, "manage.py", "makemigrations", "--settings", "fresh_settings", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True)
    return {room: (folder / "fresh" / room / "0001_initial.py").read_text() for room in ROOMS}


def replacing(room: str, code: str) -> str:
    """The migration with what it replaces.

    In the other rooms it builds on their first steps: Django takes what replaces them where a database is empty. Named
    itself, that would be missing in a database that has all steps of one room and not yet those of another.
    """
    code = re.sub(r"\A# Generated.*\n\n", "", code)
    for other in ROOMS:
        code = code.replace(f"('{other}', '0001_initial')", f"('{other}', '{steps_of(other)[0]}')")
    replaced = "".join(f"        ('{room}', '{step}'),\n" for step in steps_of(room))
    code = code.replace("    initial = True\n", f"    initial = True\n\n    replaces = [\n{replaced}    ]\n", 1)
    if room != LOWEST:
        code = code.replace("    operations = [\n", "    operations = [CreateTogether([\n", 1)
        code = code.rstrip().removesuffix("    ]") + "    ])]\n"
        code = code.replace("\n\n\nclass Migration", f"\n{TOGETHER}\n\nclass Migration", 1)
    return WORDS + code


def main() -> None:
    """Take the place of the ones before; steps that build on those build on the last step that was replaced."""
    names = {room: f"0001_squashed_{steps_of(room)[-1][:4]}" for room in ROOMS if len(steps_of(room)) > 1}
    for room in ROOMS:
        for old in Path(room, "migrations").glob("0001_squashed_*.py"):
            last = re.findall(rf"\('{room}', '(\w+)'\)", old.read_text().split("dependencies", 1)[0])[-1]
            for step in (path for each in ROOMS for path in Path(each, "migrations").glob("0*.py")):
                code = step.read_text()
                if old.stem in code and "_squashed_" not in step.stem:
                    step.write_text(re.sub(rf"(['\"]){old.stem}\1", rf"\g<1>{last}\g<1>", code))
            old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        fresh = written_anew(Path(folder))
    for room, name in names.items():
        Path(room, "migrations", f"{name}.py").write_text(replacing(room, fresh[room]))


if __name__ == "__main__":
    main()
