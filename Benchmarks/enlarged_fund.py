#!/usr/bin/env python3
"""Makes a fund's folder so many times as large: programmes with their budgets, statuses and local authorities, contributors and contributions.

Terms, texts, countries, organizations, sources and statements stay as they are. Every run makes the same folder. Standard library only.

    python3 Benchmarks/enlarged_fund.py Funds/migration-mptf 100 /tmp/large/migration-mptf
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
from pathlib import Path

RENAMED = {
    "programmes.csv": ("code", "title"),
    "budgets.csv": ("programme",),
    "statuses.csv": ("programme",),
    "local-authorities.csv": ("id", "programme", "name"),
    "contributors.csv": ("id", "name", "aliases"),
    "contributions.csv": ("external_id", "contributor"),
}
"""The columns that tell a copy from its original, by file. Titles and names are for people; the rest are ids."""

NAMES = {"title", "name"}


def enlarged_fund(original: Path, times: int, copy: Path) -> None:
    """Writes `times` copies of every row of the files named above into a folder that is not there yet."""
    shutil.copytree(original, copy)
    for file, columns in RENAMED.items():
        with (original / "records" / file).open(encoding="utf-8", newline="") as text:
            reader = csv.DictReader(text)
            header, rows = list(reader.fieldnames or []), list(reader)
        out = io.StringIO()
        writer = csv.DictWriter(out, header, lineterminator="\n")
        writer.writeheader()
        for number in range(1, times + 1):
            for row in rows:
                writer.writerow(row if number == 1 else renamed(row, columns, number, len(rows)))
        (copy / "records" / file).write_text(out.getvalue(), encoding="utf-8")


def renamed(row: dict[str, str], columns: tuple[str, ...], number: int, count: int) -> dict[str, str]:
    changed = dict(row)
    for column in columns:
        if column == "aliases":
            changed[column] = ""
        elif column in NAMES:
            changed[column] = f"{row[column]} {number}"
        else:
            changed[column] = f"{row[column]}-{number}"
    if row.get("order"):
        changed["order"] = str(int(row["order"]) + (number - 1) * count)
    return changed


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    enlarged_fund(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
