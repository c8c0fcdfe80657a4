internal import Logging
internal import PooledFund
internal import ServiceLifecycle

/// Deletes, every hour, what people's coming and going has left behind for longer than the Terms allow.
struct TraceRetention: Service {
    let office: Office

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await office.deleteOldTraces(now: Clock.now())
                } catch {
                    Logger(label: "pooledfund.retention").warning("Old traces are not deleted yet: \(error)")
                }
                try? await Task.sleep(for: .seconds(3_600))
            }
        }
    }
}
