"""Write the JSON schema of plan.json, as it is committed in docs/."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from plans.schema import plan_schema


class Command(BaseCommand):
    help = "Writes the JSON schema of plan.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        text = json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"
        options["output"].write_text(text, encoding="utf-8")
