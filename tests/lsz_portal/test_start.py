"""The portal starts without a warning in a checkout that holds no data yet."""

import os
import subprocess
import sys

import pytest


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("command", [("-c", "import lsz_portal.wsgi"), ("manage.py", "check")])
def test_nothing_warns(tmp_path, command):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE", "PYTHON"))}
    setting = kept | {"DEMO": "1", "LSZ_VAR_DIR": str(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "-W", "error", *command], env=setting, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
