internal import Ledger

/// Reads the fields of one row as what they are, and reports every one that is not.
///
/// Each method answers nil where a required field is wrong, after reporting it, so that one pass over a row finds all its faults.
struct RowReader {
    let fields: Fields
    /// The line in the file; nil for a row from the database.
    let line: Int?
    let faults: FaultCollector

    func report(_ column: String, _ problem: String, remedy: @autoclosure () -> String) {
        faults.report(fields.kind.file, line, column, problem, remedy: remedy())
    }

    func text(_ column: String) -> String { fields[column] }

    func requiredText(_ column: String) -> String? {
        let text = fields[column]
        guard !text.isEmpty else {
            report(column, "is empty", remedy: "give its value")
            return nil
        }
        return text
    }

    /// A permanent id: letters, digits and hyphens.
    func identifier(_ column: String) -> String? {
        guard let text = requiredText(column) else { return nil }
        guard isIdentifier(text) else {
            report(column, "“\(text)” is not an id", remedy: "use 1 to 80 letters (a–z, A–Z), digits and hyphens")
            return nil
        }
        return text
    }

    /// The parts of a `;`-separated list, without the spaces around them.
    func list(_ column: String) -> [String] {
        let parts = fields[column].listed
        if let repeated = firstRepeated(parts) { report(column, "“\(repeated)” stands there twice", remedy: "name it once") }
        return parts
    }

    func integers(_ column: String) -> [Int] {
        list(column).compactMap { part in
            guard let integer = wholeNumber(part) else {
                report(column, "“\(part)” is not a whole number", remedy: "write digits only")
                return nil
            }
            return integer
        }
    }

    func optionalInteger(_ column: String) -> Int? {
        let text = fields[column]
        guard !text.isEmpty else { return nil }
        guard let integer = wholeNumber(text) else {
            report(column, "“\(text)” is not a whole number", remedy: "write digits only, or leave it empty")
            return nil
        }
        return integer
    }

    func optionalDate(_ column: String) -> CivilDate? {
        let text = fields[column]
        guard !text.isEmpty else { return nil }
        do {
            return try CivilDate(parsing: text)
        } catch {
            report(column, "“\(text)” is not a date (\(error))", remedy: "write YYYY-MM-DD, or YYYY-MM or YYYY if no more is known")
            return nil
        }
    }

    func date(_ column: String) -> CivilDate? {
        guard requiredText(column) != nil else { return nil }
        return optionalDate(column)
    }

    /// An amount above zero in `currency`.
    func amount(_ column: String, currency columnOfCode: String, in currency: Currency) -> Money? {
        let code = fields[columnOfCode]
        if code != currency.code {
            report(columnOfCode, "“\(code)” is not the fund's currency", remedy: "give the amount in \(currency.code)")
        }
        guard let text = requiredText(column) else { return nil }
        do {
            let amount = try Money(parsing: text, currency: currency)
            guard amount.minorUnits > 0 else {
                report(column, "\(text) is not above zero", remedy: "give a positive amount; a correction is a change of the amount itself")
                return nil
            }
            return amount
        } catch {
            report(column, "“\(text)” is not an amount in \(currency.code) (\(error))", remedy: "write a plain decimal such as 1700000")
            return nil
        }
    }

    /// One of a closed list of words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ column: String, _: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        let text = fields[column]
        guard let choice = Choice(rawValue: text) else {
            let allowed = Choice.allCases.map { "“\($0.rawValue)”" }.joined(separator: ", ")
            report(column, text.isEmpty ? "is empty" : "“\(text)” is not known here", remedy: "write one of \(allowed)")
            return nil
        }
        return choice
    }

    func optionalChoice<Choice: RawRepresentable & CaseIterable>(_ column: String, _ type: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        fields[column].isEmpty ? nil : choice(column, type)
    }

    /// The columns of this row that no published source confirms.
    func unconfirmed() -> Set<String> {
        let columns = list("unconfirmed")
        for column in columns where !fields.kind.columns.contains(column) {
            report("unconfirmed", "“\(column)” is not a column of this file", remedy: didYouMean(column, among: fields.kind.columns))
        }
        return Set(columns)
    }
}

/// 1 to 80 ASCII letters, digits and hyphens: what may stand in a public address.
public func isIdentifier(_ text: String) -> Bool {
    (1...80).contains(text.utf8.count)
        && text.utf8.allSatisfy { (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0) || $0 == 45 }
}

/// An id that somebody gives to something new: it stands in addresses, so it is in lower case.
///
/// - Parameter kind: what it is called: “an id”.
/// - Throws: `Refusal` for another text.
func requireSlug(_ text: String, _ kind: String) throws(Refusal) {
    guard isIdentifier(text), text == text.lowercased() else {
        throw Refusal("“\(text)” is not \(kind)", remedy: "use lower-case letters, digits and hyphens")
    }
}

/// ASCII digits only, at most nine of them, without a leading zero: one number, one way to write it.
public func wholeNumber(_ text: String) -> Int? {
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }), text == "0" || !text.hasPrefix("0")
    else { return nil }
    return Int(text)
}

func firstRepeated(_ names: [String]) -> String? {
    var seen: Set<String> = []
    return names.first { !seen.insert($0).inserted }
}

func didYouMean(_ name: String, among candidates: some Sequence<String>) -> String {
    nearest(to: name, among: candidates).map { "did you mean “\($0)”?" }
        ?? "use one of \(candidates.prefix(30).map { "“\($0)”" }.joined(separator: ", "))"
}

extension String {
    /// Its `;`-separated parts, without the spaces around them. On bytes: a semicolon with a combining mark behind it is one `Character`.
    var listed: [String] {
        utf8.split(separator: UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self).trimmed }
    }
}

extension StringProtocol {
    /// Without the spaces at both ends.
    var trimmed: String {
        String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
