/// Hides small counts of a public breakdown of records that are not themselves public.
public enum Suppression {
    /// Counts below this could point at someone.
    public static let threshold = 5

    /// The counts with every one from 1 to 4 hidden (nil), and enough others that a hidden one cannot be worked out from the total.
    ///
    /// A single hidden count would be the total less the rest, and two hidden ones of 1 and 1 would follow from a total of 2 beyond the rest, so
    /// counts are hidden, smallest first, until at least two are and what they hide adds up to the threshold or more.
    public static func counts(_ counts: [Int]) -> [Int?] {
        var hidden = Set(counts.indices.filter { (1..<threshold).contains(counts[$0]) })
        guard !hidden.isEmpty else { return counts }
        var rest = counts.indices.filter { !hidden.contains($0) && counts[$0] > 0 }.sorted { counts[$0] < counts[$1] }
        while hidden.count < 2 || hidden.reduce(0, { $0 + counts[$1] }) < threshold {
            // With nothing left to hide behind, nothing is published, zeros included.
            guard !rest.isEmpty else { return counts.map { _ in nil } }
            hidden.insert(rest.removeFirst())
        }
        return counts.indices.map { hidden.contains($0) ? nil : counts[$0] }
    }

    /// The total of a breakdown, if it is large enough to be published.
    public static func total(_ counts: [Int]) -> Int? {
        let total = counts.reduce(0, +)
        return total == 0 || total >= threshold ? total : nil
    }
}
