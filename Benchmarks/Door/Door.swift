internal import Foundation
internal import Ledger
internal import PooledFund
internal import SQL

/// Clients who post entries through the door, each the next one as soon as the one before is done.
struct Door {
    private let office: Office
    private let fund: String
    private let currency: Currency
    private let contributors: [String]
    private let source: String
    private let day: CivilDate

    /// Loads the fund's folder first.
    init(database: any Database, folder: FundFolder) async throws {
        office = try await Office(database: database, clock: { Self.now })
        _ = try await office.perform(LoadFund(folder: folder), by: .machineOperator)
        let now = Self.now
        let fund = folder.slug
        let record = try await database.read { try PublicRecord.read(fund, asOf: nil, now: now, in: $0) }
        guard let record, let source = record.sources.first?.id else {
            throw DatabaseError.other("the fund has no source to post from")
        }
        self.fund = fund
        self.source = source
        currency = folder.terms.currency
        contributors = record.contributors.map(\.id)
        day = try CivilDate(parsing: "2024-06-30")
    }

    private static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        do {
            return try Instant(microsecondsSince1970: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
        } catch {
            preconditionFailure("The machine's clock stands outside the years 1 to 9999.")
        }
    }

    /// How many actions `clients` get done within `duration`.
    func run(clients: Int, entries: Int, for duration: Duration) async throws -> Throughput {
        let run = UUID().uuidString.prefix(8)
        let start = ContinuousClock.now
        let end = start + duration
        let actions = try await withThrowingTaskGroup(of: Int.self) { group in
            for client in 0..<clients {
                group.addTask {
                    var done = 0
                    while ContinuousClock.now < end {
                        let action = try action(id: "\(run)-\(client)-\(done)", entries: entries, first: client + done)
                        _ = try await office.perform(action, by: .machineOperator)
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        return Throughput(actions: actions, elapsed: .now - start)
    }

    private func action(id: String, entries: Int, first: Int) throws -> PostEntries {
        PostEntries(
            fund: fund,
            contributions: (0..<entries).map { entry in
                PostEntries.OpeningContribution(
                    externalID: "\(id)-\(entry)", contributor: contributors[(first + entry) % contributors.count],
                    amount: Money(minorUnits: 1_250_000, currency: currency), effectiveOn: day,
                    memo: "Cumulative total as published", source: source)
            })
    }
}
