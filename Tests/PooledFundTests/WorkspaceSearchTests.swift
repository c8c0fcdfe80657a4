import Ledger
import TestSupport
import Testing

@testable import PooledFund

@Suite("Searching a fund's workspace")
struct WorkspaceSearchTests {
    private let house: TestOffice

    init() async throws {
        house = try await TestOffice()
        try await house.load(Folders.riverTowns)
    }

    private func find(_ text: String) async throws -> WorkspaceFindings {
        let words = try #require(SearchText.words(of: text))
        let record = try #require(try await house.record("river-towns"))
        return try #require(try await house.office.search(words, in: record, now: house.clock.now))
    }

    @Test("Case, accents and width make no difference, and every word must be found", arguments: ["COTE eau", "côte", "Ｃôte D'Eau"])
    func folded(text: String) async throws {
        #expect(try await find(text).parties.map(\.id) == ["cote-d-eau"])
    }

    @Test("Programmes, countries and people are found with organizations and contributors")
    func kinds() async throws {
        let invitation = InvitePerson(
            fund: "river-towns", email: "reviewer@example.org", personName: "Réviseur (fictif)", role: .technicalReviewer,
            organization: "hydro-school")
        _ = try await house.office.perform(invitation, by: .machineOperator)
        #expect(try await find("REVISEUR").people.count == 1)
        #expect(try await find("bridges rivers").programmes.map(\.id) == ["two-rivers-bridges"])
        #expect(try await find("viet").countries.map(\.iso3) == ["VNM"])
        #expect(try await find("ناعورة").programmes.map(\.id) == ["arabic-waterwheel"])
    }

    @Test("What is withheld from the public is not found, nor an organization that only that names")
    func withheld() async throws {
        for text in ["zzwithheld", "quiet-quay-1", "zzsecret"] { #expect(try await find(text).isEmpty, "\(text)") }
    }

    @Test("Nothing finds nothing, and a text beyond the limit is refused rather than searched for")
    func limits() async throws {
        #expect(try await find(" ").isEmpty)
        #expect(SearchText.words(of: String(repeating: "é", count: 101)) == nil)
        #expect(SearchText.words(of: String(repeating: "e", count: 200))?.count == 1)
    }
}

@Suite("The days of a fund")
struct FundDaysTests {
    @Test("A day and a time of it are read as the clocks of the fund show them, and nothing else is")
    func instants() throws {
        let days = try FundDays(timeZone: "Europe/Vienna")
        #expect(days.instant("2024-01-31", isEnd: false)?.description == "2024-01-30T23:00:00Z")
        #expect(days.instant("2024-01-31", isEnd: true)?.description == "2024-01-31T22:59:59.999999Z")
        #expect(days.instant("2024-07-01T14:05", isEnd: false)?.description == "2024-07-01T12:05:00Z")
        #expect(days.instant("2024-07-01T14:05", isEnd: true)?.description == "2024-07-01T12:05:59.999999Z")
        for text in [
            "", "2024", "2024-02-30", "2024-01-31T24:00", "2024-01-31T10:60", "2024-01-31 10:00", "2024-01-31T10:00:00", "２024-01-31",
        ] {
            #expect(days.instant(text, isEnd: false) == nil, "\(text)")
        }
        #expect(days.timeOfDay(of: try Instant(parsing: "2024-07-01T22:05:09Z")) == "00:05:09")
        #expect(days.day(of: try Instant(parsing: "2024-07-01T22:05:09Z")).description == "2024-07-02")
    }
}
