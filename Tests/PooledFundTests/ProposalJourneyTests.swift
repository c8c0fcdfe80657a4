import Foundation
import Ledger
import SQL
import TestSupport
import Testing

@testable import PooledFund

/// What people of several organizations go through with a proposal, on the engine that the tests run on.
@Suite("Proposals, from the call to the signatures")
struct ProposalJourneyTests {
    private struct House {
        let tried: TriedHouse
        let officer: Actor
        let lead: PeopleOnRecord.Admitted
        let other: PeopleOnRecord.Admitted
        let writing: ProposalWriting

        init(closes: String = "2024-02-29T17:00") async throws {
            tried = try await TriedHouse()
            officer = try await tried.people.admit(.fundManagementUnitOfficer, of: "officer").actor
            lead = try await tried.people.admit(.participatingOrganizationFocalPoint, of: "lead")
            other = try await tried.people.admit(.participatingOrganizationFocalPoint, of: "other", organization: "bridge-agency")
            writing = ProposalWriting(tried.office.office)
            let office = tried.office.office
            _ = try await office.perform(
                OpenCall(fund: "river-towns", code: "spring", title: "Spring", summary: "Boats", closes: closes), by: officer)
            _ = try await office.perform(
                StartProposal(fund: "river-towns", code: "boats", call: "spring", lead: "river-office"), by: lead.actor)
            _ = try await office.perform(
                AddOrganization(fund: "river-towns", proposal: "boats", organization: "bridge-agency"), by: lead.actor)
        }

        var office: Office { tried.office.office }

        func submit(by actor: Actor) async throws -> SubmitProposal.Outcome {
            try await office.perform(SubmitProposal(fund: "river-towns", proposal: "boats"), by: actor).outcome
        }

        func model(_ actor: Actor) async throws -> ProposalOnDesk? {
            guard case .session(let digest) = actor.passage else { throw Unexpected("no session") }
            let now = tried.office.clock.now
            let visitor = try await office.person(withSession: digest, now: now)
            guard let visitor else { throw Unexpected("nobody") }
            return try await office.proposal("boats", seenBy: visitor, in: "river-towns", now: now)
        }

        func desk(_ actor: Actor) async throws -> [DeskItem.Kind] {
            guard case .session(let digest) = actor.passage else { throw Unexpected("no session") }
            let now = tried.office.clock.now
            guard let visitor = try await office.person(withSession: digest, now: now) else { throw Unexpected("nobody") }
            return try await office.desk(of: visitor, now: now).map(\.kind)
        }
    }

