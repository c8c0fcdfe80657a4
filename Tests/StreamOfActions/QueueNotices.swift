internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PooledFund

/// `stream-of-actions queue-notices`
struct QueueNotices: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue-notices",
        abstract: "Invites people to the made-up fund, n0001@example.org and on, so that a mail to each waits.")

    @Option(help: "sqlite:PATH or postgres://…")
    var database: String
    @Option(help: "The folder of the made-up fund that is loaded first unless it is on record.")
    var fund: String
    @Option var count: Int

    func run() async throws {
        let record = try await StreamedRecord.open(database)
        let office = try await Office(database: record.database, clock: machineTime)
        if !office.funds.contains("river-towns") {
            _ = try await office.perform(LoadFund(folder: FundFolder.read(at: URL(fileURLWithPath: fund))), by: .machineOperator)
        }
        try await withThrowingTaskGroup { group in
            for first in stride(from: 1, through: count, by: 100) {
                for number in first..<min(first + 100, count + 1) {
                    group.addTask { try await invite(number, through: office) }
                }
                try await group.waitForAll()
            }
        }
        try record.close()
        Report.line("queued", String(count))
    }

    private func invite(_ number: Int, through office: Office) async throws {
        let name = "n" + String(String(10_000 + number).dropFirst())
        let invitation = InvitePerson(
            fund: "river-towns", email: "\(name)@example.org", personName: "Reviewer \(number)", role: .technicalReviewer,
            organization: "river-office")
        _ = try await office.perform(invitation, by: .machineOperator)
    }
}
