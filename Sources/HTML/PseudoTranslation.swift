extension Catalogue {
    /// The catalogue with every ASCII letter of its sentences and of its months replaced by one that looks like it and is not ASCII.
    ///
    /// In a page rendered with it, each run of ASCII letters is either data or a sentence that bypasses the catalogue.
    ///
    /// - Parameter other: the language that it passes for; nil for its own.
    public func pseudoTranslated(as other: Language? = nil) -> Catalogue {
        Catalogue(
            language: (other ?? language).pseudoTranslated(),
            sentences: sentences.mapValues { $0.mappingText(PseudoTranslation.translated) })
    }
}

extension Language {
    /// The language with its months' names, and the words within its dates, pseudo-translated.
    func pseudoTranslated() -> Language {
        var copy = self
        copy.months = months.map(PseudoTranslation.translated)
        copy.dayFormat = dayFormat.mappingText(PseudoTranslation.translated)
        copy.monthFormat = monthFormat.mappingText(PseudoTranslation.translated)
        return copy
    }
}

enum PseudoTranslation {
    static func translated(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(lookAlike(of: scalar))
        }
        return String(scalars)
    }

    private static let capitals = Array("ÀƁÇÐÉƑĜĤÎĴĶĹṀÑÖƤɊŔŜŢÛṼŴẊÝŽ".unicodeScalars)
    private static let smalls = Array("àƀçđéƒĝĥîĵķĺṁñöƥɋŕŝţûṽŵẋýž".unicodeScalars)

    private static func lookAlike(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "A"..."Z": capitals[Int(scalar.value - 0x41)]
        case "a"..."z": smalls[Int(scalar.value - 0x61)]
        default: scalar
        }
    }
}
