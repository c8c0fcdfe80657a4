"""The workspace of a fund that has worked through a round: what every page of the demonstration promises, for pages that are full."""

from __future__ import annotations

import pytest

from fund_at_work import FundAtWork
from portal import Portal
from test_workspace import (  # noqa: F401
    Account, crawl_as, kind, test_axe_finds_nothing_and_no_page_of_the_workspace_scrolls_sideways_or_breaks_a_policy,
    test_every_link_of_the_workspace_leads_to_an_answer_for_whoever_sees_it,
    test_every_page_of_the_workspace_has_one_heading_its_title_and_its_language,
    test_no_page_of_the_workspace_is_kept_by_anybody_in_between, test_the_nu_validator_finds_no_error_in_the_workspace,
    test_the_tab_key_reaches_everything_in_the_workspace, test_the_workspace_reads_the_same_without_scripts)


# One of each kind: what the others see has the same make-up.
WHO = ["officer", "auditor", "focal point of ilo", "reviewer 1", "member for contributors-1", "member for contributors-2"]


@pytest.fixture(scope="module")
def house(journey: FundAtWork) -> Portal:
    return Portal(journey.server.url)


@pytest.fixture(scope="module")
def accounts(journey: FundAtWork, house: Portal) -> list[Account]:
    return crawl_as(house, [(name, journey.everybody[name].browser_cookies()) for name in WHO])


def test_links_lead_to_every_kind_of_page_that_work_is_done_on(accounts: list[Account]) -> None:
    kinds = {kind(page.path).split("/")[0] for account in accounts for page in account.site.pages}
    missing = {"proposals", "calls", "screening", "assessments", "committee"} - kinds
    assert not missing, f"no link leads to {missing}; there are {sorted(kinds)}"
