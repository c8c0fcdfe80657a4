"""A stream of actions that is written by a process of its own, and what became of each of them."""

from __future__ import annotations

import json
import re
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

from cluster import PATIENCE, wait_until
from places import FUND, ROOT, STREAM

ENTRY = re.compile(r"(?P<action>.+)-e(?P<position>\d+)of(?P<count>\d+)")


class Stream:
    """The writing process. Its outcomes go to `record` as they are read."""

    def __init__(self, url: str, run: str, outcomes: Outcomes, seed: int, *options: str, environment: dict[str, str] | None = None):
        self.outcomes = outcomes
        self.ready = False
        self.ended = False
        self.counts: Counter[str] = Counter()
        self.last = ""
        self.process = subprocess.Popen(
            [STREAM, "write", "--database", url, "--fund", FUND, "--run", run, "--seed", str(seed), *options],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self._notes: list[str] = []
        self._readers = [threading.Thread(target=self._read), threading.Thread(target=self._read_notes)]
        for reader in self._readers:
            reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not line.endswith("\n"):
                continue
            word, *rest = line.split()
            if word == "ready":
                self.ready = True
            elif word == "ended":
                self.ended = True
            else:
                self.outcomes.take(word, rest)
                self.counts[word] += 1
                self.last = line.strip()

    def _read_notes(self) -> None:
        assert self.process.stderr is not None
        self._notes.extend(self.process.stderr)

    @property
    def notes(self) -> str:
        """What it wrote to standard error."""
        return "".join(self._notes)

    def wait_until_ready(self, seconds: float = PATIENCE) -> None:
        wait_until(lambda: self.ready or self.process.poll() is not None, "the stream is ready", seconds)
        assert self.ready, f"the stream ended with {self.process.returncode}:\n{self.notes[-3000:]}"

    def wait_for(self, word: str, more: int, seconds: float = PATIENCE) -> None:
        """Until so many more outcomes of this kind were reported."""
        aim = self.counts[word] + more
        wait_until(
            lambda: self.counts[word] >= aim or self.process.poll() is not None,
            f"{aim} actions are {word} (so far {dict(self.counts)}, last “{self.last}”)", seconds)  # fmt: skip
        assert self.counts[word] >= aim, f"the stream ended with {self.process.poll()} after {dict(self.counts)}:\n{self.notes[-3000:]}"

    def kill(self) -> None:
        self.process.kill()
        self._finish()

    def end(self, seconds: float = PATIENCE) -> None:
        """Asks it to end; it ends in good order."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            code = self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self._finish()
        assert code == 0 and self.ended, f"the stream ended with {code}:\n{self.notes[-3000:]}"

    def _finish(self) -> None:
        self.process.wait()
        for reader in self._readers:
            reader.join()

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()


class Outcomes:
    """What the clients of all streams on one record were told, to be held against what the record has."""

    def __init__(self) -> None:
        # The event that vouches for an action; None where all that is known is that it is on record.
        self.acknowledged: dict[str, int | None] = {}
        self.refused: set[str] = set()
        # Told that nobody knows, that it cannot be now, or nothing at all: it may be on record or not, but not half.
        self.open: Counter[str] = Counter()
        self.unexpected: list[str] = []

    def take(self, word: str, rest: list[str]) -> None:
        match word:
            case "acknowledged":
                if rest[0] in self.acknowledged:
                    self.unexpected.append(f"{rest[0]} was acknowledged twice")
                self.acknowledged[rest[0]] = int(rest[1])
            case "found":
                self.acknowledged.setdefault(rest[0], None)
            case "refused":
                self.refused.add(rest[0])
            case "full" | "unavailable" | "unknown":
                self.open[word] += 1
            case _:
                self.unexpected.append(" ".join([word, *rest]))

    def check(self, url: str, beginning: str = "", verify: bool = True) -> dict:
        """Holds the record at `url` against what was acknowledged; with `verify`, its audit chain and ledgers too.

        - beginning: only the actions whose id begins with this.
        - Returns what the record says of itself.
        """
        assert not self.unexpected, self.unexpected[:5]
        record = read(url, beginning, verify)
        actions = whole_actions(record["entries"])
        for action, sequence in self.acknowledged.items():
            if not action.startswith(beginning):
                continue
            assert action in actions, f"{action} was acknowledged with event {sequence} and is lost"
            assert sequence is None or actions[action] == sequence, f"{action}: acknowledged event {sequence}, on record {actions[action]}"
        for action in self.refused:
            assert action not in actions, f"{action} was refused and is on record"
        if verify:
            assert record["findings"] == [], record["findings"][:10]
        return record


def read(url: str, beginning: str = "", verify: bool = False) -> dict:
    """What `stream-of-actions check` tells of a record that no other process holds."""
    options = [*(["--beginning", beginning] if beginning else []), *(["--verify"] if verify else [])]
    done = subprocess.run([STREAM, "check", "--database", url, *options], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"the record cannot be read: {done.stderr[-3000:]}"
    return json.loads(done.stdout)


def whole_actions(entries: list[dict]) -> dict[str, int]:
    """The event of every streamed action on record. Fails if one of them is there twice, or in part."""
    counted = Counter((entry["fund"], entry["id"]) for entry in entries)
    twice = [name for name, count in counted.items() if count > 1]
    assert not twice, f"on record more than once: {twice[:5]}"
    positions: dict[str, set[int]] = {}
    counts: dict[str, int] = {}
    events: dict[str, set[int]] = {}
    for entry in entries:
        assert entry["postings"] == 2 and entry["sum"] == 0, f"half an entry: {entry}"
        match = ENTRY.fullmatch(entry["id"])
        if match is None:
            continue
        action = match["action"]
        positions.setdefault(action, set()).add(int(match["position"]))
        counts[action] = int(match["count"])
        events.setdefault(action, set()).add(entry["event"])
    for action, found in positions.items():
        assert found == set(range(1, counts[action] + 1)), f"half an action: {action} has {sorted(found)} of {counts[action]}"
        assert len(events[action]) == 1, f"{action} is spread over the events {sorted(events[action])}"
    return {action: next(iter(event)) for action, event in events.items()}
