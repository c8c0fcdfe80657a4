/// A country or area that the fund may name, with the codes and the name that the United Nations uses.
public struct Country: Sendable, Hashable, Identifiable {
    public var id: String { iso3 }
    /// ISO 3166-1 alpha-3.
    public let iso3: String
    /// ISO 3166-1 alpha-2.
    public let iso2: String
    /// The three digits of the UN Statistics Division's M49 standard.
    public let m49: String
    /// The official UN short name.
    public let name: String
    /// A region of the fund's Terms.
    public let region: String

    init?(_ row: RowReader) {
        let iso3 = Self.code(row, "iso3", length: 3, of: 65...90, called: "three capital letters")
        let iso2 = Self.code(row, "iso2", length: 2, of: 65...90, called: "two capital letters")
        let m49 = Self.code(row, "m49", length: 3, of: 48...57, called: "three digits")
        let name = row.requiredText("name")
        let region = row.requiredText("region")
        guard let iso3, let iso2, let m49, let name, let region else { return nil }
        self.iso3 = iso3
        self.iso2 = iso2
        self.m49 = m49
        self.name = name
        self.region = region
    }

    private static func code(_ row: RowReader, _ column: String, length: Int, of bytes: ClosedRange<UInt8>, called: String) -> String? {
        guard let text = row.requiredText(column) else { return nil }
        guard text.utf8.count == length, text.utf8.allSatisfy(bytes.contains) else {
            row.report(column, "“\(text)” is not a code", remedy: "write \(called)")
            return nil
        }
        return text
    }
}
