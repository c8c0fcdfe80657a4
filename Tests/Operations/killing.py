"""Kills the writing process at random moments, again and again, and looks at the record each time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from places import NAMES, Place
from streams import Outcomes, Stream

# So many kills on one record; then a new one, so that the thousandth kill is as quick as the first.
KILLS_A_RECORD = 25
# The audit chain and the ledger are recomputed after every so many kills.
KILLS_A_VERIFICATION = 5


@dataclass
class Tally:
    kills: int = 0
    acknowledged: int = 0
    events: int = 0

    def line(self, engine: str, what: str) -> str:
        return (
            f"{NAMES[engine]}: {self.kills} kills of {what}, {self.acknowledged} actions acknowledged, "
            f"0 lost, 0 duplicated, 0 half-applied ({self.events} events verified)"
        )


def kill_writers(
    new_place: Callable[[int], Place], kills: int, chance: random.Random, progress: Callable[[Tally], None] = lambda _: None
) -> Tally:
    """Kills `kills` streams. Fails where an acknowledged action is lost or doubled, any is half there, or a verification finds something."""
    tally = Tally()
    while tally.kills < kills:
        place = new_place(tally.kills // KILLS_A_RECORD)
        try:
            _kill_on_one_record(place, min(KILLS_A_RECORD, kills - tally.kills), chance, tally, progress)
        finally:
            place.remove()
    return tally


def _kill_on_one_record(place: Place, kills: int, chance: random.Random, tally: Tally, progress: Callable[[Tally], None]) -> None:
    outcomes = Outcomes()
    for number in range(kills):
        run = f"k{tally.kills}"
        options = ["--clients", str(chance.choice([1, 4, 16]))]
        with Stream(place.url, run, outcomes, chance.randrange(2**32), *options) as stream:
            if chance.random() < 0.15:
                # While it opens the record, migrates it, loads the fund or has just begun.
                time.sleep(chance.uniform(0, 0.25))
            else:
                stream.wait_until_ready()
                time.sleep(chance.uniform(0, 0.5))
            assert stream.process.poll() is None, f"the stream ended by itself:\n{stream.notes[-3000:]}"
            stream.kill()
        tally.kills += 1
        is_last = number == kills - 1
        if is_last or tally.kills % KILLS_A_VERIFICATION == 0:
            record = outcomes.check(place.url)
        else:
            record = outcomes.check(place.url, beginning=f"{run}-", verify=False)
        if is_last:
            tally.acknowledged += len(outcomes.acknowledged)
            tally.events += sum(int(head.split(":")[0]) for head in record["heads"].values())
        progress(tally)
