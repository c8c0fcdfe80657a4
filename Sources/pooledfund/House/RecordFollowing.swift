internal import PooledFund
internal import ServiceLifecycle

/// Keeps a server's office up with what other processes record, for as long as the server runs.
struct RecordFollowing: Service {
    let office: Office

    func run() async throws {
        await cancelWhenGracefulShutdown { await office.follow() }
    }
}
