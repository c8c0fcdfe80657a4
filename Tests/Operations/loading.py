"""People who load their funds' folders, a small difference each time, while the server is killed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import threading
from pathlib import Path

from cluster import PATIENCE
from killing import Tally
from places import FUND, PROGRAM, ROOT, Place
from servers import Server
from streams import Outcomes

CLIENTS = 3
KILLS_A_RECORD = 8
ENTRIES_A_LOAD = 2


class Loading:
    """One person with a fund of their own. What the program said was loaded goes to `outcomes`."""

    def __init__(self, number: int, folder: Path, url: str, outcomes: Outcomes):
        self.folder = folder / f"fund-{number}"
        shutil.copytree(FUND, self.folder)
        self.fund_number = number
        self.url = url
        self.outcomes = outcomes
        self.loads = 0
        # In the folder, and not acknowledged: to be loaded again, with whatever comes next.
        self.waiting: list[str] = []
        self.process: subprocess.Popen[str] | None = None
        self.is_stopped = False
        self.thread: threading.Thread | None = None

    def go_on(self) -> None:
        self.is_stopped = False
        self.thread = threading.Thread(target=self._load_on)
        self.thread.start()

    def stop(self) -> None:
        """After the command that runs now."""
        self.is_stopped = True

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()

    def _load_on(self) -> None:
        while not self.is_stopped:
            self._append()
            self.process = subprocess.Popen(
                [PROGRAM, "fund", "load", self.folder], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True, env=os.environ | {"POOLEDFUND_DATABASE": self.url})  # fmt: skip
            said, _ = self.process.communicate(timeout=PATIENCE)
            if self.process.returncode == 0:
                for action in self.waiting:
                    self.outcomes.acknowledged[action] = None
                self.waiting = []
            elif not self.is_stopped:
                # While everything stands, nothing may fail; a moment later the server may be dead.
                self.outcomes.open[said.strip()[-300:]] += 1

    def _append(self) -> None:
        self.loads += 1
        action = f"f{self.fund_number}-n{self.loads}"
        with (self.folder / "records" / "contributions.csv").open("a") as file:
            for position in range(1, ENTRIES_A_LOAD + 1):
                file.write(f"{action}-e{position}of{ENTRIES_A_LOAD},riverland,opening-contribution,2024-01-31,{self.loads},JPY,brief-2024,\n")
        self.waiting.append(action)


def kill_servers(new_place, kills: int, chance: random.Random, folder: Path) -> Tally:
    """Kills `kills` servers under people who load, and half of the times their commands too."""
    tally = Tally()
    while tally.kills < kills:
        place: Place = new_place(tally.kills // KILLS_A_RECORD)
        try:
            _kill_on_one_record(place, min(KILLS_A_RECORD, kills - tally.kills), chance, folder / str(tally.kills), tally)
        finally:
            place.remove()
    return tally


def _kill_on_one_record(place: Place, kills: int, chance: random.Random, folder: Path, tally: Tally) -> None:
    outcomes = Outcomes()
    folder.mkdir()
    people = [Loading(number, folder, place.url, outcomes) for number in range(CLIENTS)]
    for number in range(kills):
        with Server(place.url) as server:
            for person in people:
                person.go_on()
            threading.Event().wait(chance.uniform(0.1, 1.2))
            for person in people:
                person.stop()
            server.kill()
            if chance.random() < 0.5:
                for person in people:
                    person.kill()
            for person in people:
                assert person.thread is not None
                person.thread.join()
        assert not outcomes.open, f"refused while the server ran: {outcomes.open}"
        tally.kills += 1
        outcomes.check(place.url, verify=number % 3 == 2)
    record = outcomes.check(place.url)
    # Whoever starts next shows all of it.
    with Server(place.url) as server:
        for fund, total in record["totals"].items():
            assert server.contributions(fund) == total
    tally.acknowledged += len(outcomes.acknowledged)
    tally.events += sum(int(head.split(":")[0]) for head in record["heads"].values())
