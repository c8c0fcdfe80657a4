/// An engine with nothing of the house around it: prepared statements on its own interface.
protocol RawEngine: AnyObject {
    /// Inserts the rows of `actions` until there are no more or `duration` is over.
    ///
    /// - Parameter connections: how many at once, each with a part of the actions; an engine with one writer uses one.
    func insert(_ actions: [PreparedAction], actionsPerCommit: Int, connections: Int, for duration: Duration) throws -> Throughput
}

struct RawFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
