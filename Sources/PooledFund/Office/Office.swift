internal import Crypto
public import Ledger
internal import Logging
public import SQL
internal import Synchronization

/// The one door: every change of record passes through `perform`.
///
/// Waiting actions share one commit, each in a savepoint of its own, so that durability costs one flush for many and a refused action undoes
/// only itself. Nobody is told that an action is done before the commit is.
public actor Office {
    /// More than this many waiting actions are refused at once rather than kept waiting.
    public static let waitingLimit = 1_000
    private static let actionsPerCommit = 64

    public nonisolated let database: any Database
    private let clock: @Sendable () -> Instant
    private let log = Logger(label: "pooledfund.office")
    private let publicSequences = Mutex<[String: Int64]>([:])
    private var waiting: [any WaitingAction] = []
    private var isCommitting = false

    /// Opens the office on a migrated database.
    public init(database: any Database, clock: @escaping @Sendable () -> Instant) async throws {
        self.database = database
        self.clock = clock
        let sequences = try await database.read { transaction in
            try transaction.rows("SELECT fund, MAX(sequence) AS sequence FROM audit_event WHERE public_effect = 1 GROUP BY fund") {
                (try $0.text("fund"), try $0.integer("sequence"))
            }
        }
        publicSequences.withLock { $0 = Dictionary(uniqueKeysWithValues: sequences) }
    }

    /// The slugs of the funds on record, in order.
    public nonisolated var funds: [String] { publicSequences.withLock { $0.keys.sorted() } }

    /// The sequence number of the last event that changed what the public can see; nil for a fund that is not on record.
    public nonisolated func publicSequence(of fund: String) -> Int64? { publicSequences.withLock { $0[fund] } }

    /// What `perform` answers once the change is durable.
    public struct Performed<Outcome: Sendable>: Sendable {
        public let outcome: Outcome
        /// The event that vouches for the change; nil if there was nothing to change.
        public let event: ChainHead?
    }

    /// Authorises, performs, appends the event and commits; or changes nothing and throws.
    public func perform<A: Action>(_ action: A, by actor: Actor) async throws -> Performed<A.Outcome> {
        guard waiting.count < Self.waitingLimit else {
            throw Refusal("\(waiting.count) actions are waiting already", remedy: "try again in a moment")
        }
        return try await withCheckedThrowingContinuation { continuation in
            waiting.append(PendingAction(action: action, actor: actor, continuation: continuation))
            if !isCommitting {
                isCommitting = true
                Task { await commitWaiting() }
            }
        }
    }

    private func commitWaiting() async {
        while !waiting.isEmpty {
            let batch = Array(waiting.prefix(Self.actionsPerCommit))
            waiting.removeFirst(batch.count)
            do {
                let clock = clock
                try await database.write { transaction in
                    let memory = TransactionMemory()
                    for pending in batch { try pending.run(in: transaction, memory, clock: clock) }
                }
                for pending in batch {
                    if let (fund, sequence) = pending.publicEffect { advance(fund, to: sequence) }
                }
                for pending in batch { pending.finish() }
            } catch {
                log.error("A commit of \(batch.count) actions failed: \(error)")
                for pending in batch { pending.fail(error) }
            }
        }
        isCommitting = false
    }

    private func advance(_ fund: String, to sequence: Int64) {
        publicSequences.withLock { $0[fund] = max($0[fund] ?? 0, sequence) }
    }
}

/// An action in the queue, whatever its outcome's type.
private protocol WaitingAction: Sendable {
    func run(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant) throws
    var publicEffect: (fund: String, sequence: Int64)? { get }
    func finish()
    func fail(_ error: any Error)
}

private final class PendingAction<A: Action>: WaitingAction {
    private let action: A
    private let actor: Actor
    private let continuation: CheckedContinuation<Office.Performed<A.Outcome>, any Error>
    private let result = Mutex<Result<Office.Performed<A.Outcome>, any Error>?>(nil)

    init(action: A, actor: Actor, continuation: CheckedContinuation<Office.Performed<A.Outcome>, any Error>) {
        self.action = action
        self.actor = actor
        self.continuation = continuation
    }

    /// A refusal is kept for the one who asked. An engine that cannot write ends the whole batch: after such an error the transaction is over.
    func run(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant) throws {
        do {
            let (performed, last) = try transaction.savepoint { try record(in: transaction, memory, clock: clock) }
            memory.lastEvents[action.fund] = .some(last)
            result.withLock { $0 = .success(performed) }
        } catch let error as DatabaseError {
            switch error {
            case .alreadyExists, .missingReference, .invalidValue, .refused: result.withLock { $0 = .failure(error) }
            case .full, .damaged, .unavailable, .outcomeUnknown, .unknownSchema, .other: throw error
            }
        } catch {
            result.withLock { $0 = .failure(error) }
        }
    }

    private func record(
        in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant
    ) throws -> (Office.Performed<A.Outcome>, lastEvent: AuditQueries.LastEvent?) {
        let last = try memory.lastEvents[action.fund] ?? AuditQueries.lastEvent(of: action.fund, in: transaction)
        // Instants never go back, even if the machine's clock does.
        let now = try last.map { max(clock(), try Instant(microsecondsSince1970: $0.recordedAt.microsecondsSince1970 + 1)) } ?? clock()
        let recording = Recording(transaction: transaction, fund: action.fund, event: (last?.head.sequence ?? 0) + 1, now: now, memory: memory)
        try action.authorise(actor, in: recording)
        let outcome = try action.perform(in: recording)
        guard recording.rowCount > 0 else { return (Office.Performed(outcome: outcome, event: nil), last) }

        let salt = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let body = try action.auditBody()
        let event = AuditEvent(
            fund: action.fund, sequence: recording.event, recordedAt: now, actor: actor.id, action: A.name,
            hasPublicEffect: A.hasPublicEffect, rowCount: recording.rowCount, rowsDigest: recording.rowsDigest,
            bodyDigest: AuditChain.bodyDigest(salt: salt, body: body), previousHash: last?.head.hash ?? AuditChain.origin)
        let hash = AuditChain.hash(of: event)
        try AuditQueries.append(event, hash: hash, salt: salt, body: body, in: transaction)
        let head = ChainHead(sequence: event.sequence, hash: hash)
        return (Office.Performed(outcome: outcome, event: head), AuditQueries.LastEvent(head: head, recordedAt: now))
    }

    var publicEffect: (fund: String, sequence: Int64)? {
        guard A.hasPublicEffect, case .success(let performed) = result.withLock({ $0 }), let event = performed.event else { return nil }
        return (action.fund, event.sequence)
    }

    func finish() {
        switch result.withLock({ $0 }) {
        case .success(let performed): continuation.resume(returning: performed)
        case .failure(let error): continuation.resume(throwing: error)
        case nil: continuation.resume(throwing: DatabaseError.other("the action was not run"))
        }
    }

    func fail(_ error: any Error) {
        continuation.resume(throwing: error)
    }
}
