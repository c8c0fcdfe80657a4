internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PooledFund
internal import SQL
internal import Synchronization

/// `stream-of-actions write`
struct WriteStream: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "write",
        abstract: "Performs actions, with several clients at once, until its standard input ends or it is killed.",
        discussion: """
            One line an action, once its outcome is known:
              acknowledged ACTION SEQUENCE   it was performed, and event SEQUENCE vouches for it
              found ACTION                   an earlier attempt turned out to be on record already (with --persist)
              refused ACTION REASON          it was refused, as it had to be
              full|unavailable|unknown|failed ACTION REASON
            Before these: `ready`. At the end, in good order: `ended`.
            """
    )

    @Option(help: "sqlite:PATH or postgres://…")
    var database: String
    @Option(help: "The folder of the made-up fund that is loaded first unless it is on record.")
    var fund: String
    @Option(help: "Sets the ids of this run apart from those of others.")
    var run: String
    @Option var clients = 8
    @Option(help: "Actions of each client; without it the stream goes on.")
    var actions = Int.max
    @Option var seed: UInt64 = 1
    @Flag(help: "The clock is set back now and then.")
    var unsteadyClock = false
    @Flag(help: "While the database cannot be reached, go on trying the same action.")
    var persist = false

    func run() async throws {
        let unsteady = UnsteadyClock(seed: seed)
        let record = try await opened()
        let office = try await Office(database: record.database, clock: unsteadyClock ? unsteady.now : machineTime)
        if !office.funds.contains("river-towns") {
            _ = try await office.perform(LoadFund(folder: FundFolder.read(at: URL(fileURLWithPath: fund))), by: .machineOperator)
        }
        let end = EndOfInput()
        Report.line("ready")
        await withTaskGroup { group in
            for client in 1...clients {
                group.addTask { await stream(of: client, through: office, until: end) }
            }
        }
        try record.close()
        Report.line("ended")
    }

    private func opened() async throws -> StreamedRecord {
        while true {
            do {
                return try await StreamedRecord.open(database)
            } catch DatabaseError.unavailable(let reason) where persist {
                Report.line("unavailable", "-", reason)
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func stream(of client: Int, through office: Office, until end: EndOfInput) async {
        var chance = Chance(seed: seed, stream: UInt64(client))
        for number in 0..<actions {
            if end.isReached { return }
            do {
                let action = try PlannedAction(run: run, client: client, number: number, using: &chance)
                await carryOut(action, through: office, until: end)
            } catch {
                Report.line("failed", "-", "\(error)")
            }
        }
    }

    private func carryOut(_ action: PlannedAction, through office: Office, until end: EndOfInput) async {
        var isSecondAttempt = false
        while true {
            let mayTryAgain = await attempt(action, through: office, isSecondAttempt: isSecondAttempt)
            guard mayTryAgain else { return }
            // Whoever hammers a server that is down learns nothing more.
            try? await Task.sleep(for: .milliseconds(50))
            guard persist, !end.isReached else { return }
            isSecondAttempt = true
        }
    }

    /// Reports the outcome. True if the same action may be tried again: the database could not take it, or nobody knows whether it did.
    private func attempt(_ action: PlannedAction, through office: Office, isSecondAttempt: Bool) async -> Bool {
        do {
            let performed = try await office.perform(action.entries, by: .machineOperator)
            let sequence = performed.event.map { String($0.sequence) } ?? "-"
            Report.line(action.mustBeRefused ? "failed" : "acknowledged", action.id, sequence)
        } catch let refusal as Refusal {
            Report.line(action.mustBeRefused ? "refused" : "failed", action.id, refusal.description)
        } catch let error as DatabaseError {
            switch error {
            case .alreadyExists where action.mustBeRefused: Report.line("refused", action.id, "\(error)")
            case .alreadyExists where isSecondAttempt: Report.line("found", action.id)
            case .full: return retriable("full", action, error)
            case .unavailable: return retriable("unavailable", action, error)
            case .outcomeUnknown: return retriable("unknown", action, error)
            case .alreadyExists, .missingReference, .invalidValue, .refused, .damaged, .unknownSchema, .other:
                Report.line("failed", action.id, "\(error)")
            }
        } catch {
            Report.line("failed", action.id, "\(error)")
        }
        return false
    }

    private func retriable(_ outcome: String, _ action: PlannedAction, _ error: DatabaseError) -> Bool {
        Report.line(outcome, action.id, "\(error)")
        return true
    }
}

/// Knows when standard input has ended, which is how a test asks for a good end, and how the stream notices that the test is gone.
private final class EndOfInput: Sendable {
    private let reached = Atomic<Bool>(false)

    var isReached: Bool { reached.load(ordering: .relaxed) }

    init() {
        let thread = Thread { [self] in
            while readLine() != nil {}
            reached.store(true, ordering: .relaxed)
        }
        thread.start()
    }
}
