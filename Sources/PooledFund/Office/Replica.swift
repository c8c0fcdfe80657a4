internal import Logging
public import SQL
internal import Synchronization

/// A copy of the database that may be behind it, and takes reads for the public while it is not.
final class Replica: Sendable {
    private let state = Mutex<(database: (any Database)?, isFailing: Bool)>((nil, false))
    private let log = Logger(label: "pooledfund.replica")

    var database: (any Database)? {
        get { state.withLock { $0.database } }
        set { state.withLock { $0 = (newValue, false) } }
    }

    /// Runs `body` on a snapshot of the copy that holds `head` of the fund, and with it all that was recorded before.
    ///
    /// - Returns: nil if there is no copy, if it is behind, if it is a copy of something else, or if it cannot be read.
    func read<Result: Sendable>(
        of fund: String, after head: ChainHead, _ body: @escaping @Sendable (any ReadTransaction) throws -> Result
    ) async -> Result? {
        guard let database else { return nil }
        do {
            let result: Result? = try await database.read { transaction in
                // Within one snapshot with what is read then. The hash tells the fund from another one of the same name.
                guard try AuditQueries.hash(of: fund, sequence: head.sequence, in: transaction) == head.hash else { return nil }
                return try body(transaction)
            }
            if setFailing(false) { log.notice("The replica answers again.") }
            return result
        } catch {
            // Whatever it is: if it is not the replica's own trouble, the primary says so.
            if !setFailing(true) { log.warning("The replica cannot be read; the primary is read instead: \(error)") }
            return nil
        }
    }

    /// - Returns: what was the case before.
    private func setFailing(_ isFailing: Bool) -> Bool {
        state.withLock { state in
            defer { state.isFailing = isFailing }
            return state.isFailing
        }
    }
}

extension Office {
    /// From now on what the public reads comes from `replica` wherever it has all that this office knows of the fund, else from the office's own database.
    public nonisolated func read(from replica: any Database) { self.replica.database = replica }
}
