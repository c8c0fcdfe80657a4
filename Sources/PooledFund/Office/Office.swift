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
    let publicHeads: PublicHeads
    let replica = Replica()
    private var waiting: [any WaitingAction] = []
    private var isCommitting = false
    /// What the last commit left to be known.
    private var knownFunds: [String: KnownFund] = [:]
    private var currentRefresh: Task<Void, any Error>?
    private var nextRefresh: Task<Void, any Error>?

    /// Opens the office on a migrated database.
    public init(database: any Database, clock: @escaping @Sendable () -> Instant) async throws {
        self.database = database
        self.clock = clock
        let now = clock()
        publicHeads = PublicHeads(try await database.read { try AuditQueries.lastPublicEvents(in: $0) }, confirmed: now)
    }

    /// The slugs of the funds that this process knows to be on record, in order.
    public nonisolated var funds: [String] { publicHeads.funds }

    /// The sequence number of the last event known here that changed what the public can see; nil for a fund that is not on record. Never goes back.
    public nonisolated func publicSequence(of fund: String) -> Int64? { publicHeads[fund]?.sequence }

    /// How sure this process is that it knows what is on record.
    public nonisolated var contact: RecordContact { publicHeads.contact }

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
            await letMoreCome()
            let batch = Array(waiting.prefix(Self.actionsPerCommit))
            waiting.removeFirst(batch.count)
            do {
                try await commit(batch)
                acknowledge(batch)
            } catch DatabaseError.outcomeUnknown(let detail) {
                await resolve(batch, detail)
            } catch {
                log.error("A commit of \(batch.count) actions failed: \(error)")
                for pending in batch { pending.fail(error) }
            }
        }
        isCommitting = false
    }

    /// Those who were just answered often come back at once: a moment's wait lets them share the next commit, rather than the one after it.
    private func letMoreCome() async {
        var count = 0
        while waiting.count > count, waiting.count < Self.actionsPerCommit {
            count = waiting.count
            await Task.yield()
        }
    }

    /// A savepoint for each action costs about as much as the action, and is needed only where one is refused after it wrote something. So the batch is
    /// tried without; if there is something to undo, all of it is undone, and the batch is run again with a savepoint for each.
    private func commit(_ batch: [any WaitingAction]) async throws {
        let clock = clock
        let known = knownFunds
        do {
            knownFunds = try await database.write { transaction in
                let memory = TransactionMemory(known)
                for pending in batch { try pending.run(in: transaction, memory, clock: clock) }
                return memory.funds
            }
        } catch  where concernsOneAction(error) {
            knownFunds = try await database.write { transaction in
                let memory = TransactionMemory(known)
                for pending in batch { try pending.runUndoably(in: transaction, memory, clock: clock) }
                return memory.funds
            }
        }
    }

    private func acknowledge(_ batch: [any WaitingAction]) {
        for pending in batch where pending.hasPublicEffect {
            if let head = pending.event { publicHeads.advance(pending.fund, to: head) }
        }
        for pending in batch { pending.finish() }
    }

    // MARK: A commit whose end is not known

    /// Finds out whether the batch is on record: all of it is, or nothing.
    private func resolve(_ batch: [any WaitingAction], _ detail: String) async {
        guard let last = batch.last(where: { $0.event != nil }), let head = last.event else {
            // Refusals, and actions that had nothing to change: there was nothing to commit.
            acknowledge(batch)
            return
        }
        let fund = last.fund
        log.warning("Whether a commit of \(batch.count) actions was done is not known yet: \(detail)")
        switch await isOnRecord(head, of: fund) {
        case true?:
            log.notice("It was done: \(fund), audit event \(head)")
            acknowledge(batch)
        case false?:
            log.notice("It was not done; nothing was recorded.")
            for pending in batch {
                pending.fail(DatabaseError.unavailable("the connection was lost before the change was committed, and nothing was recorded"))
            }
        case nil:
            log.error("Whether it was done could not be found out: \(fund), audit event \(head)")
            for pending in batch { pending.fail(DatabaseError.outcomeUnknown(detail)) }
        }
    }

    /// Whether a commit that broke has left this event; nil if the database cannot be asked for some seconds.
    ///
    /// It is asked as a writer: that waits for the lock which whoever commits holds to the very end, so the answer cannot change any more.
    private func isOnRecord(_ head: ChainHead, of fund: String) async -> Bool? {
        let deadline = ContinuousClock.now + Self.resolutionPatience
        var pause = Duration.milliseconds(50)
        while true {
            do {
                return try await database.write { try AuditQueries.hash(of: fund, sequence: head.sequence, in: $0) == head.hash }
            } catch {
                guard ContinuousClock.now + pause < deadline else { return nil }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(2))
            }
        }
    }

    /// How long a broken commit is asked about: a server that is restarted, or whose standby takes over, is often back by then.
    private static let resolutionPatience = Duration.seconds(10)

    // MARK: What others commit

    /// Asks the database what is on record. Those who ask at the same time share one query, which begins after each of them asked.
    ///
    /// - Throws: what the database threw.
    public func refresh() async throws {
        if let nextRefresh { return try await nextRefresh.value }
        let previous = currentRefresh
        let refresh = Task {
            _ = await previous?.result
            currentRefresh = nextRefresh
            nextRefresh = nil
            try await confirmPublicHeads()
        }
        nextRefresh = refresh
        try await refresh.value
    }

    private func confirmPublicHeads() async throws {
        let (instant, tick) = (clock(), ContinuousClock.now)
        do {
            let heads = try await database.read { try AuditQueries.lastPublicEvents(in: $0) }
            if publicHeads.confirm(heads, at: instant, tick: tick) { log.notice("The record answers again.") }
        } catch {
            // Said once, not at every attempt.
            if publicHeads.fail() { log.error("The record does not answer; what is known of it is shown on: \(error)") }
            throw error
        }
    }

    /// Keeps up with what other processes commit, until the task is cancelled. Returns at once if no other process can.
    public func follow() async {
        publicHeads.follow(true)
        defer { publicHeads.follow(false) }
        for await _ in database.changes() {
            // The contact says whether it succeeded, and the next sign comes in half a second.
            try? await refresh()
        }
    }
}

