internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How much a solving process may take before it is ended.
public struct SlateLimits: Sendable, Hashable {
    /// From its start to its end.
    public var time: Duration
    public var processorSeconds: Int
    public var memoryMegabytes: Int
    public var answerMegabytes: Int
    /// How many may wait while one is solved; whoever comes after them is turned away.
    public var waiting: Int

    public init(
        time: Duration = .seconds(120), processorSeconds: Int = 120, memoryMegabytes: Int = 1024, answerMegabytes: Int = 16,
        waiting: Int = 8
    ) {
        self.time = time
        self.processorSeconds = processorSeconds
        self.memoryMegabytes = memoryMegabytes
        self.answerMegabytes = answerMegabytes
        self.waiting = waiting
    }

    /// Puts this very process under the limits that the system keeps; they cannot be lifted again.
    ///
    /// - Throws: ``SlateSolverError/limitsNotSet``
    public func confineThisProcess() throws(SlateSolverError) {
        let megabyte = 1_048_576
        let limits = [
            (RLIMIT_CPU, processorSeconds), (RLIMIT_AS, memoryMegabytes * megabyte), (RLIMIT_FSIZE, answerMegabytes * megabyte),
            (RLIMIT_CORE, 0),
        ]
        for (resource, number) in limits {
            var limit = rlimit(rlim_cur: rlim_t(number), rlim_max: rlim_t(number))
            #if canImport(Glibc)
                let code = setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
            #else
                let code = setrlimit(resource, &limit)
            #endif
            guard code == 0 else { throw .limitsNotSet }
        }
    }
}
