import PooledFund
import TestSupport
import Testing

@Suite("What is public, and what never is")
struct DisclosureTests {
    private let record: PublicRecord
    private let office: TestOffice

    init() async throws {
        office = try await TestOffice()
        try await office.load(Folders.riverTowns)
        record = try #require(try await office.record("river-towns"))
    }

    @Test("Nothing of a withheld programme and nothing but the country of a sensitive place is anywhere in the public record")
    func nothingLeaks() throws {
        let everything = described(record)
        #expect(everything.contains("Stilt Town (fictional)"))
        for secret in ["Zzwithheld", "quiet-quay", "Quiet quay", "777000", "Zzsecret", "zzsecret"] {
            #expect(!everything.contains(secret), "\(secret)")
        }
    }

    @Test("Nor is it in the record of any other day", arguments: ["2021-12-31", "2023-12-31", "2024-01-31", "2030-01-01"])
    func otherDays(day: String) async throws {
        let record = try #require(try await office.record("river-towns", asOf: day))
        #expect(!described(record).contains("Zzwithheld"))
        #expect(!described(record).contains("Zzsecret"))
    }

    @Test("Of a sensitive place only the country is left: by its row, by its area, and where the area is not on record")
    func sensitivePlaces() throws {
        let night = try #require(record.programme("night-ferries")).localAuthorities
        #expect(night.map { $0.place?.name } == ["Port of the Night Ferry (fictional)", nil, nil])
        #expect(night.map(\.countries) == [["UGA"], ["SDN"], ["UGA"]])
        #expect(night.map(\.id) == ["ferry-port", "night-ferries-2", "night-ferries-3"])
        let banks = try #require(record.programme("lower-mekong-embankments")).localAuthorities
        #expect(banks.map { $0.place?.name } == ["Districts of the delta", "Stilt Town (fictional)", nil])
        #expect(record.programme("market-boats")?.localAuthorities.map { $0.place == nil } == [true])
    }

    @Test("An authority without countries of its own has those of its programme")
    func countriesOfAuthorities() {
        let towns = record.localAuthorities.first { $0.id == "three-towns" }
        #expect(towns?.countries == ["LAO", "UGA", "PRY"])
    }

    @Test("Withheld entries are counted in no figure, and by area only where that points at nobody")
    func withheldCounts() {
        #expect(record.figure(.programmesPipeline).value == .count(2))
        #expect(record.withheld.byArea.map(\.area) == [1, 2, 3])
        // Two in area 1 and six in area 3: the two are hidden, and so are the six, which would give them away.
        #expect(record.withheld.byArea.map(\.count) == [nil, 0, nil])
        #expect(record.withheld.total == 8)
    }
}
