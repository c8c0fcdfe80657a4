/// What is put in place of a sentence's `{placeholder}`.
public struct Argument: Sendable, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
    private enum Value: Sendable {
        case number(Int64)
        case text(String)
        case markup(Markup)
    }

    private let value: Value

    /// A whole number, written as the language writes it; as `count` it chooses the plural form.
    public static func number(_ number: some BinaryInteger) -> Argument {
        Argument(value: .number(Int64(clamping: number)))
    }

    /// A text as it stands: a name, an amount already formatted.
    public static func text(_ text: String) -> Argument {
        Argument(value: .text(text))
    }

    /// Markup, for ``Catalogue/markup(_:_:)-(_,KeyValuePairs<String,Argument>)``; in a sentence asked for as a string it counts as missing.
    public static func markup(_ markup: Markup) -> Argument {
        Argument(value: .markup(markup))
    }

    private init(value: Value) {
        self.value = value
    }

    public init(stringLiteral text: String) {
        self.init(value: .text(text))
    }

    public init(integerLiteral number: Int64) {
        self.init(value: .number(number))
    }

    var number: Int64? {
        if case .number(let number) = value { number } else { nil }
    }

    func text(in language: Language) -> String? {
        switch value {
        case .number(let number): language.integer(number)
        case .text(let text): text
        case .markup: nil
        }
    }

    func markup(in language: Language) -> Markup {
        switch value {
        case .number(let number): .text(language.integer(number))
        case .text(let text): .text(text)
        case .markup(let markup): markup
        }
    }
}
