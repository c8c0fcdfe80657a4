internal import Foundation
internal import Ledger
internal import PooledFund
internal import SQL

/// What is measured on each engine: in every round the door first, then the engine alone with as many actions of the same rows.
struct Plan {
    let folder: FundFolder
    let rounds: Int
    let duration: Duration
    let clients: [Int]

    /// How many entries of two postings an action posts.
    private static let entriesPerAction = [1, 50]

    /// - Parameters:
    ///   - committingEach: the engine alone, with a commit for every action, on as many connections as there are clients.
    ///   - sharingCommits: the engine alone, on one connection, with a commit for as many actions as could share one: one of each client, at most 64.
    func measure(
        _ name: String, _ database: any Database, committingEach: any RawEngine, sharingCommits: any RawEngine
    ) async throws {
        let measured = MeasuredDatabase(database)
        try await database.migrate(try Schema.migrations())
        let door = try await Door(database: measured, folder: folder)
        var contents = ActionContents(folder: folder)
        for entries in Self.entriesPerAction {
            var results: [Int: [Round]] = [:]
            for _ in 0..<rounds {
                for clients in clients {
                    let costs = measured.costs
                    let through = try await door.run(clients: clients, entries: entries, for: duration)
                    let prepared = contents.actions(through.actions, entries: entries)
                    let each = try committingEach.insert(prepared, actionsPerCommit: 1, connections: clients, for: duration)
                    let shared = try sharingCommits.insert(prepared, actionsPerCommit: min(64, clients), connections: 1, for: duration * 4)
                    results[clients, default: []].append(
                        Round(door: through, costs: measured.costs - costs, each: each, shared: shared))
                }
            }
            print(Report.table(engine: name, entries: entries, clients: clients.map { ($0, results[$0] ?? []) }))
        }
        let verification = try await AuditVerification.run(on: database)
        print(
            "\(name): \(verification.eventCount) events and \(verification.rowCount) rows on record, the audit chain "
                + "\(verification.isIntact ? "is whole" : "IS BROKEN: \(verification.findings.prefix(3))")\n")
        try database.close()
    }
}

/// So many actions in so much time.
struct Throughput {
    let actions: Int
    let elapsed: Duration

    var perSecond: Double { Double(actions) / (elapsed / .seconds(1)) }
}

/// One round of one number of clients.
struct Round {
    let door: Throughput
    let costs: WriteCosts
    let each: Throughput
    let shared: Throughput
}
