internal import Ledger
internal import SQL
internal import Synchronization

/// An action in the queue, whatever its outcome's type.
protocol WaitingAction: Sendable {
    /// - Throws: if what the transaction wrote so far must be undone.
    func run(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @escaping @Sendable () -> Instant) throws
    /// - Throws: only if the engine cannot write.
    func runUndoably(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @escaping @Sendable () -> Instant) throws
    var hasPublicEffect: Bool { get }
    /// The event that the last run made, whether or not it is on record yet, and the chain that it is in.
    var event: (chain: String, head: ChainHead)? { get }
    func finish()
    func fail(_ error: any Error)
}

final class PendingAction<A: Action>: WaitingAction {
    private let performance: Performance<A>
    private let continuation: CheckedContinuation<Office.Performed<A.Outcome>, any Error>
    private let result = Mutex<Result<Office.Performed<A.Outcome>, any Error>?>(nil)

    init(_ performance: Performance<A>, _ continuation: CheckedContinuation<Office.Performed<A.Outcome>, any Error>) {
        self.performance = performance
        self.continuation = continuation
    }

    /// A refusal is kept for the one who asked, if there is nothing to undo.
    func run(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @escaping @Sendable () -> Instant) throws {
        let recording = try performance.recording(in: transaction, memory, clock: clock)
        do {
            keep(try performance.record(in: recording), memory)
        } catch  where recording.hasWrittenNothing && !(error is DatabaseError) {
            result.withLock { $0 = .failure(error) }
        }
    }

    /// A refusal is kept for the one who asked. An engine that cannot write ends the whole batch: after such an error the transaction is over.
    func runUndoably(in transaction: any WriteTransaction, _ memory: TransactionMemory, clock: @escaping @Sendable () -> Instant) throws {
        do {
            let recorded = try transaction.savepoint {
                try performance.record(in: performance.recording(in: transaction, memory, clock: clock))
            }
            keep(recorded, memory)
        } catch  where concernsOneAction(error) {
            result.withLock { $0 = .failure(error) }
        }
    }

    private func keep(_ recorded: Performance<A>.Recorded, _ memory: TransactionMemory) {
        for (chain, last) in recorded.last { memory.remember(last, of: chain) }
        result.withLock { $0 = .success(recorded.performed) }
    }

    var hasPublicEffect: Bool { A.hasPublicEffect }

    var event: (chain: String, head: ChainHead)? {
        guard case .success(let performed) = result.withLock({ $0 }), !performed.isRepeated else { return nil }
        return performed.event.map { (performance.action.fund, $0) }
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
func concernsOneAction(_ error: any Error) -> Bool {
    switch error as? DatabaseError {
    case nil, .alreadyExists, .missingReference, .invalidValue, .refused: true
    case .full, .damaged, .unavailable, .outcomeUnknown, .unknownSchema, .other: false
    }
}
