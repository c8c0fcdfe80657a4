internal import PooledFund

/// What a visitor's browser says that the visitor has seen: `pooledfund-seen=FUND:SEQUENCE[,…]`, the audit events that changes of theirs were
/// acknowledged with. No page that they get is older.
///
/// Anyone can send anything, so it is only ever a reason to look once more.
struct SeenCookie {
    static let name = "pooledfund-seen"

    private var sequences: [Substring: Int64] = [:]

    /// More funds than this are not read from one cookie.
    private static let fundLimit = 20
    /// A sequence number has at most so many digits.
    private static let digitLimit = 12

    /// - Parameter headers: the values of `Cookie`. What cannot be read is left out.
    init(_ headers: some Sequence<String>) {
        for header in headers {
            for part in header.split(separator: ";") {
                let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, pair[0] == Self.name else { continue }
                for item in pair[1].split(separator: ",").prefix(Self.fundLimit) {
                    let fields = item.split(separator: ":", omittingEmptySubsequences: false)
                    guard fields.count == 2, isIdentifier(String(fields[0])), fields[1].utf8.count <= Self.digitLimit,
                        fields[1].utf8.allSatisfy({ (48...57).contains($0) }), let sequence = Int64(fields[1])
                    else { continue }
                    sequences[fields[0]] = max(sequences[fields[0]] ?? 0, sequence)
                }
            }
        }
    }

    /// The last event of a fund that the visitor has seen; 0 if none is named.
    func sequence(of fund: String) -> Int64 { sequences[fund[...]] ?? 0 }
}

extension Office {
    /// The fund's public sequence as it is known here, once it is no older than what the visitor has seen.
    func publicSequence(of fund: String, seen: SeenCookie) async throws -> Int64 {
        if seen.sequence(of: fund) > publicSequence(of: fund) ?? 0 {
            guard !contact.isLost else { throw Failure.olderThanSeen }
            do { try await refresh() } catch { throw Failure.olderThanSeen }
        }
        guard let sequence = publicSequence(of: fund) else {
            // It may have been put on record meanwhile.
            throw contact.isLost ? Failure.recordUnavailable : Failure.notFound
        }
        return sequence
    }
}