    @Test("Two organizations write, submit, sign, get it back, change a word, submit again and see what differs")
    func journey() async throws {
        let house = try await House()
        let office = house.office
        try await house.writing.write("boats", by: house.lead.actor)
        let before = try #require(try await house.model(house.other.actor))
        #expect(before.sight == .draft && before.may.contains(.write) && !before.may.contains(.submit))
        #expect(before.reading?.problems == [])
        #expect(before.reading?.totals.direct.minorUnits == 1_333_333)
        // 8 % of 1,333,333 is 106,666.64; rounded down, and split without losing a yen.
        #expect(before.reading?.totals.indirect.minorUnits == 106_666)
        #expect(before.reading?.totals.organizations.map(\.indirect.minorUnits) == [26_666, 80_000])
        #expect(before.findings.map(\.answer) == [.met, .met, .met, .met, .open])
        #expect(try await house.model(house.officer)?.sight == .listed)
        #expect(try await house.model(house.officer)?.sections.allSatisfy { $0.draft == nil } ?? false)

        let first = try await house.submit(by: house.lead.actor)
        #expect(first.version == 1)
        let harbour = try await house.tried.people.admit(.localAuthority, of: "harbour").actor
        #expect(try await house.desk(harbour).contains(.signOffWaits))
        func sign(_ party: ProposalForm.Signature.Party, _ organization: String, _ digest: String, by actor: Actor) async throws -> Int {
            try await office.perform(
                SignOffProposal(fund: "river-towns", proposal: "boats", party: party, organization: organization, digest: digest), by: actor
            ).outcome.waitingCount
        }
        #expect(try await sign(.organizations, "river-office", first.digest, by: house.lead.actor) == 2)
        #expect(try await house.desk(house.lead.actor).contains(.signOffAwaited))
        #expect(try await sign(.organizations, "bridge-agency", first.digest, by: house.other.actor) == 1)
        #expect(try await sign(.localAuthorities, "example-city", first.digest, by: harbour) == 0)
        let signed = try #require(try await house.model(house.officer))
        #expect(signed.isSignedOff && signed.sight == .submitted && signed.versions.map(\.number) == [1])

        _ = try await office.perform(
            ReturnProposal(fund: "river-towns", proposal: "boats", reason: "Say more of the water."), by: house.officer)
        #expect(try await house.desk(house.other.actor).contains(.proposalReturned))
        var boat = ProposalWriting.conceptNote["boat"] ?? [:]
        boat["title"] = .text("Two boats (fictional)")
        #expect(try await house.writing.save("boat", boat, of: "boats", revision: 1, by: house.other.actor).isSaved)
        // After the call has closed: what was returned may come back.
        try house.tried.office.clock.set("2024-03-01T00:00:00Z")
        let officer = try await house.tried.people.session(of: house.lead.person, lasting: 24 * 60)
        let second = try await house.submit(by: officer)
        #expect(second.version == 2 && second.digest != first.digest)
        let yen = try Currency(code: "JPY", minorUnits: 0)
        let versions = try await house.tried.office.database.read {
            try ProposalQueries.versions(of: "boats", .conceptNote, in: "river-towns", yen, in: $0)
        }
        let form = try #require(try await office.proposalForms(of: "river-towns")?.first)
        #expect(
            versions[0].differences(to: versions[1], in: form) == [
                AnswerDifference(
                    section: "boat", field: "title", before: "Boats for two banks (fictional)", after: "Two boats (fictional)")
            ])
        #expect(versions[1].content.contains("بسبب الماء — 因为水 — из-за воды"))
        #expect(versions[1].facts.regions.isEmpty == false || versions[1].facts.countries == ["XAA", "XAB"])
        // A signature is of one version, and the old digest signs no new one.
        let stale = await #expect(throws: Refusal.self) {
            try await sign(.organizations, "river-office", first.digest, by: officer)
        }
        #expect(stale?.reason.contains("version 2") ?? false)
        #expect(try await house.tried.office.verify().isIntact)
    }

    @Test("The second who saves a section loses nothing, and neither does the first")
    func twoWriters() async throws {
        let house = try await House()
        let first = try await house.writing.save(
            "boat", ["title": .text("One"), "winters": .text("3")], of: "boats", revision: 0, by: house.lead.actor)
        #expect(first == SaveSection.Outcome(revision: 1, isSaved: true, differing: []))
        let second = try await house.writing.save(
            "boat", ["title": .text("Other"), "winters": .text("3")], of: "boats", revision: 0, by: house.other.actor)
        #expect(second == SaveSection.Outcome(revision: 1, isSaved: false, differing: ["title"]))
        let mine = try #require(try await house.model(house.other.actor)?.sections.first { $0.id == "boat" })
        #expect(mine.answers.text("title") == "One" && mine.aside?.answers.text("title") == "Other")
        #expect(mine.differences == [AnswerDifference(section: "boat", field: "title", before: "One", after: "Other")])
        // Nobody else sees what was not saved.
        #expect(try await house.model(house.lead.actor)?.sections.allSatisfy { $0.aside == nil } ?? false)
        let third = try await house.writing.save("boat", ["title": .text("One and other")], of: "boats", revision: 1, by: house.other.actor)
        #expect(third.isSaved && third.revision == 2)
        #expect(try await house.model(house.other.actor)?.sections.allSatisfy { $0.aside == nil } ?? false)
        // A lost answer, and the same again.
        #expect(
            try await house.writing.save("boat", ["title": .text("One and other")], of: "boats", revision: 1, by: house.other.actor).isSaved
        )
        let ahead = await #expect(throws: Refusal.self) {
            try await house.writing.save("boat", ["title": .text("x")], of: "boats", revision: 9, by: house.other.actor)
        }
        #expect(ahead?.remedy == "read the section again")
    }

    @Test("Desks say what waits: a draft before its call closes, a question until it is answered")
    func desks() async throws {
        let house = try await House()
        #expect(try await house.desk(house.other.actor).contains(.draftDue))
        #expect(try await !house.desk(house.officer).contains(.draftDue))
        let asked = try await house.office.perform(
            AskQuestion(fund: "river-towns", call: "spring", question: "How many boats?"), by: house.other.actor
        ).outcome
        #expect(try await house.desk(house.officer).contains(.questionUnanswered))
        let answer = AnswerQuestion(fund: "river-towns", question: asked.question, answer: "Two.")
        #expect(try await house.office.perform(answer, by: house.officer).event != nil)
        // The same answer again changes nothing.
        #expect(try await house.office.perform(answer, by: house.officer).event == nil)
        #expect(try await !house.desk(house.officer).contains(.questionUnanswered))
        let told = try await house.tried.office.database.read { transaction in
            try DeskQueries.notices(of: house.other.person, limit: 10, in: transaction).map(\.kind)
        }
        #expect(Set(told).isSuperset(of: [.questionAnswered, .proposalJoined]))
        #expect(try await house.office.callQuestions(of: "river-towns").map(\.answer) == ["Two."])
    }

    @Test("A Resident Coordinator reads what is written for their country, and writes nothing")
    func residentCoordinator() async throws {
        let house = try await House()
        try await house.writing.write("boats", by: house.lead.actor)
        let registration = RegisterOrganization(
            fund: "river-towns", id: "office-in-riverland", organizationName: "Office in Riverland (fictional)", shortName: "",
            kind: .unitedNations, country: "XAA", source: "charter")
        _ = try await house.office.perform(registration, by: house.officer)
        let near = try await house.tried.people.admit(.residentCoordinator, of: "near", organization: "office-in-riverland").actor
        let far = try await house.tried.people.admit(.residentCoordinator, of: "far", organization: "river-office").actor
        let model = try #require(try await house.model(near))
        #expect(model.sight == .draft && model.may.isDisjoint(with: [.write, .submit, .withdraw]))
        // Of no one country: what is submitted, and not before.
        #expect(try await house.model(far) == nil)
        await #expect(throws: Refusal.self) {
            try await house.writing.save("boat", [:], of: "boats", revision: 1, by: near)
        }
        _ = try await house.submit(by: house.lead.actor)
        #expect(try await house.model(far)?.sight == .submitted)
    }

    @Test("A submission is refused with every reason, and what is written stays")
    func incomplete() async throws {
        let house = try await House()
        var boat = ProposalWriting.conceptNote["boat"] ?? [:]
        boat["title"] = nil
        boat["winters"] = .text("36")
        boat["story"] = .text(String(repeating: "word ", count: 21))
        boat["aims"] = ProposalWriting.texts("1", "99")
        _ = try await house.writing.save("boat", boat, of: "boats", revision: 0, by: house.lead.actor)
        _ = try await house.writing.save("crew", ["gender": .text("1")], of: "boats", revision: 0, by: house.lead.actor)
        let costs = ProposalWriting.rows(
            ["organization": .text("river-office"), "category": .text("1"), "year": .text("1"), "amount": .text("999999")],
            ["organization": .text("league"), "category": .text("1"), "year": .text("1"), "amount": .text("5")],
            ["organization": .text("river-office"), "category": .text("9"), "year": .text("1"), "amount": .text("5")],
            ["organization": .text("river-office"), "category": .text("1"), "year": .text("3"), "amount": .text("5")],
            ["organization": .text("river-office"), "category": .text("2"), "year": .text("1"), "amount": .text("five")])
        _ = try await house.writing.save("purse", ["costs": costs], of: "boats", revision: 0, by: house.lead.actor)
        let refusal = await #expect(throws: Refusal.self) { try await house.submit(by: house.lead.actor) }
        let reason = refusal?.reason ?? ""
        for part in [
            "boat.title is not answered", "boat.story has 21 words", "boat.aims “99” cannot be chosen",
            "costs.2.organization “league” does not take part", "costs.3.category “9”", "costs.4.year “3”", "costs.5.amount “five”",
            "It lasts two winters at most (24 months): 36", "The gender marker is high enough: gender",
        ] { #expect(reason.contains(part), "\(part) in \(reason)") }
        #expect(try await house.model(house.lead.actor)?.sections.first?.revision == 1)
        _ = try await house.office.perform(
            RemoveOrganization(fund: "river-towns", proposal: "boats", organization: "bridge-agency"), by: house.other.actor)
        let alone = await #expect(throws: Refusal.self) { try await house.submit(by: house.lead.actor) }
        #expect(alone?.reason.contains("At least two participating organizations take part (2 organizations): 1") ?? false)
        #expect(try await house.model(house.other.actor) == nil)
    }

    @Test("A call closes at the second; what is written is kept, and a later end lets it in")
    func late() async throws {
        let house = try await House()
        try await house.writing.write("boats", by: house.lead.actor)
        // Five o'clock in Tokyo.
        try house.tried.office.clock.set("2024-02-29T08:00:01Z")
        let lead = try await house.tried.people.session(of: house.lead.person, lasting: 24 * 60)
        let officer = try await house.tried.people.admit(.fundManagementUnitOfficer, of: "late-officer")
        let refusal = await #expect(throws: Refusal.self) { try await house.submit(by: lead) }
        #expect(refusal?.reason.contains("closed at 2024-02-29T08:00:00") ?? false, "\(String(describing: refusal))")
        let begun = await #expect(throws: Refusal.self) {
            try await house.office.perform(
                StartProposal(fund: "river-towns", code: "late", call: "spring", lead: "river-office"), by: lead)
        }
        #expect(begun?.reason.contains("closed") ?? false)
        let active = try await house.tried.people.session(of: officer.person, lasting: 24 * 60)
        _ = try await house.office.perform(
            AmendCall(fund: "river-towns", call: "spring", closes: "2024-03-01", reason: "A flood"), by: active)
        #expect(try await house.submit(by: lead).version == 1)
    }

    @Test("Two who submit at once make one version")
    func atOnce() async throws {
        let house = try await House()
        try await house.writing.write("boats", by: house.lead.actor)
        let second = try await house.tried.people.admit(.participatingOrganizationFocalPoint, of: "second").actor
        let actors = [house.lead.actor, second]
        let done = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<8 {
                group.addTask { (try? await house.submit(by: actors[index % 2])) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(done == 1)
        let yen = try Currency(code: "JPY", minorUnits: 0)
        let versions = try await house.tried.office.database.read {
            try ProposalQueries.versions(of: "boats", .conceptNote, in: "river-towns", yen, in: $0)
        }
        #expect(versions.count == 1)
    }

    @Test("What is no answer is refused: fields of other sections, shapes, invisible characters, too much")
    func badAnswers() async throws {
        let house = try await House()
        func refused(_ section: String, _ answers: [String: InputValue], _ part: String) async {
            let refusal = await #expect(throws: Refusal.self) {
                try await house.writing.save(section, answers, of: "boats", revision: 0, by: house.lead.actor)
            }
            #expect(refusal?.reason.contains(part) ?? false, "\(String(describing: refusal))")
        }
        await refused("hull", [:], "no section “hull”")
        await refused("boat", ["gender": .text("2")], "no field of the section")
        await refused("boat", ["title": ProposalWriting.texts("a")], "is not a text")
        await refused("boat", ["title": .text("a\u{0}b")], "cannot be seen")
        await refused("boat", ["title": .text("a\nb")], "cannot be seen")
        await refused("boat", ["story": .text(String(repeating: "x", count: 1_000_000))], "more than 100000 bytes")
        let many = ProposalWriting.rows(Array(repeating: ["amount": .text("1")], count: 1_001))
        await refused("purse", ["costs": many], "1001 rows")
        await refused("crew", ["plan": .text("x")], "takes a file")
        let long = CommentSection(
            fund: "river-towns", proposal: "boats", document: .conceptNote, section: "boat", audience: .writers,
            remark: String(repeating: "x", count: 1_000_000))
        await #expect(throws: Refusal.self) { try await house.office.perform(long, by: house.lead.actor) }
        // A carriage return before a line feed is a line's end, as browsers send it.
        _ = try await house.writing.save("boat", ["story": .text("a\r\nb\rc")], of: "boats", revision: 0, by: house.lead.actor)
        #expect(try await house.model(house.lead.actor)?.sections.first?.answers.text("story") == "a\nb\nc")
    }

    @Test("A code that is taken is refused, by a proposal or a programme")
    func taken() async throws {
        let house = try await House()
        let programmes = try await house.tried.office.database.read {
            try RecordQueries.current(.programmes, of: "river-towns", known: .max, in: $0).map { $0["code"] }
        }
        for code in ["boats", try #require(programmes.first)] {
            let refusal = await #expect(throws: Refusal.self) {
                try await house.office.perform(
                    StartProposal(fund: "river-towns", code: code, call: "spring", lead: "river-office"), by: house.lead.actor)
            }
            // The codes of the made-up programmes may have capital letters, which no proposal has.
            let isTaken = refusal?.reason.contains("is taken") ?? false
            #expect(isTaken || code != code.lowercased(), "\(String(describing: refusal))")
        }
    }

    @Test("Who writes for others learns nothing of a proposal, not even whether there is one")
    func strangers() async throws {
        let house = try await House()
        let stranger = try await house.tried.people.admit(.contributorToText, of: "stranger", organization: "league").actor
        var reasons: Set<String> = []
        for code in ["boats", "no-such-proposal"] {
            let refusal = await #expect(throws: Refusal.self) {
                try await house.writing.save("boat", [:], of: code, revision: 0, by: stranger)
            }
            reasons.insert(refusal?.reason ?? "")
        }
        #expect(reasons.count == 1)
        #expect(try await house.model(stranger) == nil)
        // A comment for the writers is not for the secretariat.
        for audience in SectionComment.Audience.allCases {
            _ = try await house.office.perform(
                CommentSection(
                    fund: "river-towns", proposal: "boats", document: .conceptNote, section: "boat", audience: audience, remark: "Dry?"),
                by: house.lead.actor)
        }
        #expect(try await house.model(house.officer)?.sections.flatMap(\.comments).map(\.audience) == [.secretariat])
        #expect(try await house.model(house.other.actor)?.sections.flatMap(\.comments).count == 2)
    }

    @Test("A sheet is read cell by cell, and says which cells are not")
    func sheet() async throws {
        let house = try await House()
        let rows = [
            ["Organization", "category", "year 1", "year 2"], ["river-office", "1", "1000000", " "],
            ["bridge-agency", "2", "=1+1", "333333"],
            [],
        ]
        let outcome = try await house.office.perform(
            ReadBudget(fund: "river-towns", proposal: "boats", document: .conceptNote, revision: 0, rows: rows), by: house.lead.actor
        ).outcome
        #expect(outcome.cellCount == 2 && outcome.refused.map(\.place) == ["C3"])
        let model = try #require(try await house.model(house.lead.actor))
        #expect(model.reading?.totals.direct.minorUnits == 1_333_333)
        let written = BudgetSheet.rows(of: try #require(model.sections.last).answers, field: "costs", years: 2, hasOutputs: false)
        #expect(
            written == [
                ["organization", "category", "year 1", "year 2"], ["river-office", "1", "1000000", ""],
                ["bridge-agency", "2", "", "333333"],
            ])
        for bad in [
            [], [["organization", "year 1"]], [["organization", "category", "year 1", "year 1"]], Array(repeating: ["x"], count: 1_000_000),
        ] {
            await #expect(throws: Refusal.self) {
                try await house.office.perform(
                    ReadBudget(fund: "river-towns", proposal: "boats", document: .conceptNote, revision: 1, rows: bad), by: house.lead.actor
                )
            }
        }
    }

    @Test("A file is told by what it holds, replaced by a newer one, and read by whoever may alone")
    func files() async throws {
        let house = try await House()
        func attach(_ text: String, replaces: String? = nil) async throws -> String {
            try await house.office.perform(
                AttachDocument(
                    fund: "river-towns", proposal: "boats", document: .conceptNote, field: "plan",
                    file: try AttachedDocument(name: "../plan.pdf", content: Array(text.utf8)), replaces: replaces), by: house.lead.actor
            ).outcome.attachment
        }
        let first = try await attach("%PDF-1.7 one")
        #expect(try await attach("%PDF-1.7 one") == first)
        await #expect(throws: Refusal.self) { try await attach("%PDF-1.7 two") }
        let second = try await attach("%PDF-1.7 two", replaces: first)
        #expect(try await house.model(house.other.actor)?.attachments.map(\.id) == [second])
        #expect(throws: Refusal.self) { try AttachedDocument(name: "zip.docx", content: [0x50, 0x4B, 0x03, 0x04, 0x00]) }
        let page = #expect(throws: Refusal.self) {
            try AttachedDocument(name: "endorsement.pdf", content: Array("<!DOCTYPE html><title>Yes</title>".utf8))
        }
        #expect(page?.reason == "the file is an HTML page named .pdf")
        #expect(throws: Refusal.self) {
            try AttachedDocument(name: "large.pdf", content: Array("%PDF-".utf8) + [UInt8](repeating: 0x20, count: 25 * 1024 * 1024))
        }
        func content(_ actor: Actor) async throws -> [UInt8]? {
            guard case .session(let digest) = actor.passage else { return nil }
            let now = house.tried.office.clock.now
            guard let visitor = try await house.office.person(withSession: digest, now: now) else { return nil }
            return try await house.office.proposalAttachment(second, of: "boats", seenBy: visitor, in: "river-towns", now: now)?.content
        }
        #expect(try await content(house.other.actor) == Array("%PDF-1.7 two".utf8))
        #expect(try await content(house.officer) == nil)
        try await house.writing.write("boats", by: house.lead.actor)
        _ = try await house.submit(by: house.lead.actor)
        #expect(try await content(house.officer) != nil)
        #expect(try await house.tried.office.verify().isIntact)
    }

    @Test("The joint programme document is another form, whose outputs come to the direct costs; a letter signs it as well")
    func secondDocument() async throws {
        let house = try await TriedHouse()
        let office = house.office.office
        let code = try await house.proposal(1, stages: [.submitted, .eligible, .assessed, .pipeline, .invited])
        let lead = try await house.people.admit(.participatingOrganizationFocalPoint, of: "lead")
        let bridge = try await house.people.admit(.participatingOrganizationFocalPoint, of: "bridge", organization: "bridge-agency")
        let officer = try await house.people.admit(.fundManagementUnitOfficer, of: "officer")
        let writing = ProposalWriting(office)
        func write(output: String, revision: Int) async throws -> Bool {
            let costs = ProposalWriting.rows(
                ["organization": .text("river-office"), "category": .text("1"), "year": .text("4"), "amount": .text("2000000")],
                ["organization": .text("river-office"), "output": .text("A boat"), "amount": .text(output)])
            return try await writing.save(
                "papers", ["name": .text("Ferry (fictional)"), "costs": costs], of: code, revision: revision, by: lead.actor,
                document: .jointProgrammeDocument
            ).isSaved
        }
        func submit() async throws -> SubmitProposal.Outcome {
            try await office.perform(SubmitProposal(fund: house.fund, proposal: code), by: lead.actor).outcome
        }
        #expect(try await write(output: "1999999", revision: 0))
        let refusal = await #expect(throws: Refusal.self) { try await submit() }
        #expect(refusal?.reason.contains("the outputs come to 1999999, the direct costs to 2000000") ?? false)
        // The form asks for no duration: whether it is within the rule of the Terms is for whoever screens it.
        #expect(refusal?.reason.contains("It lasts two winters at most") == false)
        let early = await #expect(throws: Refusal.self) {
            try await writing.save("boat", [:], of: code, revision: 0, by: lead.actor)
        }
        #expect(early?.reason.contains("is not written") ?? false)
        _ = try await office.perform(
            WithdrawProposal(fund: house.fund, proposal: code, reason: "No boats."), by: lead.actor)

        let other = try await house.proposal(2, stages: [.submitted])
        let digest = try await house.digest(of: other)
        let signing = SignOffProposal(
            fund: house.fund, proposal: other, party: .organizations, organization: "bridge-agency", digest: digest, pageCode: digest)
        let letter = OnBehalf(
            person: bridge.person, answer: try AttachedDocument(name: "page.pdf", content: Array("%PDF-1.7 signed".utf8)), note: "By letter"
        )
        let signed = try await office.perform(
            signing, by: .person(officer.person, through: officer.actor.passage, onBehalf: letter))
        #expect(signed.outcome.waitingCount == 2 && signed.event != nil)
        // Signed once is signed.
        #expect(try await office.perform(signing, by: bridge.actor).event == nil)
        // Nobody signs for others by letter either.
        await #expect(throws: Refusal.self) {
            try await office.perform(
                signing,
                by: .person(
                    officer.person, through: officer.actor.passage,
                    onBehalf: OnBehalf(
                        person: lead.person, answer: letter.answer, note: "")))
        }
        #expect(try await house.office.verify().isIntact)

        // The same file belongs to another proposal, too: it stays when whoever answered with it is erased.
        let third = try await house.proposal(3, stages: [])
        _ = try await office.perform(
            AttachDocument(fund: house.fund, proposal: third, document: .conceptNote, field: "plan", file: letter.answer), by: lead.actor)
        let administrator = try await house.people.admit(.administrator, of: "administrator")
        _ = try await office.perform(
            EndRole(fund: house.fund, holding: bridge.holding, reason: "Moved on"), by: administrator.actor)
        _ = try await office.perform(
            ErasePerson(fund: house.fund, person: bridge.person, reason: "Asked for it"), by: administrator.actor)
        let kept = try await house.office.database.read { try DocumentQueries.content(letter.answer.digest, in: $0) }
        #expect(kept == letter.answer.content)
        #expect(try await house.office.verify().isIntact)
    }
}
