internal import PooledFund
internal import UnixSignals

/// Runs `body`, and cancels it when the process is asked to stop (SIGTERM, or Ctrl-C), so that it can clear away what it began.
///
/// A `body` that ends all the same has done its work: the process then ends as it would have unasked.
func cancelledOnRequest(_ body: @escaping @Sendable () async throws -> Void) async throws {
    // From before the work begins: a signal in between would end the process with something half done on the disk.
    let requests = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let work = Task { try await body() }
    // To the end of the process: a request that comes once the work is done must not turn its exit code into a failure.
    Task {
        for await _ in requests { work.cancel() }
    }
    do {
        try await work.value
    } catch is CancellationError {
        throw Refusal("stopped as asked, before it was done: nothing was changed")
    }
}