/// An action in the queue, whatever its outcome's type.
private protocol WaitingAction: Sendable {
    /// - Throws: if what the transaction wrote so far must be undone.
    func run(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant) throws
    /// - Throws: only if the engine cannot write.
    func runUndoably(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant) throws
    var fund: String { get }
    var hasPublicEffect: Bool { get }
    /// The event that the last run made, whether or not it is on record yet.
    var event: ChainHead? { get }
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

    /// A refusal is kept for the one who asked, if there is nothing to undo.
    func run(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant) throws {
        let recording = try recording(in: transaction, memory, clock: clock)
        do {
            keep(try record(in: recording), memory)
        } catch  where recording.rowCount == 0 && !(error is DatabaseError) {
            result.withLock { $0 = .failure(error) }
        }
    }

    /// A refusal is kept for the one who asked. An engine that cannot write ends the whole batch: after such an error the transaction is over.
    func runUndoably(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant) throws {
        do {
            keep(try transaction.savepoint { try record(in: recording(in: transaction, memory, clock: clock)) }, memory)
        } catch  where concernsOneAction(error) {
            result.withLock { $0 = .failure(error) }
        }
    }

    private typealias Recorded = (performed: Office.Performed<A.Outcome>, last: AuditQueries.LastEvent?)

    private func keep(_ recorded: Recorded, _ memory: TransactionMemory) {
        memory.remember(recorded.last, of: action.fund)
        result.withLock { $0 = .success(recorded.performed) }
    }

    private func recording(
        in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @Sendable () -> Instant
    ) throws -> Recording {
        let last = try memory.lastEvent(of: action.fund) { try AuditQueries.lastEvent(of: action.fund, in: transaction) }
        // Instants never go back, even if the machine's clock does.
        let now = try last.map { max(clock(), try Instant(microsecondsSince1970: $0.recordedAt.microsecondsSince1970 + 1)) } ?? clock()
        return Recording(transaction: transaction, fund: action.fund, after: last, now: now, memory: memory)
    }

    private func record(in recording: Recording) throws -> Recorded {
        try action.authorise(actor, in: recording)
        let outcome = try action.perform(in: recording)
        guard recording.rowCount > 0 else { return (Office.Performed(outcome: outcome, event: nil), recording.last) }

        let salt = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let body = try action.auditBody()
        let event = AuditEvent(
            fund: action.fund, sequence: recording.event, recordedAt: recording.now, actor: actor.id, action: A.name,
            hasPublicEffect: A.hasPublicEffect, rowCount: recording.rowCount, rowsDigest: recording.rowsDigest,
            bodyDigest: AuditChain.bodyDigest(salt: salt, body: body), previousHash: recording.last?.head.hash ?? AuditChain.origin)
        let head = ChainHead(sequence: event.sequence, hash: AuditChain.hash(of: event))
        try AuditQueries.append(event, hash: head.hash, salt: salt, body: body, in: recording.transaction)
        return (Office.Performed(outcome: outcome, event: head), AuditQueries.LastEvent(head: head, recordedAt: recording.now))
    }

    var fund: String { action.fund }
    var hasPublicEffect: Bool { A.hasPublicEffect }

    var event: ChainHead? {
        guard case .success(let performed) = result.withLock({ $0 }) else { return nil }
        return performed.event
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

/// Whether an error is about one action, and others that share its transaction can be recorded without it.
private func concernsOneAction(_ error: any Error) -> Bool {
    switch error as? DatabaseError {
    case nil, .alreadyExists, .missingReference, .invalidValue, .refused: true
    case .full, .damaged, .unavailable, .outcomeUnknown, .unknownSchema, .other: false
    }
}
