internal import Ledger
internal import SQL

extension Journal {
    /// Adds an entry to the journal of the fund whose action is being performed.
    ///
    /// - Parameter folderRow: the contribution of the fund folder that the entry was made of.
    static func record(_ entry: Entry, folderRow: String? = nil, in recording: Recording) throws {
        try recording.insert(
            into: .entry,
            [
                .text(entry.id), .text(entry.externalID), .text(entry.kind.rawValue), .text(entry.effectiveOn.description),
                .text(entry.effectiveOn.lastDay.description), .integer(entry.recordedAt.microsecondsSince1970),
                entry.reverses.sqlValue, folderRow.sqlValue, .text(entry.memo), .text(entry.source),
            ])
        for (index, posting) in entry.postings.enumerated() {
            try recording.insert(
                into: .posting,
                [
                    .text(entry.id), .integer(Int64(index + 1)), .text(posting.account.rawValue), .integer(posting.amount.minorUnits),
                    .text(posting.amount.currency.code), posting.contributor.sqlValue, posting.organization.sqlValue,
                    posting.programme.sqlValue,
                ])
        }
    }
}
