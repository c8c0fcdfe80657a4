"""Proposals as they are written, submitted and signed: by several people at once, with files, sheets and Word forms, with scripts and without."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from portal import Portal, assert_none
from portal_server import PortalServer
from test_sign_in import PASSWORD, Codes, Walk, invite

FUND = "/workspace/funds/migration-mptf"
LEAD, OTHER, OFFICER = "lead@example.org", "other@example.org", "officer@example.org"


def join(browser, house: PortalServer, email: str, role: str, organization: str, scripts: bool = False) -> Walk:
    """Somebody who came by an invitation."""
    walk = Walk(browser, house.url)
    if scripts:
        walk.context.close()
        walk.context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        walk.page = walk.context.new_page()
        walk.page.on("response", walk._note)
    walk.goto(invite(house, email, role, organization))
    walk.page.fill("[name='new-password']", PASSWORD)
    walk.page.fill("[name='new-password-again']", PASSWORD)
    walk.page.locator("main .form .button-primary").click()
    if "second-factor" in walk.page.url:
        codes = Codes(walk.page.locator(".secret code").inner_text())
        walk.page.fill("[name='code']", codes.next())
        walk.page.locator("main .form .button-primary").click()
    walk.goto("/workspace")
    return walk


def send(walk: Walk, path: str, **fields: str) -> None:
    """Fills in the form of an action and confirms it."""
    walk.goto(path)
    for name, value in fields.items():
        field = walk.page.locator(f"main [name='{name}']").first
        field.select_option(value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
    walk.page.locator("main .form .button-primary").click()
    walk.page.locator("main .form .button-primary").click()


def save(walk: Walk) -> None:
    """Presses the button that saves the section or the budget."""
    walk.page.locator("form.writing .buttons .button-primary").click()


@pytest.fixture(scope="module")
def people(browser, request: pytest.FixtureRequest):
    """A house in which a call is open, and two organizations write a proposal."""
    house = PortalServer(request.getfixturevalue("binary"))
    try:
        house.start()
        officer = join(browser, house, OFFICER, "fmu-officer", "iom")
        send(officer, f"{FUND}/actions/open-call", code="spring", title="A call of a test (fictional)", summary="What is asked for.", closes="2099-12-31")
        lead = join(browser, house, LEAD, "puno-focal-point", "iom")
        send(lead, f"{FUND}/actions/start-proposal?call=spring", code="boats", lead="iom")
        send(lead, f"{FUND}/actions/add-organization?proposal=boats", organization="undp")
        other = join(browser, house, OTHER, "puno-focal-point", "undp")
        yield house, officer, lead, other
    finally:
        house.remove()


def test_two_organizations_write_one_section_at_once_and_lose_nothing(people) -> None:
    _, _, lead, other = people
    section = f"{FUND}/proposals/boats/sections/context"
    lead.goto(section)
    other.goto(section)
    lead.page.fill("[name='a.problem']", "What the one wrote: ماء 水 вода")
    save(lead)
    assert "Saved" in lead.keep("section-saved")
    other.page.fill("[name='a.problem']", "What the other wrote")
    other.page.fill("[name='a.change']", "A change that nobody else wrote")
    save(other)
    text = other.keep("section-two-texts")
    assert "What the one wrote: ماء 水 вода" in text and "What the other wrote" in text and "Nothing of what you wrote is lost" in text
    # Another day both are still there.
    other.goto(section)
    assert "What the other wrote" in other.keep("section-two-texts-again")
    other.page.locator("[name='take.problem'][value='both']").check()
    other.page.locator("main .form .button-primary").first.click()
    settled = other.page.locator("[name='a.problem']").input_value()
    assert settled == "What the one wrote: ماء 水 вода\n\nWhat the other wrote"
    assert other.page.locator("[name='a.change']").input_value() == "A change that nobody else wrote"
    other.keep("section-settled")


def test_rows_comments_and_owners_without_scripts(people) -> None:
    _, _, lead, other = people
    lead.goto(f"{FUND}/proposals/boats/sections/partners")
    lead.page.fill("[name='a.local-partners.1.authority']", "Example City (fictional)")
    lead.page.locator("button[value='more.local-partners']").click()
    assert lead.page.locator("[name='a.local-partners.4.authority']").count() == 1
    lead.page.fill("[name='a.local-partners.3.authority']", "Example Town (fictional)")
    save(lead)
    assert lead.page.locator("[name='a.local-partners.2.authority']").input_value() == "Example Town (fictional)", "an empty row is taken out"
    lead.page.fill("[name='remark']", "Do we know more of the town?")
    lead.page.locator("button[value='comment']").click()
    lead.page.select_option("[name='owner']", label=lead.page.locator("[name='owner'] option").nth(1).inner_text())
    lead.page.locator("button[value='own']").click()
    other.goto(f"{FUND}/proposals/boats/sections/partners")
    assert "Do we know more of the town?" in other.keep("section-commented")
    other.page.locator("button[value='settle']").click()
    assert "settled" in other.keep("section-comment-settled")


def workbook(rows: list[list[str]]) -> bytes:
    """A workbook with one sheet of texts and numbers; what begins with `=` is a formula with its value behind a bar."""

    def cell(value: str, place: str) -> str:
        if value.startswith("="):
            formula, _, result = value[1:].partition("|")
            return f'<c r="{place}"><f>{escape(formula)}</f>' + (f"<v>{result}</v>" if result else "") + "</c>"
        if re.fullmatch(r"-?\d+(\.\d+)?", value):
            return f'<c r="{place}"><v>{value}</v></c>'
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""

    lines = "".join(
        f'<row r="{number}">' + "".join(cell(value, f"{chr(65 + column)}{number}") for column, value in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="Budget" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData><mergeCells count="1"><mergeCell ref="A7:B7"/></mergeCells></worksheet>',
    }
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return output.getvalue()


def upload(walk: Walk, selector: str, name: str, content: bytes, button: str) -> None:
    walk.page.set_input_files(selector, {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    walk.page.locator(button).click()


READ = "button[value='read']"
HEAD = ["organization", "category", "year 1", "year 2", "year 3", "year 4"]


def test_a_budget_is_typed_read_from_sheets_and_taken_away(people, tmp_path: Path) -> None:
    _, _, lead, _ = people
    budget = f"{FUND}/proposals/boats/budget"
    lead.goto(budget)
    lead.page.fill("[name='b.iom.1.1']", "1,000,000.50")
    lead.page.fill("[name='b.undp.2.2']", "333.333,00")
    lead.page.fill("[name='b.undp.3.1']", "1,234")
    save(lead)
    text = lead.keep("budget-ambiguous")
    assert "can be read in two ways" in text and lead.page.locator("[name='b.undp.3.1']").input_value() == "1,234", "nothing is guessed"
    assert lead.page.locator("[name='b.iom.1.1']").input_value() == "1000000.50"
    assert lead.page.locator("[name='b.undp.2.2']").input_value() == "333333.00"

    rows = [HEAD, ["iom", "1", "1000000", "", "8.6999999999999993"], ["undp", "2", "", "=500*2|1000"], ["undp", "3", "=A1"], ["nobody", "1", "5"], ["iom", "1", "x"], ["iom"]]
    upload(lead, "[name='sheet']", "budget.xlsx", workbook(rows), READ)
    report = lead.keep("budget-report")
    for said in ("Amounts that were read: 3,", "Cells that were not: 2.", "“nobody” does not take part", "“x” is not an amount in USD", "C4", "are merged", "A formula gave the value"):
        assert said in report, said
    lead.page.locator("button[value='take']").click()
    assert "8.70" == lead.page.locator("[name='b.iom.1.3']").input_value(), lead.keep("budget-taken")
    assert lead.page.locator("[name='b.undp.3.1']").input_value() == "", "what was there is replaced"

    for ending in ("csv", "xlsx"):
        with lead.page.expect_download() as download:
            lead.page.locator(f"a[href$='budget.{ending}']").click()
        file = Path(download.value.path()).read_bytes()
        upload(lead, "[name='sheet']", f"budget.{ending}", file, READ)
        assert "Cells that were not: 0." in lead.keep(f"budget-again-{ending}"), ending
        lead.goto(budget)

    many = "\n".join([",".join(HEAD)] + ["iom,1,1"] * 1_000_000).encode()
    for name, content, said in (
        ("no-column.csv", b"organization,year 1\niom,1\n", "no column “category”"), ("many.csv", many, "1000001 lines"),
        ("page.xlsx", b"<!DOCTYPE html><p>", "HTML"), ("bomb.xlsx", bomb(workbook(rows), "xl/worksheets/sheet1.xml"), "zip bomb"),
    ):
        upload(lead, "[name='sheet']", name, content, READ)
        assert said in lead.keep(f"budget-refused-{name.split('.')[0]}"), name
        lead.goto(budget)
    assert lead.page.locator("[name='b.iom.1.1']").input_value() == "1000000.00", "nothing was taken of what was refused"


def bomb(file: bytes, part: str) -> bytes:
    """The office file with a part that is a thousand times as large unpacked."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as archive, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as written:
        for name in archive.namelist():
            content = archive.read(name)
            written.writestr(name, content + b" " * 50_000_000 if name == part else content)
    return output.getvalue()


