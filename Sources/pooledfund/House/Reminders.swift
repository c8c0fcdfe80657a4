internal import Logging
internal import PooledFund
internal import ServiceLifecycle

/// Reminds people by the clock, as the Terms say; every few minutes, so that a day that has come is not noticed hours later.
struct Reminders: Service {
    let office: Office

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await office.remind(now: Clock.now())
                } catch {
                    Logger(label: "pooledfund.reminders").warning("People are not reminded yet: \(error)")
                }
                try? await Task.sleep(for: .seconds(300))
            }
        }
    }
}
