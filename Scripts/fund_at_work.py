"""A fund at work, from the call to the decision, through the JSON interface alone: for tests and pictures. Everybody in it is fictional.

Three proposals come in. The committee takes one into the pipeline, puts one off and does not select one; of the first it then approves the joint
programme document, with an amount for each organization.
"""

from __future__ import annotations

import datetime

from fictional_proposals import LETTER, concept_note, costs, joint_programme_document
from people_at_work import Person, file
from portal_server import PortalServer

FUND = "migration-mptf"
CALL = "call-of-spring"
MUNICIPALITY = "example-municipality"
# By their codes: title, who coordinates and who takes part besides, thematic area and objectives.
PROPOSALS = {
    "desks": ("Desks for newcomers (fictional)", "ilo", ["iom", "unhcr"], 5, [15, 16]),
    "boats": ("Fair recruitment at sea (fictional)", "undp", ["ilo"], 4, [5, 6]),
    "papers": ("Papers for everybody (fictional)", "unhcr", ["undp"], 3, [4, 14]),
}
SEATS = ["contributors-1", "contributors-2", "countries-1", "countries-2", "network-members-1", "network-members-2", "mayors-migration-council",
         "stakeholders-1", "chair"]
HOLDERS = {"chair": "iom", "network-members-1": "unicef", "network-members-2": "who", "countries-1": "indonesia-foreign-affairs",
           "mayors-migration-council": "mayors-migration-council"}


