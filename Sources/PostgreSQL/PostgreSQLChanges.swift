#if PostgreSQL
    internal import Foundation
    internal import SQL
    internal import Synchronization

    extension PostgreSQLDatabase {
        /// Listens for what writers announce when they commit. Since an announcement may be lost with a connection, or never come through a pooler of
        /// connections, it yields at least every half second too.
        public func changes() -> AsyncStream<Void> {
            AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
                let isWanted = Wanted()
                continuation.onTermination = { _ in isWanted.end() }
                let listeners = listeners
                // A standby hears no announcements.
                let hears = part == .primary
                // A thread that waits for the network most of the time has no place among those that do the work.
                let thread = Thread {
                    while isWanted.value, !listeners.isClosed {
                        Self.listen(listeners, hears: hears, whileWanted: isWanted) { continuation.yield() }
                    }
                    continuation.finish()
                }
                thread.name = "pooledfund-changes"
                thread.start()
            }
        }

        private final class Wanted: Sendable {
            private let state = Mutex(true)
            var value: Bool { state.withLock { $0 } }
            func end() { state.withLock { $0 = false } }
        }

        /// Until the connection breaks; then it waits a little.
        private static func listen(_ listeners: PostgreSQLConnections, hears: Bool, whileWanted isWanted: Wanted, _ changed: () -> Void) {
            let interval = Duration.milliseconds(500)
            do {
                guard hears else { throw DatabaseError.refused("a standby") }
                let connection = try listeners.open()
                try connection.run(script: "LISTEN \(channel)")
                // Whatever was committed before the listening began.
                changed()
                while isWanted.value, !listeners.isClosed {
                    if connection.waitForInput(until: .now + interval) { try connection.takeNotifications() }
                    changed()
                }
            } catch {
                changed()
                Thread.sleep(forTimeInterval: 0.5)
            }
        }
    }
#endif
