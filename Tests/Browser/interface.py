"""The JSON interface as it describes itself, for tests of what it takes and answers."""

from __future__ import annotations

from jsonschema import Draft202012Validator

from portal import Portal

FUND_PATH = "/api/v1/funds/{fund}"


class Interface:
    """What a server says of its JSON interface."""

    def __init__(self, portal: Portal):
        self.portal = portal
        self.description = portal.request("/api/v1/openapi.json").json
        self.paths = self.description["paths"]

    def problems_of_body(self, action: str, fields: dict) -> list[str]:
        """What is wrong with the body of a request, by its description."""
        operation = self.paths[f"{FUND_PATH}/actions/{action}"]["post"]
        return self._problems(operation["requestBody"]["content"]["application/json"]["schema"], fields)

    def problems_of_list(self, fund: str, path: str, query: str = "") -> list[str]:
        """What is wrong with the answer that a list gives, by its description."""
        answer = self.portal.request(f"/api/v1/funds/{fund}/{path}{query}")
        assert answer.status == 200, f"{path}{query} was answered with {answer.status}"
        return self._problems(self.answer_of(f"{FUND_PATH}/{path}"), answer.json)

    def answer_of(self, path: str) -> dict:
        """The schema of what is answered to a reading."""
        return self.paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

    def _problems(self, schema: dict, value: object) -> list[str]:
        validator = Draft202012Validator(schema | {"components": self.description["components"]})
        return [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(value)]
