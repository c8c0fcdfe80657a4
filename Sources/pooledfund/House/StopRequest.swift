internal import PooledFund
internal import UnixSignals

/// Runs `body`, and cancels it when the process is asked to stop (SIGTERM, or Ctrl-C), so that it can clear away what it began.
func cancelledOnRequest(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let work = Task { try await body() }
    let watch = Task {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { work.cancel() }
    }
    defer { watch.cancel() }
    do {
        try await work.value
    } catch is CancellationError {
        throw Refusal("stopped as asked, before it was done: nothing was changed")
    }
}
