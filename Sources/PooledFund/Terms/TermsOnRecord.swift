internal import Ledger
internal import SQL
internal import Synchronization

/// The Terms of the funds on record, kept once they were read: reading the text takes longer than most of what asks for it.
enum TermsOnRecord {
    private static let lastRead = Mutex<[String: (digest: [UInt8], terms: Terms)]>([:])

    /// More funds than this are not kept.
    private static let keptLimit = 100

    /// A fund's Terms as known after the event `known`; nil if the fund is not on record.
    ///
    /// - Throws: `Faults` if this program cannot read what an older or newer one put on record.
    static func read(_ fund: String, known: Int64 = .max, in transaction: any ReadTransaction) throws -> Terms? {
        guard let digest = try RecordQueries.termsDigest(of: fund, known: known, in: transaction) else { return nil }
        if let last = lastRead.withLock({ $0[fund] }), last.digest == digest { return last.terms }
        guard let text = try RecordQueries.terms(of: fund, known: known, in: transaction) else { return nil }
        let faults = FaultCollector()
        guard let terms = TermsReader.read(text, faults: faults) else { throw Faults(faults: faults.faults) }
        lastRead.withLock { kept in
            if kept.count >= keptLimit { kept.removeAll() }
            kept[fund] = (digest, terms)
        }
        return terms
    }
}

extension Recording {
    /// The Terms of the fund whose record is being changed, as they were before the action.
    ///
    /// - Throws: `Refusal` if the fund is not on record.
    func terms() throws -> Terms {
        guard let terms = try TermsOnRecord.read(fund, known: event - 1, in: transaction) else {
            throw Refusal("there is no fund “\(fund)”", remedy: "load its folder first")
        }
        return terms
    }

    /// What the Terms say of people; the strictest for a fund that is not on record yet, and for the chain of people.
    func peopleRules() throws -> PeopleRules {
        try TermsOnRecord.read(fund, known: event - 1, in: transaction)?.people ?? .strictest
    }

    /// The day in the fund's time zone; in Greenwich for the chain of people.
    func today() throws -> CivilDate {
        guard let terms = try TermsOnRecord.read(fund, known: event - 1, in: transaction) else { return now.civilDate(secondsFromGMT: 0) }
        return try FundTimeZone(terms.identity.timeZone).today(at: now)
    }
}
