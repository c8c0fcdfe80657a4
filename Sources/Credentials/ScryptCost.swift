/// How much memory and work one hash of a password takes (RFC 7914): 128·N·r bytes, and N·r·p in time.
public struct ScryptCost: Sendable, Hashable {
    /// ln: N is 2 to this power.
    public let logarithmOfRounds: Int
    /// r, in units of 128 bytes.
    public let blockSize: Int
    /// p: how many times over.
    public let parallelism: Int

    /// N = 2^15, r = 8, p = 3: 32 MiB at a time. One of the equivalent choices of the OWASP Password Storage Cheat Sheet, and the one whose
    /// memory two threads can have at once beside a server.
    public static let current = ScryptCost(ln: 15, r: 8, p: 3)

    /// `nil` beyond 128 MiB or beyond about three times the work of ``current``: whoever could write such a hash into the record, or a
    /// backup, would stop the server with one sign-in.
    public init?(logarithmOfRounds: Int, blockSize: Int, parallelism: Int) {
        guard (10...20).contains(logarithmOfRounds), (1...32).contains(blockSize), (1...16).contains(parallelism) else { return nil }
        let blocks = blockSize << logarithmOfRounds
        guard blocks <= 1 << 20, blocks * parallelism <= 1 << 21 else { return nil }
        self.init(ln: logarithmOfRounds, r: blockSize, p: parallelism)
    }

    private init(ln: Int, r: Int, p: Int) {
        (logarithmOfRounds, blockSize, parallelism) = (ln, r, p)
    }
}
