"""People of a fund at their desks, each in a browser of their own: what they click and type on the pages of the workspace."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Error

from fund_at_work import FUND
from people_at_work import Person
from portal import Outline, words
from test_sign_in import Walk

WORKSPACE = f"/workspace/funds/{FUND}"
PDF = b"%PDF-1.7\n% A paper (fictional)\n"


class Desk(Walk):
    """A person who is signed in, with scripts and a mouse, unless they ask for a phone without."""

    def __init__(self, browser, url: str, person: Person, is_phone: bool = False):
        super().__init__(browser, url)
        if not is_phone:
            self.context.close()
            self.context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
            self.page = self.context.new_page()
            self.page.on("response", self._note)
        self.context.add_cookies(person.browser_cookies())
        self.person = person
        self.posted = None
        self.was_over = False
        self.page.on("request", self._note_form)

    def _note_form(self, request) -> None:
        if request.method == "POST":
            self.posted = request

    def go_back_and_press_again(self) -> None:
        """What a browser does when one goes back to a form that was sent, and lets it be sent once more."""
        sent = self.posted
        try:
            self.page.go_back()
        except Error as error:
            # The page is nobody's to keep: Chromium asks whether to send the form again, and the answer is yes.
            assert "ERR_CACHE_MISS" in str(error), error
        headers = {"Content-Type": sent.headers["content-type"], "Origin": self.url}
        answer = self.context.request.post(sent.url, data=sent.post_data_buffer, headers=headers)
        assert answer.status == 200, f"{sent.url}, sent twice, is answered with {answer.status}"

    def open(self, path: str, keep: str = "") -> str:
        """Opens a page of the fund's part of the workspace, and gives its text."""
        self.goto(WORKSPACE + path)
        assert self._document.status == 200, f"{path} answers {self._document.status} to {self.person.email}"
        return self.keep(keep) if keep else self.text()

    def is_refused(self, path: str) -> bool:
        self.goto(WORKSPACE + path)
        return self._document.status in (403, 404)

    def text(self) -> str:
        return words(self.page.locator("body").inner_text())

    def click(self, button: str, within: str = "main") -> None:
        """Presses the button, or follows the link, that says this."""
        found = self.page.locator(within).locator("button:not(.first-button), a").filter(has_text=button)
        assert found.count(), f"nothing says “{button}” on {self.page.url}: {self.text()[:2000]}"
        with self.page.expect_navigation():
            found.first.click()

    def enter(self, fields: dict[str, object]) -> None:
        """Types, chooses and ticks what a form asks for: a list for boxes, a tuple of name and content for a file."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']:not([type='hidden'])")
            assert field.count(), f"there is no field {name} on {self.page.url}"
            kind = field.first.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
            if isinstance(value, tuple):
                file = {"name": value[0], "mimeType": "application/octet-stream", "buffer": value[1]}
                field.first.set_input_files(file)
            elif kind in ("radio", "checkbox"):
                for one in value if isinstance(value, list) else [value]:
                    self.page.locator(f"main [name='{name}'][value='{one}']").check()
            elif kind == "select":
                field.first.select_option(value)
            else:
                field.first.fill(str(value))

    def drop(self, place: str, files: list[tuple[str, bytes]]) -> bool:
        """Drags files from elsewhere onto a place and lets them go; whether the browser would have opened them instead of the page."""
        carried = self.page.evaluate_handle(
            """files => {
                const carried = new DataTransfer();
                for (const [name, text] of files) carried.items.add(new File([text], name, { type: "application/pdf" }));
                return carried;
            }""", [[name, content.decode("latin-1")] for name, content in files])
        over, opens = self.page.evaluate(
            """([selector, carried]) => {
                const place = document.querySelector(selector);
                const send = kind => place.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
                send("dragover");
                const over = place.closest("[data-drop]")?.classList.contains("dropping") ?? false;
                return [over, send("drop")];
            }""", [place, carried])
        self.was_over = over
        return opens

    def act(self, path: str, fields: dict[str, object] | None = None, keep: str = "") -> str:
        """Fills in the form of an action, looks at what it will do, and does it; gives the page that follows."""
        if path:
            self.goto(f"{WORKSPACE}/actions/{path}")
        return self.finish(fields or {}, keep)

    def finish(self, fields: dict[str, object], keep: str = "") -> str:
        """The same from the form that is open."""
        self.enter(fields)
        if keep:
            self.keep(f"{keep}-form")
        self.send("main form .buttons .button")
        assert self.page.locator("main [name='step'][value='perform']").count(), f"{self.page.url}: {self.text()[:3000]}"
        if keep:
            self.keep(f"{keep}-preview")
        self.send("main [name='step'][value='perform']")
        assert "done=" in self.page.url and self._document.status == 200, f"{self.page.url}: {self.text()[:3000]}"
        return self.text()

    def send(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


def typical(pages: dict[str, str]) -> set[str]:
    """The names of those pages that have a kind of element which none before them has: the others are made of the same."""
    names, seen = set(), set()
    for name, html in pages.items():
        shapes = {(element.tag, *sorted(element.classes), element.attributes.get("type"), element.attributes.get("role"))
                  for element in Outline(html).elements}
        if not shapes <= seen:
            names.add(name)
            seen |= shapes
    return names


class Office:
    """Everybody's desk, opened when it is needed, and what every page showed."""

    def __init__(self, browser, url: str, people: dict[str, Person]):
        self.browser, self.url, self.people = browser, url, people
        self.desks: dict[str, Desk] = {}

    def __getitem__(self, name: str) -> Desk:
        if name not in self.desks:
            self.desks[name] = Desk(self.browser, self.url, self.people[name])
        return self.desks[name]

    def faults(self, folder: Path) -> list[str]:
        """What axe, the Nu validator and a look at the width find on all that was kept."""
        walk = Walk(self.browser, self.url)
        for name, desk in self.desks.items():
            walk.sent |= {f"{name} {page}".replace(" ", "-"): html for page, html in desk.sent.items()}
        return walk.faults(folder, typical(walk.sent))

    def close(self) -> None:
        for desk in self.desks.values():
            desk.context.close()