class FundAtWork:
    """The people of the fund, and what they do, step by step."""

    def __init__(self, server: PortalServer):
        self.server = server
        self.officer = self.person("officer", "fmu-officer", "un-network-on-migration")
        self.agent = self.person("agent", "administrative-agent", "un-mptf-office")
        self.auditor = self.person("auditor", "auditor", "un-mptf-office", engagement="Audit of the year (fictional)", until="2099-12-31")
        self.focal = {organization: self.person(f"focal-{organization}", "puno-focal-point", organization)
                      for organization in ("ilo", "iom", "unhcr", "undp")}
        self.coordinator = self.person("coordinator", "resident-coordinator", "undp")
        self.ministry = self.person("ministry", "government-counterpart", "indonesia-foreign-affairs")
        self.officer.act("register-organization", id=MUNICIPALITY, name="Example Municipality (fictional)", short_name="", kind="local-authority",
                         country="IDN", level="municipality", place="Example", source="mptf-governance")
        self.mayor = self.person("mayor", "local-authority", MUNICIPALITY)
        self.reviewers = [self.person(f"reviewer-{number}", "technical-reviewer", organization)
                          for number, organization in enumerate(("who", "fao", "unfpa"), 1)]
        self.members = {seat: self.person(f"member-{seat}", "steering-committee-member", HOLDERS.get(seat, "unicef"), seat=seat) for seat in SEATS}

    @property
    def everybody(self) -> dict[str, Person]:
        return {"officer": self.officer, "agent": self.agent, "auditor": self.auditor, **{f"focal point of {name}": one for name, one in self.focal.items()},
                "resident coordinator": self.coordinator, "ministry": self.ministry, "mayor": self.mayor,
                **{f"reviewer {number}": one for number, one in enumerate(self.reviewers, 1)},
                **{f"member for {seat}": one for seat, one in self.members.items()}}

    def person(self, name: str, role: str, organization: str, **options: str) -> Person:
        return Person(self.server, FUND, f"{name}@example.org", role, organization, **options)

    # The office's first half.

    def open_call(self) -> None:
        closes = (datetime.date.today() + datetime.timedelta(days=60)).isoformat()
        self.officer.act("open-call", code=CALL, title="Call of spring (fictional)", summary="Work with local authorities.", closes=closes)
        asked = self.mayor.act("ask-question", call=CALL, question="May a municipality sign?")
        self.officer.act("answer-question", question=asked["question"], answer="It may, beside the government.")

    def write(self, code: str, document: str = "concept-note") -> None:
        title, lead, partners, area, objectives = PROPOSALS[code]
        budget = costs((lead, 1, 1, "900000"), (partners[0], 4, 2, "800000.50"))
        if document == "concept-note":
            self.focal[lead].act("start-proposal", code=code, call=CALL, lead=lead)
            for partner in partners:
                self.focal[lead].act("add-organization", proposal=code, organization=partner)
            answers = concept_note(title, ["IDN"], area, objectives, budget, "Example Municipality (fictional)")
        else:
            outputs = [{"output": "Desks are open", "organization": lead, "amount": "900000"},
                       {"output": "Desks are open", "organization": partners[0], "amount": "800000.50"}]
            answers = joint_programme_document(title, ["IDN"], area, objectives, budget + outputs, "Example Municipality (fictional)")
        writers = [self.focal[organization] for organization in (lead, *partners)]
        for number, (section, fields) in enumerate(answers.items()):
            saved = writers[number % len(writers)].act(
                "save-section", proposal=code, document=document, section=section, revision=0, answers=fields)
            assert saved["is_saved"], saved
        self.focal[lead].act("attach-document", proposal=code, document=document, field="endorsement", file=file("letter.pdf", LETTER))
        if document == "joint-programme-document":
            self.focal[lead].act("attach-document", proposal=code, document=document, field="workplan", file=file("workplan.pdf", LETTER))

    def submit(self, code: str) -> str:
        """The SHA-256 of the version."""
        return self.focal[PROPOSALS[code][1]].act("submit-proposal", proposal=code)["digest"]

    def sign(self, code: str, digest: str) -> int:
        """Every party signs; the number of signatures that are awaited still."""
        _, lead, partners, _, _ = PROPOSALS[code]
        signers = [(self.focal[organization], "organizations", organization) for organization in (lead, *partners)]
        signers += [(self.coordinator, "resident-coordinator", "undp"), (self.ministry, "government", "indonesia-foreign-affairs"),
                    (self.mayor, "local-authorities", MUNICIPALITY)]
        waiting = -1
        for person, party, organization in signers:
            waiting = person.act("sign-off-proposal", proposal=code, party=party, organization=organization, digest=digest)["waiting_count"]
        return waiting

    # Screening and assessment.

    def screen(self, code: str, outcome: str = "eligible", version: int = 1) -> None:
        found = [{"criterion": criterion, "answer": "met", "reason": "Seen by the secretariat (fictional)."}
                 for criterion in ("government-endorsement", "whole-of-society")]
        self.officer.act("screen-proposal", proposal=code, version=version, outcome=outcome, words="It may go on.", criteria=found)

    def assess(self, code: str, scores: tuple[int, int], version: int = 1, steps_back: bool = False) -> None:
        """Two reviewers score; where one steps back, a third takes their place."""
        first, second, third = self.reviewers
        self.officer.act("assign-reviewer", assignments=[{"proposal": code, "reviewer": one.id} for one in (first, second)])
        if steps_back:
            second.act("declare-conflict", proposal=code, reason="I have worked with one of them (fictional).")
            self.officer.act("assign-reviewer", assignments=[{"proposal": code, "reviewer": third.id}])
            second = third
        for reviewer, score in zip((first, second), scores):
            reviewer.act("assess-proposal", proposal=code, version=version, remark="", scores=[
                {"criterion": criterion, "score": score, "justification": "As the text shows (fictional)."} for criterion in CRITERIA])
        self.officer.act("conclude-assessment", proposal=code, version=version)

    # The committee.

    def state_cash(self, deposits: str = "5000000") -> None:
        self.agent.act("state-cash", as_of=datetime.date.today().isoformat(), deposits=deposits, income="1000", fees="50000",
                       reserved="100000", note="From the ledger of the agent (fictional).", file=file("statement.pdf", LETTER))

    def convene(self, meeting: str, proposals: list[str], absent: tuple[str, ...] = ()) -> None:
        self.officer.act("convene-meeting", code=meeting, title=f"Meeting {meeting} (fictional)", held_on=datetime.date.today().isoformat(),
                         venue="Remote", note="", agenda=[{"proposal": code} for code in proposals])
        self.officer.act("record-attendance", meeting=meeting, seats=[
            {"seat": seat, "part": "absent" if seat in absent else "member"} for seat in SEATS])

    def decide(self, meeting: str, code: str, digest: str, outcome: str, **fields) -> dict:
        return self.officer.act("record-decision", meeting=meeting, proposal=code, digest=digest, outcome=outcome,
                                rationale="As the committee agreed (fictional).", told="The committee has decided.", **fields)


CRITERIA = ["relevance", "approach", "partnership", "society", "joint", "feasibility", "lasting"]
