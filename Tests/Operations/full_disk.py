"""A disk that is full for one folder and one process and its children: `full_disk.c`, compiled once a run."""

from __future__ import annotations

import functools
import os
import subprocess
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().with_suffix(".c")
_kept: list[tempfile.TemporaryDirectory[str]] = []


@functools.cache
def library() -> Path:
    """The compiled library, where any user may read it."""
    folder = tempfile.TemporaryDirectory(prefix="pooledfund-full-disk-")
    _kept.append(folder)
    os.chmod(folder.name, 0o755)
    path = Path(folder.name) / "full_disk.so"
    subprocess.run(["gcc", "-std=gnu17", "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", path, SOURCE, "-ldl"], check=True)
    path.chmod(0o755)
    return path


class Disk:
    """Whether there is room in `folder`, for processes with `environment`."""

    def __init__(self, folder: Path):
        self._folder = tempfile.TemporaryDirectory(prefix="pooledfund-mark-")
        os.chmod(self._folder.name, 0o755)
        self._mark = Path(self._folder.name) / "full"
        self.environment = {
            "LD_PRELOAD": str(library()), "POOLEDFUND_TEST_FULL_MARK": str(self._mark), "POOLEDFUND_TEST_FULL_FOLDER": str(folder),
        }  # fmt: skip

    def fill(self) -> None:
        self._mark.touch()

    def make_room(self) -> None:
        self._mark.unlink(missing_ok=True)
