#!/usr/bin/env python3
"""Pictures of the pages, whole: each wide and on a phone, light and dark, and one as it prints. Run by `make screenshots`.

    .build-tools/venv/bin/python Scripts/screenshots.py [--binary FILE | --url URL] [--path PATH]... [--print PATH] [FOLDER]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tests" / "Browser"))

from portal import chromium_arguments, chromium_path  # noqa: E402
from portal_server import PortalServer  # noqa: E402

FUND = "/funds/migration-mptf"
PATHS = [FUND] + [f"{FUND}/{page}" for page in (
    "contributors", "programmes", "pipeline", "countries/phl", "thematic-areas/1", "objectives", "local-engagement", "balance", "statements",
    "ledger", "brief", "data",
)]
WIDTHS = {1440: 900, 360: 740}


def name(path: str) -> str:
    """The picture's name: the path below the fund, and `overview` for the fund itself."""
    return path.removeprefix(FUND).strip("/").replace("/", "-").replace("?", "-") or "overview"


def main() -> int:
    parser = argparse.ArgumentParser(description="Takes pictures of the pages.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".build-tools" / "screenshots")
    parser.add_argument("--binary", type=Path, default=ROOT / ".build" / "release" / "pooledfund")
    parser.add_argument("--url", help="a server that runs already, instead of one of its own")
    parser.add_argument("--path", action="append", help="a page to take; may be repeated (default: one of each kind)")
    parser.add_argument("--print", dest="printed", default=f"{FUND}/brief", help="the page to show as it prints (default: the brief)")
    options = parser.parse_args()

    options.folder.mkdir(parents=True, exist_ok=True)
    server = None if options.url else PortalServer(options.binary.resolve()).start()
    missing = False
    try:
        url = options.url or server.url  # type: ignore[union-attr]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_arguments())
            for width, height in WIDTHS.items():
                for scheme in ("light", "dark"):
                    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
                    for path in options.path or PATHS:
                        response = page.goto(url + path)
                        if response is None or response.status != 200:
                            print(f"{path} answers {response.status if response else 'nothing'}", file=sys.stderr)
                            missing = True
                            continue
                        picture = options.folder / f"{name(path)}-{width}-{scheme}.png"
                        page.screenshot(path=picture, full_page=True)
                        print(picture)
                    page.close()
            page = browser.new_page()
            page.goto(url + options.printed)
            paper = options.folder / f"{name(options.printed)}-print.pdf"
            page.pdf(path=paper, format="A4")
            browser.close()
        subprocess.run(["pdftoppm", "-r", "80", "-png", paper, paper.with_suffix("")], check=True)
        print(*sorted(options.folder.glob(f"{paper.stem}-*.png")), sep="\n")
    finally:
        if server:
            server.stop()
            server.remove()
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
