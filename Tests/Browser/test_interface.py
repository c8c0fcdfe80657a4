"""The JSON interface is as it describes itself at /api/v1/openapi.json."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from interface import FUND_PATH, Interface
from portal import FUND, Portal

LISTS = ["figures", "contributors", "contributions", "programmes", "statements", "balance", "local-engagement", "ledger/entries",
         "ledger/balances", "calls", "decisions"]


@pytest.fixture(scope="module")
def interface(portal: Portal) -> Interface:
    return Interface(portal)


def test_the_description_is_openapi(interface: Interface) -> None:
    assert interface.description["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(interface.description).iter_errors()] == []


def test_every_operation_says_what_it_does_and_has_a_name_of_its_own(interface: Interface) -> None:
    operations = [operation for path in interface.paths.values() for operation in path.values()]
    assert all(operation["summary"] and "⟨" not in str(operation) for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers_as_it_is_described(interface: Interface, path: str) -> None:
    assert interface.problems_of_list(FUND.removeprefix("/funds/"), path) == []


@pytest.mark.parametrize("query", ["?as-of=1990-01-01", "?limit=1", "?counting=budgets&status=operational", "?region=unknown"])
def test_a_list_of_programmes_answers_as_it_is_described_whatever_is_asked(interface: Interface, query: str) -> None:
    assert interface.problems_of_list(FUND.removeprefix("/funds/"), "programmes", query) == []


def test_no_list_is_left_out(interface: Interface) -> None:
    described = {path.removeprefix(f"{FUND_PATH}/") for path in interface.paths if "get" in interface.paths[path]}
    assert set(LISTS) <= described
