internal import Logging
internal import PooledFund
internal import ServiceLifecycle

/// Something that a server does again and again as time goes by. What fails is logged, and tried again when its time comes.
struct RegularWork: Service {
    let name: String
    let interval: Duration
    let work: @Sendable () async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await work()
                } catch {
                    Logger(label: "pooledfund.\(name)").warning("Not done yet: \(error)")
                }
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// Deletes what people's coming and going has left behind for longer than the Terms allow.
    static func traceRetention(_ office: Office) -> RegularWork {
        RegularWork(name: "retention", interval: .seconds(3_600)) { try await office.deleteOldTraces(now: Clock.now()) }
    }

    /// Reminds people by the clock, as the Terms say: every few minutes, so that a day that has come is not noticed hours later.
    static func reminders(_ office: Office) -> RegularWork {
        RegularWork(name: "reminders", interval: .seconds(300)) { try await office.remind(now: Clock.now()) }
    }
}
