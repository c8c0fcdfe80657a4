"""People of a fund who come in as people do, and work through the JSON interface: for tests and benchmarks.

Each is invited on the command line, joins by the link with a password, sets up a second factor, and issues a token.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import http.client
import io
import json
import re
import subprocess
import time
import urllib.parse
import uuid
from dataclasses import dataclass
from html import unescape

from portal_server import PortalServer

PASSWORD = "copper lantern over the marsh"
# As a browser says of a form of the page itself.
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def code_of(secret: bytes, step: int) -> str:
    """The six digits of a step (RFC 6238)."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset:offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


@dataclass
class Answer:
    """What the server answered: a status and JSON, or a text."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> dict:
        return json.loads(self.body)


class Refused(AssertionError):
    """An action that was not performed, with what the server said."""

    def __init__(self, action: str, answer: Answer):
        self.status = answer.status
        super().__init__(f"{action} was answered with {answer.status}: {answer.text[:2000]}")


def command(server: PortalServer, *arguments: str) -> str:
    """What the command line says, through the running server."""
    run = subprocess.run(
        [server.binary, *arguments, "--database", f"sqlite:{server.database}"], capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, f"{' '.join(arguments)} ended with {run.returncode}: {run.stderr}"
    return run.stdout


class Person:
    """Somebody with a role in a fund, a session and a token."""

    # What everybody performed, with the fields that were sent.
    performed: list[tuple[str, dict]] = []

    def __init__(self, server: PortalServer, fund: str, email: str, role: str, organization: str, **options: str):
        self.port, self.fund, self.email = server.port, fund, email
        self.cookies: dict[str, str] = {}
        name = f"{email.split('@')[0]} (fictional)"
        arguments = ["people", "invite", email, "--role", role, "--organization", organization, "--fund", fund, "--name", name]
        for option, value in options.items():
            arguments += [f"--{option}", value]
        secret = re.search(r"/invitation\?secret=(\S+)", command(server, *arguments))[1]
        self.post("/invitation", {"secret": secret, "new-password": PASSWORD, "new-password-again": PASSWORD})
        self._set_up_second_factor()
        self.token = self._issue_token()
        self.id = self._id(server, name)

    def request(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def _with_cookies(self, headers: dict[str, str]) -> dict[str, str]:
        return headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Sends a form as a page of the site would."""
        answer = self.request("POST", path, self._with_cookies(FORM), urllib.parse.urlencode(fields).encode())
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        assert answer.status < 400, f"{path} was answered with {answer.status}: {answer.text[:3000]}"
        return answer

    def page(self, path: str) -> Answer:
        """A page of the workspace as this person sees it."""
        return self.request("GET", path, self._with_cookies({"Accept": "text/html"}))

    def browser_cookies(self) -> list[dict]:
        """For a browser that is to be this person."""
        return [{"name": name, "value": value, "url": f"https://127.0.0.1:{self.port}", "secure": True} for name, value in self.cookies.items()]

    def _set_up_second_factor(self) -> None:
        path = "/workspace/settings/second-factor"
        secret = re.search(r'name="secret" value="([0-9a-f]+)"|value="([0-9a-f]+)" name="secret"', self.page(path).text)
        digits = secret[1] or secret[2]
        self.secret = bytes.fromhex(digits)
        self.post(path, {"do": "set-up", "secret": digits, "code": code_of(self.secret, int(time.time()) // 30)})

    def _issue_token(self) -> str:
        answer = self.post("/workspace/settings/tokens", {"do": "issue", "name": "At work", "scope": "act", "fund": self.fund, "days": "30"})
        return unescape(re.search(r'id="token-secret"[^>]*>([^<]+)<', answer.text)[1])

    def _id(self, server: PortalServer, name: str) -> str:
        rows = csv.DictReader(io.StringIO(command(server, "people", "list", self.fund, "--format", "csv")))
        return next(row["person"] for row in rows if row["name"] == name)

    # The JSON interface.

    def get(self, path: str, fund: bool = True) -> Answer:
        """What stands under a path of the fund's part of the JSON interface."""
        prefix = f"/api/v1/funds/{self.fund}" if fund else "/api/v1"
        return self.request("GET", f"{prefix}{path}", {"Authorization": f"Bearer {self.token}"})

    def ask(self, action: str, fields: dict, key: str | None = None) -> Answer:
        """Asks for an action, whatever the answer."""
        return self.request(
            "POST", f"/api/v1/funds/{self.fund}/actions/{action}",
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "Idempotency-Key": key or uuid.uuid4().hex},
            json.dumps(fields).encode())

    def act(self, action: str, **fields) -> dict:
        """Performs an action, and gives its outcome."""
        answer = self.ask(action, fields)
        if answer.status != 200:
            raise Refused(action, answer)
        self.performed.append((action, fields))
        return answer.json["outcome"]


def file(name: str, content: bytes) -> dict[str, str]:
    """A file as a field of an action."""
    return {"name": name, "content": base64.b64encode(content).decode()}
