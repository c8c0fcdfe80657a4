/// A language of the interface: its direction, its plurals, and how it writes numbers and dates.
///
/// A value: another language is another set of these properties, and the pseudo-translation for tests replaces the months.
public struct Language: Sendable {
    /// As in BCP 47: `en`.
    public var code: String
    /// The language's name for itself.
    public var name: String
    public var direction: TextDirection
    public var pluralRule: PluralRule
    /// Between groups of three digits.
    public var groupSeparator: String
    /// Between the whole and its fraction.
    public var decimalSeparator: String
    /// The twelve months as they stand in a date, January first.
    public var months: [String]
    var dayFormat: DateFormat
    var monthFormat: DateFormat

    /// A language. `dayFormat` and `monthFormat` hold `{day}`, `{month}` and `{year}`: `{day} de {month} de {year}`.
    public init(
        code: String, name: String, direction: TextDirection = .leftToRight, pluralRule: PluralRule = .oneIsOne,
        groupSeparator: String, decimalSeparator: String, months: [String],
        dayFormat: String = "{day} {month} {year}", monthFormat: String = "{month} {year}"
    ) {
        self.code = code
        self.name = name
        self.direction = direction
        self.pluralRule = pluralRule
        self.groupSeparator = groupSeparator
        self.decimalSeparator = decimalSeparator
        self.months = months
        self.dayFormat = DateFormat(dayFormat)
        self.monthFormat = DateFormat(monthFormat)
    }

    public static let english = Language(
        code: "en", name: "English", groupSeparator: ",", decimalSeparator: ".",
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        ])

    public static let french = Language(
        code: "fr", name: "français", pluralRule: .zeroAndOneAreOne, groupSeparator: "\u{202F}", decimalSeparator: ",",
        months: [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ])

    public static let spanish = Language(
        code: "es", name: "español", groupSeparator: "\u{202F}", decimalSeparator: ",",
        months: [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
        ],
        dayFormat: "{day} de {month} de {year}", monthFormat: "{month} de {year}")
}
