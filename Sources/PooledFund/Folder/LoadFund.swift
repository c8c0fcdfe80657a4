internal import Foundation
internal import Ledger
internal import SQL

/// Loads a fund folder: the first time all of it, afterwards the difference, in one event.
///
/// A changed record is a new version; a changed contribution is a reversal and a new entry. A row that is gone is refused: what was once on record
/// is corrected, not dropped. So is a changed contribution that was reversed by hand since it was loaded.
public struct LoadFund: Action {
    public static let name = "load-fund"
    public static let hasPublicEffect = true
    public static let right = Right(
        [.administrator], operators: true, rule: "Only an administrator of the fund, or the operator of the machine, loads its folder.")

    public let folder: FundFolder
    public var fund: String { folder.slug }

    public init(folder: FundFolder) {
        self.folder = folder
    }

    /// What was different.
    public struct Outcome: Sendable, Hashable, Codable {
        public var added = 0
        public var changed = 0

        public var isNothing: Bool { self == Outcome() }
    }

    public func auditBody() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(["files": folder.files]))
    }

    /// Money is posted by the agent, and the rules that bind an administrator are not the administrator's to change: what a folder says of either is loaded
    /// by the operator of the machine.
    public func authorise(_ actor: Actor, in recording: Recording) throws {
        try recording.require(Self.right, of: actor, for: Self.name)
        guard actor.passage != .machine else { return }
        let operators = "ask the operator of the machine to load the folder"
        guard try recording.peopleRules() == folder.terms.people else {
            throw Refusal.notAllowed(
                Self.name, "Rules on people in the Terms are changed by the operator of the machine.", remedy: operators)
        }
        let loaded = try LoadedContribution.all(of: fund, currency: folder.terms.currency, in: recording.transaction)
        guard folder.contributions.allSatisfy({ loaded[$0.externalID]?.contribution == $0 }) else {
            throw Refusal.notAllowed(Self.name, LedgerRules.right.rule, remedy: operators)
        }
    }

    public func perform(in recording: Recording) throws -> Outcome {
        var outcome = Outcome()
        let known = recording.event - 1
        let termsOnRecord = try RecordQueries.terms(of: fund, known: known, in: recording.transaction)
        if termsOnRecord != nil {
            let currency = try LedgerRules.currency(in: recording)
            guard currency == folder.terms.currency else {
                throw Refusal(
                    "the fund's records are in \(currency.code), and the folder is in \(folder.terms.currency.code)",
                    remedy: "a fund keeps its currency; load the folder as another fund, under another name")
            }
        }
        if termsOnRecord != folder.termsText {
            try recording.insert(into: .terms, [.text(folder.termsText)])
            outcome.count(isNew: termsOnRecord == nil)
        }
        let texts = try RecordQueries.texts(of: fund, known: known, in: recording.transaction)
        for name in texts.keys.sorted() where folder.texts[name] == nil {
            throw Refusal("texts/\(name).md was loaded before and is gone", remedy: "put it back; it may be empty")
        }
        for (name, text) in folder.texts.sorted(by: { $0.key < $1.key }) where texts[name] != text {
            try recording.insert(into: .fundText, [.text(name), .text(text)])
            outcome.count(isNew: texts[name] == nil)
        }
        for kind in RecordKind.all { try load(kind, known: known, in: recording, &outcome) }
        try loadContributions(in: recording, &outcome)
        return outcome
    }

    private func load(_ kind: RecordKind, known: Int64, in recording: Recording, _ outcome: inout Outcome) throws {
        let rows = folder.records[kind] ?? []
        var onRecord = Dictionary(
            uniqueKeysWithValues: try RecordQueries.current(kind, of: fund, known: known, in: recording.transaction).map { ($0.key, $0) })
        for row in rows {
            let previous = onRecord.removeValue(forKey: row.key)
            guard previous != row else { continue }
            try recording.insert(into: kind.table, row.values.map { .text($0) })
            outcome.count(isNew: previous == nil)
        }
        // What was registered in the house need not stand in the folder.
        let registered = onRecord.isEmpty ? [] : try RecordQueries.registered(kind, of: fund, in: recording.transaction)
        if let gone = onRecord.keys.filter({ !registered.contains($0) }).map({ $0.joined(separator: ", ") }).min() {
            throw Refusal(
                "\(kind.file): “\(gone)” was loaded before and is gone",
                remedy: "put the row back; what was on record is corrected, not dropped")
        }
    }

    private func loadContributions(in recording: Recording, _ outcome: inout Outcome) throws {
        var onRecord = try LoadedContribution.all(of: fund, currency: folder.terms.currency, in: recording.transaction)
        var taken = Set(folder.contributions.map(\.externalID)).union(try LedgerQueries.externalIDs(of: fund, in: recording.transaction))
        for contribution in folder.contributions {
            let loaded = onRecord.removeValue(forKey: contribution.externalID)
            guard loaded?.contribution != contribution else { continue }
            var externalID = contribution.externalID
            if let loaded {
                guard !loaded.isReversed else {
                    throw Refusal(
                        "\(RecordKind.contributions.file): “\(contribution.externalID)” differs from what was loaded, and its entry \(loaded.entry.externalID) was reversed since",
                        remedy: "put the row back as it was, and record the correction in the ledger")
                }
                externalID = taken.takeNext { "\(contribution.externalID)-\($0)" }
                let reversalID = taken.takeNext { "\(loaded.entry.externalID)-reversed\($0 == 2 ? "" : "-\($0)")" }
                try Journal.record(
                    try loaded.entry.reversal(
                        id: uuidV7(at: recording.now), externalID: reversalID, effectiveOn: loaded.entry.effectiveOn,
                        recordedAt: recording.now, memo: "Replaced by \(externalID)"),
                    folderRow: contribution.externalID, in: recording)
            }
            try Journal.record(
                try Entry.openingContribution(
                    id: uuidV7(at: recording.now), externalID: externalID, contributor: contribution.contributor,
                    amount: contribution.amount,
                    effectiveOn: contribution.effectiveOn, recordedAt: recording.now, memo: contribution.memo, source: contribution.source),
                folderRow: contribution.externalID, in: recording)
            outcome.count(isNew: loaded == nil)
        }
        if let gone = onRecord.keys.min() {
            throw Refusal(
                "\(RecordKind.contributions.file): “\(gone)” was loaded before and is gone",
                remedy: "put the row back, and reverse its entry in the ledger if it was wrong")
        }
    }
}

extension Set<String> {
    /// The first name, counted from 2, that is not taken yet; it is taken from now on.
    fileprivate mutating func takeNext(_ name: (Int) -> String) -> String {
        var number = 2
        while contains(name(number)) { number += 1 }
        insert(name(number))
        return name(number)
    }
}

extension LoadFund.Outcome {
    fileprivate mutating func count(isNew: Bool) {
        if isNew { added += 1 } else { changed += 1 }
    }
}
