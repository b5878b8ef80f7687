#!/usr/bin/env python3
"""Entry point for management commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lsz_portal.settings")
    os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")  # docs/operations.md says what serves people
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
