#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The file descriptors that the operating system grants to this process.
enum Descriptors {
    /// Those that the process needs besides its connections: the database, its readers, files being read.
    private static let reserve = 100

    /// Raises the limit as far as it goes towards `connections`.
    ///
    /// - Returns: how many connections there are descriptors for. Accepting more would fail again and again, at the cost of a whole core.
    static func raiseLimit(for connections: Int) -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return min(connections, 512) }
        let wanted = rlim_t(connections + reserve)
        if limit.rlim_cur < wanted {
            limit.rlim_cur = min(wanted, limit.rlim_max)
            _ = setrlimit(resource, &limit)
            _ = getrlimit(resource, &limit)
        }
        let granted = limit.rlim_cur > wanted ? connections : Int(limit.rlim_cur) - reserve
        return max(16, min(connections, granted))
    }
}
