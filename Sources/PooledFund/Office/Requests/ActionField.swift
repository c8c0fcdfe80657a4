/// A field of an action: what forms ask for, and what the JSON interface reads.
public struct ActionField: Sendable, Hashable {
    /// As it stands in JSON: `effective_on`.
    public let name: String
    public let kind: Kind
    public let isRequired: Bool
    /// The most bytes of a text, or rows of a list.
    public let limit: Int
    /// Whether nothing is an amount, too.
    public let takesZero: Bool

    public indirect enum Kind: Sendable, Hashable {
        /// One line.
        case text
        case lines
        case email
        /// - isPartial: whether `2022` and `2022-01` are taken, too.
        case date(isPartial: Bool)
        /// In the fund's currency: above zero, or no less than zero where `takesZero` says so.
        case amount
        case wholeNumber
        case choice([String])
        /// The id of something on record.
        case id(Reference)
        case rows([ActionField])
        /// The files of a folder, by their paths.
        case folder
        /// Answers to the section of a form of the fund: an object, whose members the form names.
        case answers
        /// One file that is attached.
        case document
        /// Rows of cells, out of a CSV file or as lists of texts.
        case sheet
    }

    /// What an id is one of.
    public enum Reference: String, Sendable, Hashable, CaseIterable {
        case organization
        case contributor
        /// An organization or a contributor, as the role asks.
        case party
        case source
        case country
        case seat
        case holding
        case person
        case entry
    }

    public init(_ name: String, _ kind: Kind, isRequired: Bool = true, limit: Int = 500, takesZero: Bool = false) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.limit = limit
        self.takesZero = takesZero
    }

    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, _: Choice.Type, isRequired: Bool = true
    ) -> ActionField where Choice.RawValue == String {
        ActionField(name, .choice(Choice.allCases.map(\.rawValue)), isRequired: isRequired)
    }
}
