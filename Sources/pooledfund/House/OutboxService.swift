internal import Logging
internal import PooledFund
internal import ServiceLifecycle

/// Sends what waits in the outbox while a server runs. Asked to stop, it begins no further mail and finishes those under way.
struct OutboxService: Service {
    let outbox: Outbox

    private static let interval = Duration.seconds(1)

    func run() async throws {
        let log = Logger(label: "pooledfund.outbox")
        var isFailing = false
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                try await outbox.drain { Task.isShuttingDownGracefully }
                if isFailing { log.notice("The outbox can be read again.") }
                isFailing = false
            } catch {
                // Said once, not every second.
                if !isFailing { log.error("The outbox cannot be read; mail waits: \(error)") }
                isFailing = true
            }
            await cancelWhenGracefulShutdown { try? await Task.sleep(for: Self.interval) }
        }
    }
}
