"""tools/venv.sh takes the first Python that can do it, and says what is missing where none can."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "venv.sh"


@pytest.fixture
def pythons(tmp_path: Path) -> Path:
    """Pythons as a machine may have them, in a folder that is the whole PATH but for `sh`'s tools.

    old: 3.10. bare: without the module that makes environments. good: has it. Nobody is root.
    """
    folder = tmp_path / "bin"
    folder.mkdir()
    program(folder / "old", "case $2 in *version_info*) exit 1 ;; esac")
    program(folder / "bare", "case $2 in import\\ sys*) exit 0 ;; import*) exit 1 ;; esac")
    program(folder / "good", 'if [ "$2" = venv ]; then mkdir -p "$3"; echo good >"$3/by"; fi')
    program(folder / "id", "echo 1000")
    return folder


def program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)


def make(pythons: Path, names: str) -> subprocess.CompletedProcess[str]:
    path = f"{pythons}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", SCRIPT, pythons.parent / "made"],
        env={"PATH": path, "PYTHON": names},
        capture_output=True,
        text=True,
        check=False,
    )


def test_one_that_is_too_old_or_cannot_make_environments_is_passed_over(pythons: Path) -> None:
    done = make(pythons, "old bare good")

    assert done.returncode == 0, done.stderr
    assert (pythons.parent / "made" / "by").read_text() == "good\n"


@pytest.mark.parametrize(
    ("named", "said"),
    [("bare", "make environments: bare"), ("old", "3.11 or newer"), ("none", "3.11 or newer")],
)
def test_who_names_a_python_that_cannot_do_it_is_told_so_and_given_no_other(
    pythons: Path, named: str, said: str
) -> None:
    done = make(pythons, named)

    assert done.returncode == 1
    assert said in done.stderr
    assert not (pythons.parent / "made").exists()
