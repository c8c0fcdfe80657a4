/// Hides small counts of a public breakdown of records that are not themselves public.
public enum Suppression {
    /// Counts below this could point at someone.
    public static let threshold = 5

    /// A breakdown as the public may see it.
    public struct Published: Sendable, Hashable {
        /// In the order given; nil where the count is hidden.
        public let counts: [Int?]
        /// Nil if it would give a hidden count away.
        public let total: Int?
    }

    /// Hides every count from 1 to 4, and whatever else it takes so that none of them can be worked out, even by someone who knows these rules.
    ///
    /// What the hidden counts add up to follows from the total. It leaves them open only if there are at least two of them and they are neither all as small
    /// nor all as large as a hidden count can be; otherwise every count that is not zero is hidden; if that leaves them no choice either, everything is.
    public static func publish(_ counts: [Int]) -> Published {
        let small = counts.filter { (1..<threshold).contains($0) }
        let (sum, total) = (small.reduce(0, +), counts.reduce(0, +))
        if small.isEmpty { return Published(counts: counts, total: total) }
        let range = (small.count + 1)..<(small.count * (threshold - 1))
        if small.count >= 2, sum >= threshold, range.contains(sum) {
            return Published(counts: counts.map { (1..<threshold).contains($0) ? nil : $0 }, total: total)
        }
        if total >= threshold, total > counts.count(where: { $0 > 0 }) {
            return Published(counts: counts.map { $0 > 0 ? nil : 0 }, total: total)
        }
        return Published(counts: counts.map { _ in nil }, total: nil)
    }
}
