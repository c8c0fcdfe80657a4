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
    let waitingCounts = WaitingCounts()
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
        /// Whether it was done before, and this is but the same answer again.
        public var isRepeated = false
    }

    /// Authorises, performs, appends the event and commits; or changes nothing and throws.
    public func perform<A: Action>(_ action: A, by actor: Actor) async throws -> Performed<A.Outcome> {
        try await perform(Performance(action: action, actor: actor))
    }

    /// The same, once: a request that was answered before gets the same answer, and nothing changes.
    ///
    /// - Throws: `Refusal` of the kind `conflict` if another request was sent under the key.
    public func perform<A: Action>(
        _ action: A, by actor: Actor, answering request: KeyedRequest
    ) async throws -> Performed<A.Outcome> where A.Outcome: Codable {
        try await perform(Performance(action: action, actor: actor, answers: KeyedAnswers(request)))
    }

    /// What performing the action would do, or why it is refused. Nothing is changed.
    public nonisolated func preview<A: Action>(_ action: A, by actor: Actor) async throws -> Preview<A.Outcome> {
        let clock = clock
        return try await database.write { transaction in
            let performance = Performance(action: action, actor: actor, keepsRows: true)
            do {
                try transaction.savepoint { throw Undone(preview: try performance.preview(in: transaction, clock: clock)) }
            } catch let undone as Undone<A.Outcome> {
                return undone.preview
            }
            throw DatabaseError.other("the preview was not undone")
        }
    }

    private func perform<A: Action>(_ performance: Performance<A>) async throws -> Performed<A.Outcome> {
        guard waiting.count < Self.waitingLimit else {
            throw Refusal("\(waiting.count) actions are waiting already", remedy: "try again in a moment", kind: .busy)
        }
        return try await withCheckedThrowingContinuation { continuation in
            waiting.append(PendingAction(performance, continuation))
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
            if let event = pending.event { publicHeads.advance(event.chain, to: event.head) }
        }
        for pending in batch { pending.finish() }
    }

    // MARK: A commit whose end is not known

    /// Finds out whether the batch is on record: all of it is, or nothing.
    private func resolve(_ batch: [any WaitingAction], _ detail: String) async {
        guard let (fund, head) = batch.reversed().lazy.compactMap(\.event).first else {
            // Refusals, and actions that had nothing to change: there was nothing to commit.
            acknowledge(batch)
            return
        }
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
