"""What the clock alone brings about: a server reminds of what is due soon, and one that starts again reminds nobody twice."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from fund_at_work import FundAtWork
from people_at_work import Person
from portal_server import PortalServer


def reminders(person: Person) -> list[str]:
    """Of what somebody was reminded, and by when it is due."""
    notices = person.page("/workspace/settings/my-data?format=json").json["notices"]
    return [f"{notice['arguments']['proposal']} {notice['arguments']['due']}" for notice in notices if notice["kind"] == "assessment-reminder"]


def test_a_server_reminds_a_reviewer_once_however_often_it_starts(binary: Path) -> None:
    server = PortalServer(binary)
    try:
        server.start()
        fund = FundAtWork(server)
        fund.open_call()
        fund.write("desks")
        fund.submit("desks")
        fund.screen("desks")
        due = (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=2)).isoformat()
        slow, idle = fund.reviewers[:2]
        fund.officer.act("assign-reviewer", assignments=[{"proposal": "desks", "reviewer": slow.id}], due=due)
        assert reminders(slow) == []
        for _ in range(2):
            assert server.stop() == 0, server.output()
            server.start()
            deadline = time.monotonic() + 20
            while not reminders(slow) and time.monotonic() < deadline:
                time.sleep(0.1)
            # Whoever reminds at the start has had time to do it twice.
            time.sleep(1)
            assert reminders(slow) == [f"desks {due}"], server.output()
            assert reminders(idle) == []
        assert "Your assessment of “Desks for newcomers (fictional)” is due" in slow.page("/workspace").text
    finally:
        server.remove()
