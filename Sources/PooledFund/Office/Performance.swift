internal import Ledger
internal import SQL

/// One performing of an action, from the right to the event.
struct Performance<A: Action>: Sendable {
    let action: A
    let actor: Actor
    /// Where the answer is kept, so that the same request again changes nothing; nil if the request has no key.
    var answers: KeyedAnswers<A.Outcome>?
    var keepsRows = false

    struct Recorded {
        let performed: Office.Performed<A.Outcome>
        /// The last event of each chain that was changed, and of the action's own.
        let last: [(chain: String, last: AuditQueries.LastEvent?)]
    }

    func recording(
        in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @escaping @Sendable () -> Instant
    ) throws -> Recording {
        try recording(of: action.fund, in: transaction, memory, clock: clock)
    }

    private func recording(
        of chain: String, in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @escaping @Sendable () -> Instant
    ) throws -> Recording {
        let last = try memory.lastEvent(of: chain) { try AuditQueries.lastEvent(of: chain, in: transaction) }
        // Instants never go back, even if the machine's clock does.
        let now = try last.map { max(clock(), try Instant(microsecondsSince1970: $0.recordedAt.microsecondsSince1970 + 1)) } ?? clock()
        return Recording(transaction: transaction, fund: chain, after: last, now: now, memory: memory, keepsRows: keepsRows) {
            try recording(of: $0, in: transaction, memory, clock: clock)
        }
    }

    func record(in recording: Recording) throws -> Recorded {
        let answered = try answers?.answer(to: action.fund, actor, in: recording.transaction) { try requireAsker(in: recording) }
        if let performed = answered {
            return Recorded(performed: performed, last: [(action.fund, recording.last)])
        }
        let outcome = try perform(in: recording)
        let body = try action.auditBody()
        var last: [(chain: String, last: AuditQueries.LastEvent?)] = []
        for recording in recording.withCompanion {
            last.append((recording.fund, try recording.appendEvent(of: action, by: actor, body: body)))
        }
        // The chain of people has no event for what changed nothing there.
        let event = recording.rowCount > 0 ? last.first?.last?.head : nil
        let performed = Office.Performed(outcome: outcome, event: event)
        try answers?.keep(performed, of: action.fund, actor, at: recording.now, in: recording.transaction)
        return Recorded(performed: performed, last: last)
    }

    /// Lets whoever asks again pass by what stays so after the action: that they are still let in, and hold a role that performs it. What else
    /// the right asks may be no more by the action itself, as whoever left a proposal no longer takes part in it.
    private func requireAsker(in recording: Recording) throws {
        try recording.require(A.right, of: actor, for: A.name, concerning: actor.onBehalf?.person ?? actor.id)
    }

    func preview(in transaction: any WriteTransaction, clock: @escaping @Sendable () -> Instant) throws -> Preview<A.Outcome> {
        let recording = try recording(in: transaction, TransactionMemory([:]), clock: clock)
        let outcome = try perform(in: recording)
        // What an engine says of a statement only when it is next asked is to be known before the preview is believed.
        _ = try recording.transaction.first("SELECT 1 AS one")
        return Preview(outcome: outcome, rows: recording.withCompanion.flatMap(\.rows).map { Preview.Row($0.table, $0.values) })
    }

    private func perform(in recording: Recording) throws -> A.Outcome {
        if let onBehalf = actor.onBehalf, !A.isRecordedOnBehalf {
            throw Refusal.notAllowed(
                A.name, "It is not recorded on behalf of somebody else.", remedy: "ask \(onBehalf.person) to do it themselves")
        }
        recording.performer = actor.onBehalf?.person ?? actor.id
        recording.isOnBehalf = actor.onBehalf != nil
        try action.authorise(actor, in: recording)
        let outcome = try action.perform(in: recording)
        if let onBehalf = actor.onBehalf, recording.rowCount > 0 { try onBehalf.record(in: recording) }
        return outcome
    }
}

/// What performing an action would do.
public struct Preview<Outcome: Sendable>: Sendable {
    public let outcome: Outcome
    /// The rows that it would add to the record.
    public let rows: [Row]

    public struct Row: Sendable, Hashable {
        public let table: String
        /// The columns with their values as text.
        public let values: [Field]

        public struct Field: Sendable, Hashable {
            public let column: String
            public let value: String
        }

        init(_ table: AuditedTable, _ values: [Value]) {
            self.table = table.name
            self.values = zip(table.columns, values).map { Field(column: $0, value: $1.plainText) }
        }
    }
}

/// Carries a preview out of the savepoint that undoes it.
struct Undone<Outcome: Sendable>: Error {
    let preview: Preview<Outcome>
}

extension Recording {
    /// Whether there is nothing to undo.
    var hasWrittenNothing: Bool { !hasWritten }

    /// Appends the event that vouches for what was inserted; none if nothing was.
    ///
    /// - Returns: the chain's last event afterwards.
    fileprivate func appendEvent<A: Action>(of action: A, by actor: Actor, body: [UInt8]) throws -> AuditQueries.LastEvent? {
        guard rowCount > 0 else { return last }
        let salt = randomSalt()
        // The chain of people has nothing that the public could see.
        let hasPublicEffect = A.hasPublicEffect && fund == action.fund && fund != PeopleChain.name
        let event = AuditEvent(
            fund: fund, sequence: self.event, recordedAt: now, actor: actor.id, action: A.name, hasPublicEffect: hasPublicEffect,
            rowCount: rowCount, rowsDigest: rowsDigest, bodyDigest: AuditChain.bodyDigest(salt: salt, body: body),
            previousHash: last?.head.hash ?? AuditChain.origin)
        let head = ChainHead(sequence: event.sequence, hash: AuditChain.hash(of: event))
        try AuditQueries.append(event, hash: head.hash, salt: salt, body: body, in: transaction)
        return AuditQueries.LastEvent(head: head, recordedAt: now)
    }
}

extension OnBehalf {
    /// Says in the record for whom it was done, and keeps the answer.
    fileprivate func record(in recording: Recording) throws {
        try PeopleQueries.particulars(of: person, in: recording.transaction)?.requireAbsence(from: note)
        try DocumentQueries.keep(answer, in: recording.transaction)
        try recording.insert(into: .recordedOnBehalf, [.text(person), .bytes(answer.digest), .text(note)])
    }
}

extension Value {
    /// For people: bytes as hexadecimal digits.
    fileprivate var plainText: String {
        switch self {
        case .null: ""
        case .integer(let integer): String(integer)
        case .text(let text): text
        case .bytes(let bytes): hexadecimal(bytes)
        }
    }
}