def test_files_are_what_they_hold_and_not_what_they_are_called(people) -> None:
    _, _, lead, other = people
    lead.goto(f"{FUND}/proposals/boats/sections/annexes")
    for name, content, said in (("letter.pdf", b"<!DOCTYPE html><script>alert(1)</script>", "HTML"), ("letter.docx", bomb(workbook([HEAD]), "xl/workbook.xml"), "archive")):
        lead.page.set_input_files("[name='file.endorsement']", {"name": name, "mimeType": "application/pdf", "buffer": content})
        save(lead)
        assert said in lead.keep(f"file-refused-{name.split('.')[1]}"), name
    lead.page.set_input_files("[name='file.endorsement']", {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a letter"})
    save(lead)
    assert "letter.pdf" in lead.keep("file-attached")
    other.goto(f"{FUND}/proposals/boats")
    with other.page.expect_download() as download:
        other.page.locator("a", has_text="letter.pdf").click()
    assert Path(download.value.path()).read_bytes() == b"%PDF-1.7 a letter"


def test_the_form_goes_out_as_a_word_file_and_its_answers_come_back(people) -> None:
    _, _, lead, other = people
    offline = f"{FUND}/proposals/boats/offline"
    lead.goto(offline)
    lead.keep("offline")
    with lead.page.expect_download() as download:
        lead.page.locator("a[href$='form.docx']").click()
    file = Path(download.value.path()).read_bytes()
    upload(lead, "[name='file']", "form.docx", file, READ)
    assert "It says what is saved already" in lead.keep("offline-same")

    written = changed(file, "A change that nobody else wrote", "A change that was written in Word")
    # While it was away, somebody saved the section.
    other.goto(f"{FUND}/proposals/boats/sections/context")
    other.page.fill("[name='a.groups']", "Groups that were added meanwhile")
    save(other)
    lead.goto(offline)
    upload(lead, "[name='file']", "form.docx", written, READ)
    report = lead.keep("offline-report")
    assert "A change that was written in Word" in report and "since the form was downloaded" in report
    lead.page.locator("button[value='take']").click()
    assert "Groups that were added meanwhile" in lead.keep("offline-two-texts")
    lead.page.locator("[name='take.change'][value='mine']").check()
    lead.page.locator("[name='take.groups'][value='saved']").check()
    lead.page.locator("main .form .button-primary").first.click()
    assert lead.page.locator("[name='a.change']").input_value() == "A change that was written in Word"
    assert lead.page.locator("[name='a.groups']").input_value() == "Groups that were added meanwhile"
    lead.goto(offline)
    upload(lead, "[name='file']", "form.docx", bomb(file, "word/document.xml"), READ)
    assert "zip bomb" in lead.keep("offline-bomb")


def changed(file: bytes, old: str, new: str) -> bytes:
    """The Word file with another answer."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as archive, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as written:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            written.writestr(name, content)
    return output.getvalue()


ANSWERS = {
    "cover": {"title": "Boats for two banks (fictional)", "countries": ["THA"], "thematic-area": 1, "objectives": [0, 1], "duration": "24"},
    "context": {"problem": "A problem", "change": "A change", "groups": "Groups", "principles": [0], "principles-how": "So", "sustainability": "This",
                "risks.1.risk": "A risk", "risks.1.measure": "A measure"},
    "partners": {"government-partners.1.entity": "Ministry of Boats (fictional)", "government-partners.1.part": "Steers",
                 "local-partners.1.part": "Lends the quay", "local-partners.2.part": "Lends a boat", "consultations": "With all"},
    "markers": {"human-rights": -1, "human-rights-why": "Because", "gender": -1, "gender-why": "Because", "child": "Considered"},
}


def write(walk: Walk, code: str) -> None:
    """Answers everything that the concept note asks for, besides the budget and the files."""
    for section, answers in ANSWERS.items():
        walk.goto(f"{FUND}/proposals/{code}/sections/{section}")
        for name, answer in answers.items():
            field = walk.page.locator(f"[name='a.{name}']")
            kind = field.first.evaluate("e => e.tagName + e.type")
            for one in answer if isinstance(answer, list) else [answer]:
                if kind.startswith("SELECT"):
                    field.select_option(index=one if one >= 0 else field.locator("option").count() - 1)
                elif isinstance(one, int):
                    field.nth(one if one >= 0 else field.count() - 1).check()
                elif kind == "INPUTcheckbox":
                    walk.page.locator(f"[name='a.{name}'][value='{one}']").check()
                else:
                    field.first.fill(one)
        save(walk)
        assert "Saved" in walk.keep(f"written-{section}"), section


def test_a_proposal_is_submitted_once_signed_off_and_compared(people, tmp_path: Path) -> None:
    house, officer, lead, other = people
    write(lead, "boats")
    lead.goto(f"{FUND}/proposals/boats/budget")
    lead.page.fill("[name='b.iom.1.1']", "1500000")
    save(lead)
    lead.goto(f"{FUND}/proposals/boats")
    text = lead.keep("proposal-complete")
    assert "missing or to be put right" not in text, text
    lead.page.locator("a", has_text=re.compile("^Submit$")).click()
    lead.page.locator("main .form .button-primary").click()
    sent = dict(lead.page.locator("main form input[type=hidden]").evaluate_all("fields => fields.map(f => [f.name, f.value])"))
    lead.page.locator("main .form .button-primary").click()
    submitted = lead.keep("proposal-submitted")
    assert "Version 1" in submitted and "Version 2" not in submitted
    # Back, and the same once more, as a browser sends it that is told to: nothing is doubled.
    again = lead.context.request.post(
        f"{house.url}{FUND}/actions/submit-proposal", form=sent | {"step": "perform"}, headers={"Origin": house.url}, max_redirects=0)
    assert again.status == 303
    lead.goto(f"{FUND}/proposals/boats")
    assert "Version 2" not in lead.keep("proposal-once")

    digest = lead.page.locator(".digest code").first.inner_text()
    lead.goto(f"{FUND}/proposals/boats/signature-page")
    assert digest in lead.keep("signature-page")
    lead.page.emulate_media(media="print")
    paper = tmp_path / "page.pdf"
    lead.page.pdf(path=paper, format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes())) == 1, "one sheet of paper"
    lead.page.emulate_media(media="screen")
    other.goto("/workspace")
    other.page.locator("a", has_text="Sign off “").first.click()
    assert digest in other.keep("sign-off")
    other.page.set_input_files("[name='page']", {"name": "page.pdf", "mimeType": "application/pdf", "buffer": b"<html><p>no page"})
    other.page.locator("[name='signing']").first.check()
    other.page.locator("main .form .button-primary").click()
    assert "HTML" in other.keep("sign-off-refused")
    other.page.set_input_files("[name='page']", {"name": "page.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + digest.encode()})
    other.page.locator("[name='signing']").first.check()
    other.page.locator("main .form .button-primary").click()
    assert "on paper" in other.keep("proposal-signed")

    send(officer, f"{FUND}/actions/return-proposal?proposal=boats", reason="Say more of the water.")
    lead.goto(f"{FUND}/proposals/boats")
    assert "Say more of the water." in lead.keep("proposal-returned")
    lead.goto(f"{FUND}/proposals/boats/sections/context")
    lead.page.fill("[name='a.problem']", "More of the water")
    save(lead)
    send(lead, f"{FUND}/actions/submit-proposal?proposal=boats")
    lead.goto(f"{FUND}/proposals/boats/compare?from=1&to=2")
    text = lead.keep("compare")
    assert "More of the water" in text and "Context and problem" in text and "1 field differs" in text
    for name, walk, path in (
        ("preview", lead, "boats/preview"), ("preview-officer", officer, "boats/preview?version=1"), ("list", lead, ""), ("list-officer", officer, "?sort=budget"),
        ("proposal-officer", officer, "boats"), ("section-officer", officer, "boats/sections/context"), ("budget-read", officer, "boats/budget"),
    ):
        walk.goto(f"{FUND}/proposals/{path}".rstrip("/"))
        walk.keep(name)
        assert walk._document.status == 200, path
    for name, path in (("calls", "calls"), ("call", "calls/spring")):
        officer.goto(f"{FUND}/{path}")
        officer.keep(name)
        Portal(house.url).request(f"/funds/migration-mptf/{path}")
        lead.goto(f"/funds/migration-mptf/{path}")
        lead.keep(f"public-{name}")
        assert "A call of a test (fictional)" in lead.page.locator("main").inner_text()
    lead.goto("/workspace/settings/my-data")
    assert "boats, context" in lead.keep("my-data")


def test_nothing_is_wrong_with_any_of_the_pages(people, tmp_path: Path) -> None:
    _, officer, lead, other = people
    lead.sent |= officer.sent | other.sent
    assert len(lead.sent) > 40
    assert_none(lead.faults(tmp_path))


def test_what_is_typed_is_saved_by_itself_counted_and_added_up(browser, people) -> None:
    house, _, _, other = people
    writer = join(browser, house, "writer@example.org", "puno-focal-point", "iom", scripts=True)
    errors: list[str] = []
    writer.page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    writer.page.on("pageerror", lambda error: errors.append(str(error)))
    send(writer, f"{FUND}/actions/start-proposal?call=spring", code="rafts", lead="iom")
    send(writer, f"{FUND}/actions/add-organization?proposal=rafts", organization="undp")
    section = f"{FUND}/proposals/rafts/sections/context"
    writer.goto(section)
    writer.page.fill("[name='a.problem']", "three short words")
    assert writer.page.locator("[data-counts]").first.inner_text().startswith("3 of")
    writer.page.get_by_text(re.compile(r"Saved at \d\d:\d\d")).wait_for(timeout=20_000)
    other.goto(section)
    assert other.page.locator("[name='a.problem']").input_value() == "three short words"
    # Somebody else saves: what is typed here goes on being kept, and both are shown.
    other.page.fill("[name='a.problem']", "four words by another")
    save(other)
    writer.page.fill("[name='a.problem']", "what I typed since")
    writer.page.locator("[data-autosave-state] a").wait_for(timeout=20_000)
    assert writer.page.locator("[name='a.problem']").input_value() == "what I typed since"
    writer.page.locator("[data-autosave-state] a").click()
    text = writer.page.locator("main").inner_text()
    assert "what I typed since" in text and "four words by another" in text

    writer.goto(f"{FUND}/proposals/rafts/budget")
    writer.page.fill("[name='b.iom.1.1']", "1,000.50")
    writer.page.fill("[name='b.undp.1.2']", "99.5")
    assert writer.page.locator("[data-sum='d']").inner_text() == "1,100"
    assert writer.page.locator("[data-sum='i']").inner_text() == "77"
    typed = [writer.page.locator(f"[data-sum='{name}']").inner_text() for name in ("i.iom", "i.undp", "t.iom", "t")]
    writer.page.fill("[name='b.undp.1.3']", "1,234")
    assert writer.page.locator("[name='b.undp.1.3']").get_attribute("aria-invalid") == "true"
    writer.page.fill("[name='b.undp.1.3']", "")
    save(writer)
    assert typed == [writer.page.locator(f"[data-sum='{name}']").inner_text() for name in ("i.iom", "i.undp", "t.iom", "t")], "as the server has it"
    assert not errors, errors


def test_a_call_that_has_closed_takes_nothing_and_keeps_the_draft(people) -> None:
    _, officer, lead, _ = people
    end = time.gmtime(time.time() + 85)
    # The fund's time zone is not the machine's: the end is taken from what the page says.
    send(officer, f"{FUND}/actions/open-call", code="short", title="A short call (fictional)", summary="Be quick.", closes=local(officer, end))
    send(lead, f"{FUND}/actions/start-proposal?call=short", code="late", lead="iom")
    send(lead, f"{FUND}/actions/add-organization?proposal=late", organization="undp")
    lead.goto(f"{FUND}/proposals/late/sections/context")
    lead.page.fill("[name='a.problem']", "Written in time")
    save(lead)
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        lead.goto("/funds/migration-mptf/calls/short")
        if "Closed" in lead.page.locator(".lead").inner_text():
            break
        time.sleep(1)
    lead.goto(f"{FUND}/actions/submit-proposal?proposal=late")
    lead.page.locator("main .form .button-primary").click()
    assert "closed at" in lead.keep("late") and "what is written is kept" in lead.keep("late").lower()
    lead.goto(f"{FUND}/proposals/late/sections/context")
    assert lead.page.locator("[name='a.problem']").input_value() == "Written in time"


def local(walk: Walk, moment: time.struct_time) -> str:
    """A moment as the clocks of the fund's time zone show it, to the minute that comes next."""
    from datetime import datetime, timezone
    from zoneinfo import ZoneInfo

    walk.goto("/funds/migration-mptf/calls")
    zone = re.search(r"time zone, ([A-Za-z_/]+)\.", walk.page.locator("main").inner_text())[1]
    return datetime(*moment[:6], tzinfo=timezone.utc).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
