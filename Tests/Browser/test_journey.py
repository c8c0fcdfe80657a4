"""From the call to the decision: once through the JSON interface alone, and what everybody sees afterwards."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from fund_at_work import CRITERIA, FUND, PROPOSALS, FundAtWork
from interface import Interface
from people_at_work import Person, command, file
from portal import Portal, words

WORKSPACE = f"/workspace/funds/{FUND}"
LETTER = b"I agree with what is proposed (fictional).\n"


def refused(person: Person, status: int, action: str, **fields) -> str:
    """An action that must be refused, and what is said about it."""
    answer = person.ask(action, fields)
    assert answer.status == status, f"{action} was answered with {answer.status}: {answer.text[:1000]}"
    return answer.text


def shown(person: Person, path: str) -> str:
    """The text of a page as somebody sees it."""
    answer = person.page(path)
    assert answer.status == 200, f"{path} was answered with {answer.status}"
    return words(unescape(re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL)))


@pytest.fixture(scope="module")
def worked(journey: FundAtWork) -> FundAtWork:
    """The fund in which the whole journey was made through the JSON interface."""
    return journey


def make_the_journey(fund: FundAtWork) -> None:
    fund.open_call()
    digests: dict[str, str] = {}
    for code in PROPOSALS:
        fund.write(code)
        digests[code] = fund.submit(code)
        # Whoever signs, signs that very version.
        refused(fund.ministry, 422, "sign-off-proposal", proposal=code, party="government", organization="indonesia-foreign-affairs", digest="0" * 64)
        assert fund.sign(code, digests[code]) == 0
    # Nobody outside of it learns that there is such a proposal.
    assert fund.focal["iom"].get("/proposals/papers").status == 404
    refused(fund.focal["iom"], 403, "submit-proposal", proposal="papers")

    for code in PROPOSALS:
        fund.screen(code)
    fund.assess("desks", (5, 4), steps_back=True)
    fund.assess("boats", (4, 4))
    fund.assess("papers", (2, 3))
    # Whoever stepped back, or was never asked, reads and scores nothing.
    scores = [{"criterion": criterion, "score": 1, "justification": "None (fictional)."} for criterion in CRITERIA]
    for person in (fund.reviewers[1], fund.focal["ilo"]):
        refused(person, 403, "assess-proposal", proposal="desks", version=1, remark="", scores=scores)

    fund.state_cash()
    fund.convene("first", list(PROPOSALS), absent=("stakeholders-1",))
    member = fund.members["contributors-1"]
    assert member.act("declare-interest", proposal="boats", statement="My brother is a sailor (fictional).")["consequence"] == "leave"
    refused(member, 403, "comment-item", meeting="first", proposal="boats", remark="I may not say this.")
    assert fund.members["chair"].act("declare-interest", proposal="desks", statement="We take part in it.")["consequence"] in ("disclose", "abstain")
    fund.members["contributors-2"].act("comment-item", meeting="first", proposal="boats", remark="A remark that stays in the room.")
    # One answered by letter: the secretariat records it, with the letter.
    fund.officer.act("answer-item", meeting="first", proposal="desks", answer="agrees", reason="", on_behalf_of={
        "person": fund.members["countries-2"].id, "note": "By letter", "document": file("letter.txt", LETTER)})
    for name, amount in (("modest", "900000"), ("whole", "1819000")):
        fund.members["contributors-2"].act("save-slate", code=name, title=f"A {name} slate (fictional)", note="", entries=[
            {"proposal": "desks", "organization": "ilo", "amount": amount}])
    fund.officer.act("propose-slate", meeting="first", slate="modest")

    # Money is not approved at the first gate.
    refused(fund.officer, 422, "record-decision", meeting="first", proposal="desks", digest=digests["desks"], outcome="approved",
            amounts=[{"organization": "ilo", "amount": "1"}], rationale="Too early.", told="")
    fund.decide("first", "desks", digests["desks"], "pipeline")
    fund.decide("first", "boats", digests["boats"], "deferred")
    fund.decide("first", "papers", digests["papers"], "not-selected")
    refused(fund.officer, 422, "record-decision", meeting="first", proposal="papers", digest=digests["papers"], outcome="pipeline",
            rationale="Another thought.", told="")
    fund.officer.act("close-meeting", meeting="first")
    fund.focal["ilo"].act("consent-to-publish", proposal="desks")

    fund.officer.act("invite-document", proposal="desks", reason="There is money in sight (fictional).")
    fund.write("desks", "joint-programme-document")
    document = fund.submit("desks")
    assert fund.sign("desks", document) == 0
    fund.screen("desks")
    fund.convene("second", ["desks"], absent=("stakeholders-1",))
    too_much = [{"organization": "ilo", "amount": "9000000"}]
    refused(fund.officer, 422, "record-decision", meeting="second", proposal="desks", digest=document, outcome="approved", amounts=too_much,
            rationale="More than there is.", told="")
    decided = fund.decide("second", "desks", document, "approved", amounts=[
        {"organization": "ilo", "amount": "963000.00"}, {"organization": "iom", "amount": "856000.53"}],
        conditions=[{"condition": "The workplan is revised", "owner": "ilo", "due": "2027-12-31"}])
    # 5,000,000 deposited and 1,000 of income, less 50,000 of fees, 100,000 reserved and what was approved.
    assert decided["available"] == "3031999.47", decided
    # What was put off comes back, and is not decided yet.
    fund.convene("third", ["boats"])


def test_the_journey_is_made_through_the_json_interface_alone_and_the_public_sees_what_was_decided(worked: FundAtWork) -> None:
    portal = Portal(worked.server.url)
    decisions = portal.request(f"/api/v1/funds/{FUND}/decisions")
    assert decisions.status == 200
    text = decisions.text
    assert PROPOSALS["desks"][0] in text and "1819000.53" in text
    for secret in ("boats", "papers", PROPOSALS["boats"][0], PROPOSALS["papers"][0], "committee agreed", "sailor", "abstain", "not-selected"):
        assert secret not in text, f"the public reads “{secret}”"


def test_what_is_not_public_stands_on_no_public_page(worked: FundAtWork) -> None:
    portal = Portal(worked.server.url)
    for path in ("", "/pipeline", "/decisions", "/statistics", "/calls", "/pipeline/booklet", "/programmes"):
        answer = portal.request(f"/funds/{FUND}{path}", headers={"Accept": "text/html"})
        assert answer.status == 200, path
        for secret in ("Fair recruitment at sea", "Papers for everybody", "committee agreed", "sailor", "stays in the room", "reviewer-1"):
            assert secret not in answer.text, f"{path} shows “{secret}”"


def test_the_audit_trail_names_every_step_and_verifies(worked: FundAtWork) -> None:
    trail = worked.auditor.page(f"{WORKSPACE}/audit.csv").text
    for action in ("open-call", "submit-proposal", "sign-off-proposal", "screen-proposal", "assign-reviewer", "declare-conflict", "assess-proposal",
                   "conclude-assessment", "state-cash", "convene-meeting", "declare-interest", "answer-item", "save-slate", "propose-slate",
                   "record-decision", "consent-to-publish", "invite-document"):
        assert action in trail, action
    # It ends well only if every chain, every row and every hash is as it was recorded.
    assert FUND in command(worked.server, "audit", "verify")


def test_reviewers_and_members_see_what_concerns_them_and_no_more(worked: FundAtWork) -> None:
    first, second, third = worked.reviewers
    assert third.page(f"{WORKSPACE}/assessments/boats").status in (403, 404), "a reviewer opens what another was asked to assess"
    assert second.page(f"{WORKSPACE}/assessments/desks").status in (403, 404), "a reviewer opens what they stepped back from"
    left, stayed = worked.members["contributors-1"], worked.members["contributors-2"]
    assert "stays in the room" in shown(stayed, f"{WORKSPACE}/committee/meetings/first")
    assert "stays in the room" not in shown(left, f"{WORKSPACE}/committee/meetings/first")
    assert left.get("/proposals/boats").status == 404
    assert stayed.get("/proposals/boats").status == 200
    for outsider in (first, worked.focal["ilo"], worked.mayor):
        assert outsider.page(f"{WORKSPACE}/committee/meetings/first").status == 403


def test_the_same_request_twice_is_one_decision(worked: FundAtWork) -> None:
    fields = {"code": "twice", "title": "Twice (fictional)", "summary": "Once.", "closes": "2099-12-31"}
    first, again = (worked.officer.ask("open-call", fields, key="the-same") for _ in range(2))
    assert (first.status, again.status) == (200, 200)
    assert json.loads(again.text)["repeated"] and json.loads(again.text)["event"] == json.loads(first.text)["event"]


def test_what_was_performed_is_as_the_interface_describes_it(worked: FundAtWork) -> None:
    interface = Interface(Portal(worked.server.url))
    assert len({action for action, _ in Person.performed}) > 20
    for action, fields in Person.performed:
        assert interface.problems_of_body(action, fields) == [], action
    for path in ("calls", "decisions"):
        assert interface.problems_of_list(FUND, path) == []
    # What the program would refuse unread is not as it is described.
    assert interface.problems_of_body("record-decision", {"meeting": "first", "outcome": "perhaps", "unknown": 1})
