"""What Chromium sees on every page: access for all, no sideways scroll, nothing from elsewhere, little weight."""

from __future__ import annotations

from portal import FUND, Portal, Site, assert_none, words
from visits import Visit

MOST_BYTES = 60_000


def test_axe_finds_nothing_on_any_page_in_light_and_dark_wide_and_on_a_phone(visits: list[Visit]) -> None:
    faults = [f"{visit.target} at {finding}" for visit in visits for finding in visit.findings]
    assert_none(faults)


def test_no_page_scrolls_sideways_when_narrow_enlarged_or_printed(visits: list[Visit]) -> None:
    faults = [f"{visit.target} {fault}" for visit in visits for fault in visit.sideways]
    assert_none(faults)


def test_no_page_loads_anything_from_elsewhere(visits: list[Visit]) -> None:
    faults = [f"{visit.target} asks for {address}" for visit in visits for address in visit.elsewhere]
    assert_none(faults)


def test_no_page_has_an_error_on_the_console_or_breaks_its_own_content_security_policy(visits: list[Visit]) -> None:
    faults = [f"{visit.target}: {error}" for visit in visits for error in visit.errors]
    assert_none(faults)


def test_every_page_weighs_at_most_60_kb_over_the_wire(visits: list[Visit]) -> None:
    heaviest = max(visits, key=lambda visit: visit.weight)
    print(f"heaviest page: {heaviest.target}, {heaviest.weight} bytes")
    faults = [
        f"{visit.target} weighs {visit.weight} bytes: {', '.join(f'{bytes} {address}' for address, bytes in visit.parts.items())}"
        for visit in visits if visit.weight > MOST_BYTES
    ]
    assert_none(faults)
    assert all(visit.weight > 0 for visit in visits), "the weight of a page was not measured"


def test_every_page_reads_the_same_without_scripts(browser, portal: Portal, visits: list[Visit]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    # A page without a script is the same by itself; the overview stands for those.
    for visit in visits:
        if visit.scripts == 0 and visit.target != FUND:
            continue
        page.goto(portal.url + visit.target)
        without = page.locator("body").inner_text()
        if words(without) != words(visit.text):
            faults.append(f"{visit.target} reads differently without scripts")
    context.close()
    assert_none(faults)


def test_the_filter_of_the_programmes_works_without_scripts(browser, portal: Portal) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal.url}{FUND}/programmes")
    form = page.locator("form", has=page.locator("select")).first
    rows = page.locator("main table tbody tr").count()
    choices = form.locator("select").first
    name = choices.get_attribute("name")
    offered = [option for option in choices.locator("option").evaluate_all("options => options.map(o => o.value)") if option]
    assert offered, "the form offers no choice"
    counts = []
    for value in offered:
        page.goto(f"{portal.url}{FUND}/programmes")
        form.locator("select").first.select_option(value)
        form.locator("button[type=submit], button:not([type]), input[type=submit]").first.click()
        page.wait_for_load_state()
        assert f"{name}={value}" in page.url, f"the form sent {page.url}"
        assert form.locator("select").first.input_value() == value, "the form forgot what was chosen"
        counts.append(page.locator("main table tbody tr").count())
    context.close()
    assert any(count < rows for count in counts), f"no choice of {name} narrows the list of {rows}"


def test_the_map_names_every_country_that_it_marks_and_carries_the_disclaimer(browser, portal: Portal, site: Site) -> None:
    maps = [page for page in site.with_distinct_paths() if "countries/" in page.answer.text and page.outline.all("svg")]
    page = browser.new_page()
    faults: list[str] = []
    marked = 0
    for candidate in maps:
        page.goto(portal.url + candidate.target)
        links = page.evaluate("""() => [...document.querySelectorAll('svg a')].map(a => ({
            href: a.getAttribute('href') || a.getAttribute('xlink:href') || '',
            label: a.getAttribute('aria-label') || a.querySelector('title')?.textContent || a.textContent || '',
        })).filter(link => link.href.includes('/countries/'))""")
        if not links:
            continue
        marked += len(links)
        faults += [f"{candidate.target}: the link to {link['href']} has no name" for link in links if not link["label"].strip()]
        # The same countries stand in a table or list, for those who do not see the map.
        listed = page.evaluate("[...document.querySelectorAll('a')].filter(a => !a.closest('svg')).map(a => a.getAttribute('href'))")
        faults += [f"{candidate.target}: {link['href']} is on the map alone" for link in links if link["href"] not in listed]
        if "boundaries and names shown" not in words(page.locator("body").inner_text()).lower():
            faults.append(f"{candidate.target} shows a map without the disclaimer on boundaries and names")
    page.close()
    assert marked, "no page has a map that marks a country"
    assert_none(faults)
