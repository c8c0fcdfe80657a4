"""A concept note is screened and assessed on a phone, without scripts; axe, the Nu validator and a look at the width find nothing on the pages."""

from __future__ import annotations

import json
import re
import uuid
from base64 import b64encode
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from portal_server import PortalServer

from portal import Portal, assert_none
from test_sign_in import Walk

FUND = "/workspace/funds/migration-mptf"
FORM = "application/x-www-form-urlencoded"
OFFICER = "Demonstration: Officer of the Fund Management Unit"
FOCAL_POINT = "Demonstration: Focal point of a participating UN organization"
REVIEWER = "Demonstration: Technical reviewer"

# Every script of the languages of the United Nations, and a text that only looks like markup.
PROSE = "Water – l'eau – el agua – вода – 水 – الماء <b>&</b>"


def sign_in(walk: Walk, account: str) -> None:
    walk.goto("/sign-in")
    with walk.page.expect_navigation():
        walk.page.locator("button", has_text=account).click()


def perform(walk: Walk, action: str, fields: dict[str, str], files: dict[str, dict[str, str]] | None = None) -> str:
    """Performs an action with its form, as whoever is signed in; gives what the page says."""
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in walk.context.cookies())
    typed = fields | {"step": "perform", "key": uuid.uuid4().hex} | ({"kept": json.dumps(files)} if files else {})
    answer = Portal(walk.url).request(
        f"{FUND}/actions/{action}", "POST", {"Cookie": cookies, "Origin": walk.url, "Content-Type": FORM}, urlencode(typed).encode())
    return "" if answer.status == 303 else unescape(answer.text)


def done(walk: Walk, action: str, fields: dict[str, str], files: dict[str, dict[str, str]] | None = None) -> None:
    said = perform(walk, action, fields, files)
    assert not said, f"{action}: {' '.join(re.findall('<li>(.*?)</li>', said))[:1_000]}"


def sections() -> dict[str, dict]:
    """A concept note that nothing is missing in."""
    return {
        "cover": {"title": "Wells on two banks (fictional)", "countries": ["MEX"], "thematic-area": "1", "objectives": ["1", "3"], "duration": "24"},
        "context": {
            "problem": PROSE, "change": PROSE, "groups": PROSE, "principles": ["a"], "principles-how": PROSE, "sustainability": PROSE,
            "risks": [{"risk": "Drought", "measure": PROSE}],
        },
        "partners": {
            "government-partners": [{"entity": "Ministry of Wells (fictional)", "part": PROSE}],
            "local-partners": [{"authority": "Example City (fictional)", "part": PROSE}], "consultations": PROSE,
        },
        "markers": {"human-rights": "A", "human-rights-why": PROSE, "gender": "2", "gender-why": PROSE, "child": PROSE},
    }


def choices(walk: Walk, action: str, field: str) -> list[str]:
    walk.goto(f"{FUND}/actions/{action}")
    return [value for value in walk.page.locator(f"[name='{field}'] option").evaluate_all("all => all.map(each => each.value)") if value]


def submit_a_proposal(walk: Walk, code: str) -> None:
    done_with = [organization for organization in choices(walk, "start-proposal", "lead")
                 if not perform(walk, "start-proposal", {"code": code, "call": "call-of-a-test", "lead": organization})]
    assert len(done_with) == 1, "a focal point begins a proposal for its own organization, and once"
    lead = done_with[0]
    other = next(name for name in ("ilo", "iom", "unhcr") if name != lead)
    done(walk, "add-organization", {"proposal": code, "organization": other})
    written = sections()
    written["budget"] = {"budget": [
        {"organization": lead, "category": "1", "year": "1", "amount": "900000"}, {"organization": other, "category": "4", "year": "2", "amount": "800000.50"}]}
    for section, answers in written.items():
        done(walk, "save-section", {
            "proposal": code, "document": "concept-note", "section": section, "revision": "0", "answers": json.dumps(answers)})
    letter = b64encode(b"%PDF-1.7 a letter").decode()
    done(walk, "attach-document", {"proposal": code, "document": "concept-note", "field": "endorsement"}, {"file": {"letter.pdf": letter}})
    done(walk, "submit-proposal", {"proposal": code})


