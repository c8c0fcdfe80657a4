import Testing

@testable import PooledFund

@Suite("Suppression of small counts")
struct SuppressionTests {
    /// By brute force: every breakdown is published, and those that look alike are put together. Whoever knows the rules knows no more than that the truth is one of them.
    @Test(
        "No hidden count can be worked out, by whoever knows the total and the rules",
        arguments: [(1, 12), (2, 25), (3, 16), (4, 12), (5, 12)])
    func cannotBeWorkedOut(categories: Int, largest: Int) {
        var values: [Suppression.Published: [Set<Int>]] = [:]
        var counts = [Int](repeating: 0, count: categories)
        repeat {
            let published = Suppression.publish(counts)
            for category in counts.indices where published.counts[category] == nil {
                values[published, default: Array(repeating: [], count: categories)][category].insert(counts[category])
            }
        } while advance(&counts, largest: largest)
        let found = values.filter { published, values in
            zip(published.counts, values).contains { count, values in count == nil && values.count < 2 }
        }
        #expect(found.isEmpty, "\(found.keys.prefix(5))")
    }

    @Test("No count from 1 to 4 is published, and what is published is true", arguments: [(1, 12), (2, 12), (3, 12), (4, 9)])
    func smallOnesAreHidden(categories: Int, largest: Int) {
        var counts = [Int](repeating: 0, count: categories)
        repeat {
            let published = Suppression.publish(counts)
            for (count, shown) in zip(counts, published.counts) {
                if let shown { #expect(shown == count && !(1..<Suppression.threshold).contains(shown)) }
            }
            if let total = published.total { #expect(total == counts.reduce(0, +) && !(1..<Suppression.threshold).contains(total)) }
        } while advance(&counts, largest: largest)
    }

    @Test("Nothing is hidden without need")
    func nothingToHide() {
        #expect(Suppression.publish([0, 5, 12]) == Suppression.Published(counts: [0, 5, 12], total: 17))
        #expect(Suppression.publish([0, 0]) == Suppression.Published(counts: [0, 0], total: 0))
        #expect(Suppression.publish([]) == Suppression.Published(counts: [], total: 0))
        #expect(Suppression.publish([9, 2, 4, 0]) == Suppression.Published(counts: [9, nil, nil, 0], total: 15))
        #expect(Suppression.publish([9, 2, 7, 0]) == Suppression.Published(counts: [nil, nil, nil, 0], total: 18))
        #expect(Suppression.publish([9, 4, 4]) == Suppression.Published(counts: [nil, nil, nil], total: 17))
        #expect(Suppression.publish([3, 0]) == Suppression.Published(counts: [nil, nil], total: nil))
        #expect(Suppression.publish([1, 1, 1, 1, 1]) == Suppression.Published(counts: [nil, nil, nil, nil, nil], total: nil))
    }

    /// The next breakdown in order; false after the last.
    private func advance(_ counts: inout [Int], largest: Int) -> Bool {
        for index in counts.indices {
            counts[index] += 1
            if counts[index] <= largest { return true }
            counts[index] = 0
        }
        return false
    }
}
