/// The plural categories of Unicode CLDR.
public enum PluralCategory: String, Sendable, Hashable, CaseIterable {
    case zero
    case one
    case two
    case few
    case many
    case other
}

/// Which category a whole number falls into (Unicode CLDR, “Language Plural Rules”, cardinals, for whole numbers below a million).
public enum PluralRule: Sendable, Hashable {
    /// 1 is one: English, Spanish, German…
    case oneIsOne
    /// 0 and 1 are one: French, Brazilian Portuguese.
    case zeroAndOneAreOne
    /// Zero, one, two, few (3 to 10) and many (11 to 99) by the last two digits: Arabic.
    case arabic
    /// One form for all: Chinese, Japanese…
    case none

    /// The category of a number.
    public func category(of number: Int64) -> PluralCategory {
        let magnitude = number.magnitude
        return switch self {
        case .oneIsOne: magnitude == 1 ? .one : .other
        case .zeroAndOneAreOne: magnitude <= 1 ? .one : .other
        case .arabic: PluralRule.arabicCategory(of: magnitude)
        case .none: .other
        }
    }

    /// The categories that numbers fall into, for each of which a sentence with plural forms has one.
    public var categories: Set<PluralCategory> {
        switch self {
        case .oneIsOne, .zeroAndOneAreOne: [.one, .other]
        case .arabic: Set(PluralCategory.allCases)
        case .none: [.other]
        }
    }

    private static func arabicCategory(of magnitude: UInt64) -> PluralCategory {
        switch (magnitude, magnitude % 100) {
        case (0, _): .zero
        case (1, _): .one
        case (2, _): .two
        case (_, 3...10): .few
        case (_, 11...99): .many
        default: .other
        }
    }
}
