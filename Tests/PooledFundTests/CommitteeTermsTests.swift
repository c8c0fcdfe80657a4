import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("The committee's rules in the Terms")
struct CommitteeTermsTests {
    private func faults(replacing old: String, with new: String) throws -> [Fault] {
        let folder = try FolderCopy()
        let text = try folder.text("terms.yaml")
        #expect(text.contains(old))
        try folder.write(text.replacing(old, with: new), to: "terms.yaml")
        do {
            _ = try folder.read()
            return []
        } catch let faults as Faults {
            return faults.faults
        }
    }

    @Test(
        "A rule that empties the chair, leaves no quorum, or names what there is not is a fault with its line",
        arguments: [
            (
                "{kind: mayor, interest: organization-takes-part, consequence: disclose}",
                "{kind: mayor, interest: organization-takes-part, consequence: leave}", "empties the chair"
            ),
            ("{constituency: the chair, at_least: 1}", "{constituency: agencies, at_least: 1}", "one of them leaves"),
            ("{constituency: the chair, at_least: 1}", "{constituency: the chairs, at_least: 1}", "no seat that decides"),
            ("{at_least: 2}", "{at_least: 9}", "9 of 4 seats"),
            ("{kind: town, interest", "{kind: twon, interest", "no seat is of the kind “twon”"),
            ("consequence: abstain}", "consequence: vanish}", "“vanish” is not known here"),
            ("expires_after_months: 24", "expires_after_months: 6", "before it is to be confirmed"),
            ("{area: 1, at_least: 0.2}", "{area: 9, at_least: 0.2}", "no thematic area 9"),
            ("{area: 1, at_least: 0.2}", "{area: 1, at_least: 0.95}", "more than all the money"),
            ("{region: danube, at_most: 0.5}", "{region: donau, at_most: 0.5}", "no region “donau”"),
            (
                "constituency: contributors, kind: contributor}", "constituency: contributors, kind: contributor, part: chair}",
                "more than one seat that chairs"
            ),
        ])
    func faulty(old: String, new: String, problem: String) throws {
        let faults = try faults(replacing: old, with: new)
        #expect(faults.contains { $0.problem.contains(problem) && $0.line != nil && $0.file == "terms.yaml" }, "\(faults)")
    }

    @Test("A quorum and a rule on interests name a source that is on record, and are confirmed or not")
    func standing() throws {
        for (old, place) in [("{at_least: 2}", "committee.quorum[0].source"), ("consequence: abstain}", "committee.interests[")] {
            let close = String(old.dropLast())
            let missing = try faults(replacing: old, with: "\(close), source: chartr}")
            #expect(missing.contains { "\($0)".contains(place) && $0.problem.contains("no source “chartr”") }, "\(missing)")
            let unclear = try faults(replacing: old, with: "\(close), confidence: perhaps}")
            #expect(unclear.contains { $0.problem.contains("“perhaps” is not known here") }, "\(unclear)")
            #expect(try faults(replacing: old, with: "\(close), source: charter, confidence: unconfirmed}").isEmpty)
        }
    }

    @Test("Working days leave Saturdays and Sundays out")
    func workingDays() throws {
        let friday = try CivilDate(parsing: "2024-02-02")
        let standing = Standing(effectiveOn: nil, source: nil, isConfirmed: true, note: "")
        let rule = CommitteeRules.NoObjection(days: 5, countedIn: .workingDays, standing: standing)
        #expect(try rule.lastDay(opening: friday, days: 1).description == "2024-02-05")
        #expect(try rule.lastDay(opening: friday, days: 6).description == "2024-02-12")
        let calendar = CommitteeRules.NoObjection(days: 5, countedIn: .days, standing: standing)
        #expect(try calendar.lastDay(opening: friday, days: 1).description == "2024-02-03")
    }

    @Test("So many months after the last day of a longer month is the last day of the shorter one")
    func months() throws {
        #expect(try CivilDate(parsing: "2024-01-31").adding(months: 1).description == "2024-02-29")
        #expect(try CivilDate(parsing: "2024-12-15").adding(months: 1).description == "2025-01-15")
        #expect(try CivilDate(parsing: "2024-11-30").adding(months: 13).description == "2025-12-30")
    }
}
