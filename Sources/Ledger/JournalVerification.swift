extension Journal {
    /// Everything in the books that breaks their rules, in the order of the entries; empty if they are sound.
    public func verify() -> [JournalFault] {
        var seenExternalIDs: Set<String> = []
        var reversed: Set<String> = []
        // Of entries that share an external id, which is a fault by itself, the first is the one it means.
        let byExternalID = Dictionary(entries.map { ($0.externalID, $0) }, uniquingKeysWith: { first, _ in first })

        return entries.flatMap { entry in
            var problems = entry.errors.map(JournalFault.Problem.entry)
            problems += foreignCurrencies(of: entry).map { .otherCurrency($0, journal: currency) }
            if !seenExternalIDs.insert(entry.externalID).inserted { problems.append(.duplicateExternalID) }
            if let target = entry.reverses, target != entry.externalID {
                if let original = byExternalID[target] {
                    problems += Self.problems(of: entry, reversing: original)
                } else {
                    problems.append(.reversesUnknownEntry(target))
                }
                if !reversed.insert(target).inserted { problems.append(.reversedBefore(target)) }
            }
            return problems.map { JournalFault(entryID: entry.id, externalID: entry.externalID, problem: $0) }
        }
    }

    private func foreignCurrencies(of entry: Entry) -> [Currency] {
        var found: [Currency] = []
        for posting in entry.postings where posting.amount.currency != currency {
            if !found.contains(posting.amount.currency) { found.append(posting.amount.currency) }
        }
        return found
    }

    private static func problems(of reversal: Entry, reversing original: Entry) -> [JournalFault.Problem] {
        var problems: [JournalFault.Problem] = []
        if original.kind == .reversal { problems.append(.reversesReversal(original.externalID)) }
        if !isExactOpposite(reversal.postings, of: original.postings) {
            problems.append(.notTheOpposite(of: original.externalID))
        }
        if reversal.effectiveOn.lastDay < original.effectiveOn.lastDay {
            problems.append(.takesEffectBefore(original.externalID, on: original.effectiveOn))
        }
        if reversal.recordedAt < original.recordedAt {
            problems.append(.recordedBefore(original.externalID, at: original.recordedAt))
        }
        return problems
    }

    /// Whether each posting has its opposite, as many times as it occurs, in whatever order.
    private static func isExactOpposite(_ postings: [Posting], of originals: [Posting]) -> Bool {
        guard let opposites = try? originals.map({ try $0.opposite() }) else { return false }
        return counts(postings) == counts(opposites)
    }

    private static func counts(_ postings: [Posting]) -> [Posting: Int] {
        postings.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
