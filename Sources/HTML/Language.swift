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
    /// The first day of a month as it stands in a date: `1er` in French.
    let firstDay: String
    /// Whether “and” is another word before a name that begins with the sound of i: `e` for `y` in Spanish.
    public let andChangesBeforeI: Bool
    var dayFormat: DateFormat
    var monthFormat: DateFormat

    /// A language. `dayFormat` and `monthFormat` hold `{day}`, `{month}` and `{year}`: `{day} de {month} de {year}`.
    public init(
        code: String, name: String, direction: TextDirection = .leftToRight, pluralRule: PluralRule = .oneIsOne,
        groupSeparator: String, decimalSeparator: String, months: [String],
        firstDay: String = "1", andChangesBeforeI: Bool = false, dayFormat: String = "{day} {month} {year}",
        monthFormat: String = "{month} {year}"
    ) {
        self.code = code
        self.name = name
        self.direction = direction
        self.pluralRule = pluralRule
        self.groupSeparator = groupSeparator
        self.decimalSeparator = decimalSeparator
        self.months = months
        self.firstDay = firstDay
        self.andChangesBeforeI = andChangesBeforeI
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
        ], firstDay: "1er")

    public static let spanish = Language(
        code: "es", name: "español", groupSeparator: "\u{202F}", decimalSeparator: ",",
        months: [
            "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
        ],
        andChangesBeforeI: true, dayFormat: "{day} de {month} de {year}", monthFormat: "{month} de {year}")
}
