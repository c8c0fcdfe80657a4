"""What made-up organizations and people write by the forms of Funds/migration-mptf: for tests, benchmarks and pictures. Everything is fictional."""

from __future__ import annotations

LETTER = b"%PDF-1.7\n% A letter of endorsement (fictional)\n"


def concept_note(title: str, countries: list[str], area: int, objectives: list[int], budget: list[dict], municipality: str) -> dict[str, dict]:
    """The answers by section; the files of the annexes are attached apart."""
    return {
        "cover": {
            "title": title, "countries": countries, "thematic-area": str(area), "objectives": [str(number) for number in objectives], "duration": "24",
        },
        "context": {
            "problem": "People who arrive do not find the services that are there for them (fictional).",
            "change": "They are told of the services in their own languages, and reach them.",
            "groups": "Some 2,000 people on the move and the neighbourhoods that they come to, asked in two meetings.",
            "principles": ["a", "i"], "principles-how": "What is offered is decided together with those for whom it is.",
            "sustainability": "The municipality keeps the desks in its own budget.",
            "risks": [{"risk": "Few people come", "measure": "The desks go to where they are."}],
        },
        "partners": {
            "government-partners": [
                {"entity": "Ministry of Labour (fictional)", "part": "Gives the permits."},
                {"entity": "Ministry of the Interior (fictional)", "part": "Opens its offices."},
            ],
            "local-partners": [{"authority": municipality, "part": "Runs the desks."}],
            "society-partners": [{"partner": "Association of newcomers (fictional)", "part": "Says what is needed."}],
            "consultations": "With the municipality and the association, in spring.",
        },
        "markers": {
            "human-rights": "A", "human-rights-why": "Rights are what it is about.", "gender": "2", "gender-why": "Half of the desks are for women.",
            "child": "Children come with their parents; a corner is theirs.",
        },
        "budget": {"budget": budget},
    }


def joint_programme_document(title: str, countries: list[str], area: int, objectives: list[int], budget: list[dict], municipality: str) -> dict[str, dict]:
    """The same for the second gate."""
    note = concept_note(title, countries, area, objectives, budget, municipality)
    return {
        "cover": note["cover"],
        "narrative": {
            "summary": "Desks where people who arrive are told what is there for them (fictional).",
            "situation": note["context"]["problem"], "strategy": note["context"]["change"],
            "innovation": "The desks belong to the municipality from the first day.", "cross-cutting": "Rights, women, children and trees.",
        },
        "results": {"outputs": [{
            "output": "Desks are open", "indicator": "Desks", "baseline": "0", "target": "6", "verification": "The municipality's register",
        }]},
        "partners": note["partners"],
        "management": {
            "coordination": "A small committee of all partners.", "monitoring": "Twice a year, with those for whom it is.", "starts-on": "2027-09-01",
            "risks": [{"risk": "Few people come", "likelihood": "low", "measure": "The desks go to where they are."}],
        },
        "markers": note["markers"],
        "budget": {"budget": budget},
    }


def costs(*amounts: tuple[str, int, int, str]) -> list[dict]:
    """Rows of a budget: organization, category, year, amount."""
    return [{"organization": organization, "category": str(category), "year": str(year), "amount": amount}
            for organization, category, year, amount in amounts]
