"""Writing and submitting proposals through the JSON interface, and the list of all of them.

Imported by bench.py.
"""

from __future__ import annotations

import http.client
import itertools
import json
import statistics
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fictional_proposals import LETTER, concept_note, costs
from people_at_work import Person, file
from portal_server import PortalServer

FUND = "migration-mptf"
CALL = "call-of-the-benchmark"
LEADS = ["ilo", "unhcr", "undp", "unicef"]
COUNTRIES = ["IDN", "KEN", "MAR", "ECU", "ALB", "PHL", "GHA", "JOR"]


class Program:
    """A program with a token and one connection, kept open."""

    def __init__(self, person: Person):
        self.connection = http.client.HTTPConnection("127.0.0.1", person.port, timeout=120)
        self.headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json"}

    def act(self, action: str, **fields) -> float:
        """Performs an action, and gives how long it took, in seconds."""
        began = time.monotonic()
        self.connection.request(
            "POST", f"/api/v1/funds/{FUND}/actions/{action}", json.dumps(fields), self.headers | {"Idempotency-Key": uuid.uuid4().hex})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{action} was answered with {answer.status}: {body[:500]!r}")
        return time.monotonic() - began


@dataclass
class Work:
    """What several programs did at the same time, one step after the other each."""

    name: str
    waits: list[float] = field(default_factory=list)
    seconds: float = 0

    @property
    def line(self) -> str:
        waits = sorted(self.waits) or [0.0]
        p99 = waits[min(len(waits) - 1, len(waits) * 99 // 100)]
        return f"{self.name:46}{len(waits) / max(self.seconds, 1e-9):12,.0f}{statistics.median(waits) * 1000:9.2f}{p99 * 1000:9.2f}{len(waits):10,}"


def together(name: str, people: list[Person], count: int, steps: Iterator[Callable[[Program], float]]) -> Work:
    """Lets `count` programs take the steps, each the next one."""
    work, lock, faults = Work(name), threading.Lock(), []

    def run(person: Person) -> None:
        program = Program(person)
        try:
            while True:
                with lock:
                    step = next(steps, None)
                if step is None:
                    return
                waited = step(program)
                with lock:
                    work.waits.append(waited)
        except Exception as error:  # noqa: BLE001: said by the thread that waits
            faults.append(error)

    threads = [threading.Thread(target=run, args=(people[number % len(people)],)) for number in range(count)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    work.seconds = time.monotonic() - began
    return work


@dataclass
class Planned:
    """A proposal of the benchmark."""

    code: str
    lead: str
    partner: str
    answers: dict[str, dict]


def plan(number: int) -> Planned:
    lead, partner = LEADS[number % 4], LEADS[(number + 1 + number // 4 % 3) % 4]
    area = number % 5 + 1
    objective = [[1, 3, 17], [2, 7, 8], [4, 9, 11], [5, 6, 18], [15, 16, 22]][area - 1][number % 3]
    budget = costs((lead, 1, 1, f"{800_000 + number}"), (partner, 4, 2, "850000.50"))
    answers = concept_note(f"Proposal {number} (fictional)", [COUNTRIES[number % 8]], area, [objective], budget, f"Municipality {number} (fictional)")
    return Planned(f"bench-{number}", lead, partner, answers)


def write(planned: Planned) -> Callable[[Program], float]:
    """Begins a proposal and writes it, save for its submission."""
    def step(program: Program) -> float:
        waited = program.act("start-proposal", code=planned.code, call=CALL, lead=planned.lead)
        waited += program.act("add-organization", proposal=planned.code, organization=planned.partner)
        for section, answers in planned.answers.items():
            waited += program.act("save-section", proposal=planned.code, document="concept-note", section=section, revision=0, answers=answers)
        waited += program.act(
            "attach-document", proposal=planned.code, document="concept-note", field="endorsement", file=file("letter.pdf", LETTER))
        return waited
    return step


def measure(server: PortalServer, load: Callable[[str, tuple[str, ...]], object], rounds: int, count: int) -> Iterator[str]:
    """The lines to show, as they come. `load` runs wrk on a path with headers, and gives its measurement."""
    officer = Person(server, FUND, "benchmark-officer@example.org", "fmu-officer", "iom")
    # One person for each organization: whoever leads a proposal writes and submits it.
    people = {lead: Person(server, FUND, f"benchmark-{lead}@example.org", "puno-focal-point", lead) for lead in LEADS}
    officer.act("open-call", code=CALL, title="Call (fictional)", summary="What is asked for.", closes="2099-12-31")
    planned = [plan(number) for number in range(count)]

    yield f"{'':46}{'actions/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'actions':>10}"
    began = time.monotonic()
    crowds = [threading.Thread(target=lambda lead=lead: together(
        "writing", [people[lead]], 2, iter([write(one) for one in planned if one.lead == lead]))) for lead in LEADS]
    for crowd in crowds:
        crowd.start()
    for crowd in crowds:
        crowd.join()
    seconds = time.monotonic() - began

    # The same section again and again is what a draft that saves itself does. Each revision is saved once: nobody is behind.
    own = [one for one in planned if one.lead == LEADS[0]][:64]
    seats = {one.code: (one, itertools.count(1), threading.Lock()) for one in own}

    def save(code: str) -> Callable[[Program], float]:
        one, revisions, lock = seats[code]

        def step(program: Program) -> float:
            with lock:
                revision = next(revisions)
                return program.act(
                    "save-section", proposal=one.code, document="concept-note", section="context", revision=revision,
                    answers=one.answers["context"] | {"problem": f"Revision {revision} of it (fictional)."})
        return step

    for clients in (1, 8, 32):
        turns = itertools.islice(itertools.cycle(seats), 100 * min(clients, 8))
        yield together(f"sections saved, {clients} clients", [people[LEADS[0]]], clients, (save(code) for code in turns)).line

    for lead, clients in zip(LEADS, (1, 8, 32, 8)):
        own = [one for one in planned if one.lead == lead]
        steps = iter([lambda program, one=one: program.act("submit-proposal", proposal=one.code) for one in own])
        yield together(f"proposals submitted, {clients} clients", [people[lead]], clients, steps).line
    yield f"({count:,} proposals were begun and written in {seconds:,.0f} s, by eight clients)\n"

    yield f"{f'the list of {count:,} proposals':46}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'bytes':>9}{'refused':>9}"
    path = f"/workspace/funds/{FUND}/proposals"
    pages = {
        "first page of 60": path, "last page": f"{path}?page={-(-count // 60)}",
        "searched for two words": f"{path}?words=Proposal+19", "filtered by area and stage": f"{path}?area=3&stage=submitted",
        "sorted by budget": f"{path}?sort=budget", "as JSON, all of it": f"/api/v1/funds/{FUND}/proposals",
    }
    for name, page in pages.items():
        headers = ("Accept-Encoding: gzip", f"Cookie: {'; '.join(f'{key}={value}' for key, value in officer.cookies.items())}")
        request = urllib.request.Request(server.url + page, headers=dict(header.split(": ", 1) for header in headers))
        with urllib.request.urlopen(request, timeout=120) as answer:
            size = len(answer.read())
        runs = [load(page, headers) for _ in range(rounds)]

        def median(quantity: str) -> float:
            return statistics.median(getattr(run, quantity) for run in runs)

        yield f"{name:46}{median('per_second'):12,.0f}{median('median'):9.2f}{median('p99'):9.2f}{size:9,}{sum(run.refused for run in runs):9,}"
