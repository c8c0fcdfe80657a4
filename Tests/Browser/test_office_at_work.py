"""The office at work, in a real browser: from the call to the decision on the pages of the workspace, and what everybody reads afterwards."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from fictional_proposals import concept_note
from fund_at_work import CALL, FUND, PROPOSALS, FundAtWork
from office import PDF, WORKSPACE, Desk, Office
from people_at_work import command
from portal import Portal, assert_none
from portal_server import PortalServer

LEAD, FIRST, SECOND = "focal point of ilo", "focal point of iom", "focal point of unhcr"
TITLE = PROPOSALS["desks"][0]
NEVER_PUBLIC = ("Fair recruitment at sea", "Papers for everybody", "As we agreed in the room", "sailor", "stays in the room", "reviewer-1",
                "countries-2 (fictional)", "A modest slate", "As the text shows")
DECIDED = {"desks": "pipeline", "boats": "deferred", "papers": "not-selected"}


@pytest.fixture(scope="module")
def fund(binary: Path):
    """A fund with its people, a call, and two of three proposals that are through their assessment already."""
    server = PortalServer(binary)
    try:
        server.start()
        fund = FundAtWork(server)
        fund.open_call()
        for code, scores in (("boats", (4, 4)), ("papers", (2, 3))):
            fund.write(code)
            fund.sign(code, fund.submit(code))
            fund.screen(code)
            fund.assess(code, scores)
        yield fund
    finally:
        server.remove()


@pytest.fixture(scope="module")
def office(browser, fund: FundAtWork):
    office = Office(browser, fund.server.url, fund.everybody)
    yield office
    office.close()


@pytest.fixture(scope="module")
def written(office: Office) -> str:
    """The digest of the version that three organizations wrote and one of them submitted."""
    lead = office[LEAD]
    lead.open("/calls", keep="calls")
    lead.act(f"start-proposal?call={CALL}", {"code": "desks", "lead": "ilo"}, keep="start")
    for organization in ("iom", "unhcr"):
        lead.act("add-organization?proposal=desks", {"organization": organization})
    answers = concept_note(TITLE, ["IDN"], 5, [15, 16], [], "Example Municipality (fictional)")
    for name, section in zip((LEAD, FIRST, SECOND, LEAD), ("cover", "context", "partners", "markers")):
        write(office[name], section, answers[section])
    write(office[SECOND], "annexes", {})
    for name, cells in ((FIRST, {"b.ilo.1.1": "900,000.00"}), (SECOND, {"b.iom.4.2": "800,000.50"})):
        desk = office[name]
        desk.open("/proposals/desks/budget", keep="budget")
        desk.enter(cells)
        desk.send("form.writing .buttons .button-primary")
        assert "Saved" in desk.keep("budget-saved")
    lead.open("/proposals/desks", keep="proposal")
    lead.click("Submit")
    lead.finish({}, keep="submit")
    assert "Version 1" in lead.keep("submitted")
    return re.search(r"SHA-256 ([0-9a-f]{64})", lead.text())[1]


def write(desk: Desk, section: str, answers: dict) -> None:
    desk.open(f"/proposals/desks/sections/{section}", keep=f"section-{section}")
    typed: dict[str, object] = {}
    for field, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            if len(value) > 1:
                desk.send(f"button[value='more.{field}']")
            typed |= {f"a.{field}.{number}.{column}": text for number, row in enumerate(value, 1) for column, text in row.items()}
        else:
            typed[f"a.{field}"] = value
    desk.enter(typed)
    if section == "annexes":
        desk.drop("[data-drop]:has([name='file.endorsement']) label", [("letter.pdf", PDF)])
        assert desk.was_over, "the place says that it takes what is above it"
        assert desk.page.locator("[name='file.endorsement']").evaluate("field => [...field.files].map(file => file.name)") == ["letter.pdf"]
        assert not desk.drop("main h1", [("elsewhere.pdf", PDF)]), "a file that misses its place does not open in place of the page"
    desk.send("form.writing .buttons .button-primary")
    assert "Saved" in desk.text()


def versions(fund: FundAtWork) -> int:
    return len(fund.focal["ilo"].get("/proposals/desks").json["versions"])


def test_three_organizations_write_one_proposal_and_submit_it_once(office: Office, fund: FundAtWork, written: str) -> None:
    lead = office[LEAD]
    assert versions(fund) == 1
    lead.go_back_and_press_again()
    assert versions(fund) == 1


def test_every_party_signs_that_very_version_on_its_page(office: Office, written: str) -> None:
    for name in (LEAD, FIRST, SECOND, "resident coordinator", "ministry", "mayor"):
        desk = office[name]
        desk.goto("/workspace")
        desk.click(f"Sign off “{TITLE}”")
        assert written in desk.text()
        if name in (LEAD, "mayor"):
            desk.keep("sign-off")
        desk.page.locator("main [name='signing']").first.check()
        desk.send("main .form .button-primary")
        assert "✓" in desk.text()
    assert "awaited" not in office["mayor"].keep("signed").lower()


def test_the_secretariat_screens_it(office: Office) -> None:
    officer = office["officer"]
    officer.open("/screening", keep="screenings")
    officer.click(TITLE)
    officer.keep("screening")
    officer.page.locator("[name='outcome'][value='eligible']").check()
    for number in range(1, officer.page.locator("input[name$='.criterion']").count() + 1):
        if not officer.page.locator(f"[name='criteria.{number}.answer']:checked").count():
            officer.enter({f"criteria.{number}.answer": "met", f"criteria.{number}.reason": "Seen by the secretariat (fictional)."})
    officer.enter({"words": "It may go on."})
    officer.send("main .form .button-primary")
    assert "The screening is on record" in officer.keep("screened")


def assign(office: Office, fund: FundAtWork, *numbers: int) -> None:
    officer = office["officer"]
    officer.open("/assessments", keep="assessments")
    officer.enter({"pairs.desks": [fund.reviewers[number - 1].id for number in numbers]})
    officer.click("Assign those that are ticked")
    assert "are assigned" in officer.keep("assigned")


def test_two_reviewers_assess_it_where_one_steps_back_and_one_has_a_keyboard_and_a_phone(browser, office: Office, fund: FundAtWork) -> None:
    assign(office, fund, 1, 2)
    second = office["reviewer 2"]
    second.open("/assessments", keep="own")
    second.click(TITLE)
    second.click("Step back")
    second.finish({"reason": "I have worked with one of them (fictional)."}, keep="step-back")
    assert second.is_refused("/assessments/desks"), "whoever stepped back reads nothing more"
    assign(office, fund, 3)

    first = office["reviewer 1"]
    first.open("/assessments")
    first.click(TITLE)
    for number in range(1, first.page.locator("input[name$='.criterion']").count() + 1):
        first.enter({f"scores.{number}.score": "5", f"scores.{number}.justification": "As the text shows (fictional)."})
    first.send("main .form [value='seal']")
    assert "Your assessment is sealed." in first.keep("sealed")

    third = Desk(browser, office.url, fund.reviewers[2], is_phone=True)
    office.desks["reviewer 3"] = third
    third.goto("/workspace")
    third.keep("desk")
    third.follow(f"Assess “{TITLE}”")
    third.keep("assessment")
    for number in range(1, third.page.locator("input[name$='.criterion']").count() + 1):
        third.reach(f"main [name='scores.{number}.score']")
        for _ in range(8):
            third.page.keyboard.press("ArrowDown")
            if third.page.locator(f"[name='scores.{number}.score'][value='4']").is_checked():
                break
        third.fill(f"scores.{number}.justification", "As the text shows (fictional).")
    third.press("main .form [value='seal']")
    assert "Your assessment is sealed." in third.keep("sealed")

    officer = office["officer"]
    officer.open("/assessments/desks", keep="assessment")
    officer.click("Conclude the assessment")
    assert "concluded" in officer.keep("concluded")


def item(desk: Desk, code: str, button: str, meeting: str = "first") -> None:
    """Presses what an item of the meeting offers."""
    desk.open(f"/committee/meetings/{meeting}")
    desk.click(button, within=f"#item-{code}, section:has(#item-{code})")


def test_the_committee_meets_on_the_cash_that_is_stated(office: Office) -> None:
    office["agent"].act("state-cash", {
        "as_of": datetime.date.today().isoformat(), "deposits": "5000000", "income": "1000", "fees": "50000", "reserved": "100000",
        "note": "From the ledger of the agent (fictional).", "file": ("statement.pdf", PDF)}, keep="cash")
    officer = office["officer"]
    officer.open("/committee", keep="committee")
    officer.click("Convene a meeting")
    officer.finish({"code": "first", "title": "First meeting (fictional)", "held_on": datetime.date.today().isoformat(), "venue": "Remote"}, keep="convene")
    assert all(title in officer.text() for title, *_ in PROPOSALS.values()), "what waits is on the agenda"
    officer.click("Record who is there")
    parts = officer.page.locator("main [name^='seats.'][name$='.seat']").evaluate_all("all => all.map(each => [each.name, each.value])")
    absent = next(name for name, value in parts if value == "stakeholders-1")
    officer.finish({absent.replace(".seat", ".part"): "absent"}, keep="attendance")
    officer.keep("meeting")
    officer.open("/committee")
    assert "4,851,000" in officer.text()


def test_one_interest_is_disclosed_and_another_member_leaves_the_item(office: Office) -> None:
    chair, left, stayed = (office[f"member for {seat}"] for seat in ("chair", "contributors-1", "contributors-2"))
    chair.open("/committee/meetings/first", keep="meeting")
    assert "You have an interest in this item, which the others see." in chair.text()
    item(left, "boats", "Declare an interest")
    left.finish({"statement": "My brother is a sailor (fictional)."}, keep="interest")
    stayed.open("/committee/meetings/first")
    stayed.page.locator("#remark-boats").evaluate("field => field.closest('details').open = true")
    stayed.page.locator("#remark-boats").fill("A remark that stays in the room.")
    stayed.send("form:has(#remark-boats) button")
    assert "stays in the room" in stayed.open("/committee/meetings/first", keep="meeting")
    assert "My brother is a sailor" in stayed.text(), "those who stay know why the other leaves"
    text = left.open("/committee/meetings/first", keep="meeting")
    assert "By the Terms you leave this item" in text and "stays in the room" not in text
    assert left.is_refused("/proposals/boats") and not stayed.is_refused("/proposals/boats")


def test_answers_are_given_and_one_is_recorded_for_somebody_with_the_letter(office: Office, fund: FundAtWork) -> None:
    stayed, officer = office["member for contributors-2"], office["officer"]
    item(stayed, "desks", "Answer")
    stayed.finish({"answer": "agrees"}, keep="answer")
    item(officer, "desks", "Record an answer for somebody")
    officer.finish({"answer": "agrees", "on_behalf_of.person": fund.members["countries-2"].id, "on_behalf_of.note": "By letter",
                    "on_behalf_of.document": ("letter.pdf", PDF)}, keep="answer-for")
    text = stayed.open("/committee/meetings/first")
    assert text.count("Agrees") >= 2 and "member-countries-2 (fictional)" in text


def test_two_selections_are_compared_suggestions_worked_out_and_one_is_proposed(office: Office) -> None:
    member = office["member for contributors-2"]
    for code, title, chosen in (("modest", "A modest slate (fictional)", ["desks"]), ("whole", "A whole slate (fictional)", ["desks", "boats"])):
        member.open("/committee/slates", keep="slates")
        member.enter({"code": code, "title": title})
        for proposal in chosen:
            member.page.locator(f"main input[type='checkbox'][value='{proposal}']").check()
        member.click("Save the selection")
        assert title in member.keep("slate")
    member.open("/committee/slates")
    member.page.select_option("[name='left']", "modest")
    member.page.select_option("[name='right']", "whole")
    member.send("form.filter button")
    text = member.keep("comparison")
    assert "A modest slate" in text and "A whole slate" in text and "1,819,000.53" in text and "3,638,001.06" in text
    member.open("/committee/slates/suggestions", keep="suggestions")
    member.click("Work them out")
    assert "/suggestions?" in member.page.url
    text = member.keep("suggested")
    assert "papers" not in member.page.locator("main h2").all_inner_texts(), text
    member.open("/committee/slates/modest")
    member.click("Propose a selection")
    member.finish({"meeting": "first"}, keep="propose")
    assert "modest" in office["officer"].open("/committee/meetings/first")


def decisions(fund: FundAtWork) -> int:
    return fund.auditor.page(f"{WORKSPACE}/audit.csv").text.count("record-decision")


def test_three_proposals_are_decided_three_ways_and_each_once(office: Office, fund: FundAtWork) -> None:
    officer = office["officer"]
    for number, (code, outcome) in enumerate(DECIDED.items(), 1):
        item(officer, code, "Record the decision")
        officer.finish({"outcome": outcome, "rationale": "As we agreed in the room (fictional).", "told": "The committee has decided."},
                       keep="decide")
        assert decisions(fund) == number
        officer.go_back_and_press_again()
        assert decisions(fund) == number
    officer.open("/committee/meetings/first", keep="meeting-decided")
    officer.click("Close the meeting")
    officer.finish({}, keep="close")


def test_the_document_of_one_is_approved_with_an_amount_for_each_organization(office: Office, fund: FundAtWork) -> None:
    officer, lead = office["officer"], office[LEAD]
    lead.act("consent-to-publish?proposal=desks", keep="consent")
    officer.open("/committee/pipeline", keep="pipeline")
    officer.act("invite-document?proposal=desks", {"reason": "There is money in sight (fictional)."}, keep="invite")
    fund.write("desks", "joint-programme-document")
    share_outputs(lead)
    assert fund.sign("desks", fund.submit("desks")) == 0
    fund.screen("desks")
    fund.convene("second", ["desks"], absent=("stakeholders-1",))
    item(officer, "desks", "Record the decision", "second")
    officer.finish({
        "outcome": "approved", "rationale": "As we agreed in the room (fictional).", "told": "The committee has decided.",
        "conditions.1.condition": "The workplan is revised", "conditions.1.owner": "ilo", "conditions.1.due": "2027-12-31"}, keep="approve")
    assert "/committee/meetings/second" in officer.page.url, "whoever records decisions goes on with the meeting"
    assert "1,819,000.53" in officer.keep("approved")
    assert "3,031,999.47" in officer.open("/committee")


def share_outputs(desk: Desk) -> None:
    """Splits an output in two on the grid of outputs and organizations, which adds up as one types, and by the same sums once it is saved."""
    desk.open("/proposals/desks/budget", keep="budget-outputs")
    assert desk.page.locator("[name='o.1.name']").input_value() == "Desks are open"
    desk.enter({"o.1.ilo": "500000", "o.2.name": "Desks are staffed", "o.2.ilo": "400000"})
    places = [f"[data-sum='{name}']" for name in ("o.1", "o.2", "p.ilo", "p.iom", "o")]
    sums = ["1,300,000.50", "400,000", "900,000", "800,000.50", "1,700,000.50"]
    assert [desk.page.locator(place).inner_text() for place in places] == sums
    desk.send("form.writing .buttons .button-primary")
    assert "Saved" in desk.text()
    desk.open("/proposals/desks/budget")
    assert [desk.page.locator(place).inner_text() for place in places] == sums
    assert desk.page.locator("[name='o.2.name']").input_value() == "Desks are staffed"


PUBLIC = ["", "/decisions", "/pipeline", "/pipeline/booklet", "/calls", "/statistics", "/programmes"]


def test_the_public_pages_show_exactly_what_was_decided(browser, office: Office, tmp_path: Path) -> None:
    portal = Portal(office.url)
    shown = {path: portal.request(f"/funds/{FUND}{path}", headers={"Accept": "text/html"}) for path in PUBLIC}
    sheets = sorted(set(re.findall(rf'href="/funds/{FUND}(/decisions/[^"?#]+)"', shown["/decisions"].text)))
    assert sheets, "the list of decisions leads to the sheet of each"
    shown |= {path: portal.request(f"/funds/{FUND}{path}", headers={"Accept": "text/html"}) for path in sheets}
    visitor = Desk(browser, office.url, office.people["officer"])
    for path, answer in shown.items():
        assert answer.status == 200, path
        for secret in NEVER_PUBLIC:
            assert secret not in answer.text, f"{path} shows “{secret}”"
        if answer.media_type == "text/html":
            visitor.sent[f"public{path.replace('/', '-')}"] = answer.text
    visitor.context.close()
    assert TITLE in shown["/decisions"].text and "1,819,000.53" in shown["/decisions"].text
    assert "Call of spring" in shown["/calls"].text
    assert_none(visitor.faults(tmp_path))


def test_the_audit_trail_shows_every_step_and_verifies(office: Office, fund: FundAtWork) -> None:
    auditor = office["auditor"]
    auditor.open("/audit", keep="audit")
    trail = fund.auditor.page(f"{WORKSPACE}/audit.csv").text
    for action in ("start-proposal", "submit-proposal", "sign-off-proposal", "screen-proposal", "assign-reviewer", "declare-conflict", "assess-proposal",
                   "conclude-assessment", "state-cash", "convene-meeting", "record-attendance", "declare-interest", "answer-item",
                   "save-slate", "propose-slate", "record-decision", "close-meeting", "consent-to-publish", "invite-document"):
        assert action in trail, action
    assert decisions(fund) == 4
    assert f"{FUND} " in command(fund.server, "audit", "verify")


def test_nothing_is_wrong_with_any_page_on_the_way(office: Office, tmp_path: Path) -> None:
    assert_none(office.faults(tmp_path))
