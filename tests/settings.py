"""The portal's settings as tests need them: demo mode, own files, fast passwords.

Every process (also every xdist worker) has its own folder for files, removed at its end. On SQLite the test database
is a file in there and not ``:memory:``, so that threads and the live server get connections, locks and commits of
their own, as in operation; a database from ``DATABASE_URL`` (PostgreSQL) is used as it is.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="lsz-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update({"DEMO": "1", "LSZ_VAR_DIR": _folder, "DJANGO_ALLOW_ASYNC_UNSAFE": "true"})

from lsz_portal.settings import *  # noqa: E402, F403
from lsz_portal.settings import DATABASES, INSTALLED_APPS, VAR_DIR  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "tests.trial.apps.TrialConfig"]  # a room that only tests have
TASK_WORKER = "service"  # tests run the jobs themselves
QUEUE = "inline"  # files come at once; tests/records/test_queue.py uses the queue itself
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

PATIENCE = 120  # seconds: threads that wait for each other on a busy machine; tests of faults have their own
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # no test survives a power cut
    DATABASES["default"]["OPTIONS"]["timeout"] = PATIENCE
else:
    DATABASES["default"]["OPTIONS"]["options"] = f"-c lock_timeout={PATIENCE}s"