def send(walk: Walk, selector: str) -> None:
    with walk.page.expect_navigation():
        walk.page.locator(selector).click()


def test_a_concept_note_is_screened_given_to_a_reviewer_and_scored_beside_its_text(browser, binary: Path, tmp_path: Path) -> None:
    server = PortalServer(binary, demonstration=True)
    code = "wells-of-a-test"
    try:
        server.start()
        walk = Walk(browser, server.url)
        sign_in(walk, OFFICER)
        done(walk, "open-call", {"code": "call-of-a-test", "title": "A call of a test (fictional)", "summary": "Wells."})
        walk.goto(f"{FUND}/screening")
        assert "Nothing waits to be screened." in walk.keep("screenings-none")
        walk.goto(f"{FUND}/assessments")
        walk.keep("assessments-none")
        sign_in(walk, FOCAL_POINT)
        submit_a_proposal(walk, code)

        sign_in(walk, OFFICER)
        assert "Screen “Wells on two banks (fictional)”" in walk.keep("desk")
        walk.goto(f"{FUND}/screening")
        walk.keep("screenings")
        walk.follow("Wells on two banks (fictional)")
        text = walk.keep("screening")
        assert PROSE in text and "Drought" in text and "letter.pdf" in text and "800,000.50" in text
        page = walk.page
        page.locator("[name='outcome'][value='eligible']").check()
        send(walk, "main .form .button-primary")
        assert "is not answered" in walk.keep("screening-refused")
        rules = page.locator("input[name$='.criterion']").count()
        for number in range(1, rules + 1):
            if not page.locator(f"[name='criteria.{number}.answer']:checked").count():
                page.locator(f"[name='criteria.{number}.answer'][value='met']").check()
                page.locator(f"[name='criteria.{number}.reason']").fill("Seen in the text.")
        page.locator("[name='words']").fill("It goes on to the reviewers.")
        send(walk, "main .form .button-primary")
        assert "The screening is on record" in walk.keep("screening-done")
        walk.goto(f"{FUND}/screening/{code}")
        assert "Seen in the text." in walk.keep("screening-recorded")

        walk.goto(f"{FUND}/assessments?propose=yes")
        assert page.locator("[name^='pairs.']:checked").count() == 1, "the only reviewer there is is proposed"
        walk.keep("assessments-proposed")
        send(walk, "main .form .button-primary")
        assert "are assigned" in walk.keep("assessments-assigned")
        walk.goto(f"{FUND}/assessments/{code}")
        walk.keep("assessment-waiting")

        sign_in(walk, REVIEWER)
        assert "Assess “Wells on two banks (fictional)”" in walk.keep("desk-of-the-reviewer")
        walk.goto(f"{FUND}/assessments")
        walk.keep("own")
        walk.follow("Wells on two banks (fictional)")
        assert PROSE in walk.keep("assessment")
        walk.press("main .form .button-primary")
        walk.keep("assessment-refused")
        for number in range(1, page.locator("input[name$='.criterion']").count() + 1):
            page.locator(f"[name='scores.{number}.score'][value='4']").check()
            page.locator(f"[name='scores.{number}.justification']").fill(PROSE)
        send(walk, "main .form [value='save']")
        assert "Nobody else sees it" in walk.keep("assessment-saved")
        send(walk, "main .form [value='seal']")
        assert "Your assessment is sealed." in walk.keep("assessment-sealed")
        walk.goto(f"{FUND}/actions/declare-conflict?proposal={code}")
        walk.keep("declare-conflict")

        sign_in(walk, OFFICER)
        walk.goto(f"{FUND}/assessments/{code}")
        assert "80.00" in walk.keep("assessment-scored")
        send(walk, "main .form [value='conclude']")
        assert "1 of 2 assessments" in walk.keep("assessment-not-concluded")
        for action in ("screen-proposal", "assign-reviewer", "withdraw-assignment", "conclude-assessment", "remind-reviewers"):
            walk.goto(f"{FUND}/actions/{action}")
            walk.keep(action)
        assert_none(walk.faults(tmp_path))
    finally:
        server.remove()
