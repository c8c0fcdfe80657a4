/// Sets plain text in lines of at most 78 columns, as RFC 3676 advises for e-mail.
struct TextSetter {
    static let columns = 78

    private var lines: [String] = []

    /// The lines set so far, with a line feed after each.
    var text: String { lines.map { $0 + "\n" }.joined() }

    /// An empty line, unless there is one already or nothing before it.
    mutating func gap() {
        if let last = lines.last, !last.isEmpty { lines.append("") }
    }

    /// A heading in capitals, underlined.
    mutating func heading(_ text: String) {
        gap()
        if !lines.isEmpty { lines.append("") }
        let heading = Self.wrapped(text.uppercased())
        lines += heading
        lines.append(String(repeating: "=", count: Self.columns))
    }

    mutating func subheading(_ text: String) {
        gap()
        let heading = Self.wrapped(text)
        lines += heading
        lines.append(String(repeating: "-", count: heading.map(Self.width).max() ?? 0))
    }

    mutating func paragraph(_ text: String) {
        gap()
        lines += Self.wrapped(text)
    }

    /// Text below what was set last, without an empty line between.
    mutating func line(_ text: String, indent: Int = 0) {
        lines += Self.wrapped(text, first: indent, others: indent)
    }

    /// An item of a list.
    mutating func item(_ text: String) {
        let wrapped = Self.wrapped(text, first: 2, others: 2)
        lines += wrapped.enumerated().map { index, line in index == 0 ? "- " + line.dropFirst(2) : line }
    }

    /// A label at the left and a value that ends at the last column, with dots between.
    mutating func row(_ label: String, _ value: String) {
        let value = Self.words(value).joined(separator: " ").replacingNoBreakSpaces
        var label = Self.wrapped(label, columns: max(20, Self.columns - Self.width(value) - 4))
        let last = label.popLast() ?? ""
        lines += label
        let dots = Self.columns - Self.width(last) - Self.width(value) - 2
        lines.append(dots > 1 ? "\(last) \(String(repeating: ".", count: dots)) \(value)" : "\(last)  \(value)")
    }

    /// Words under a row, which end at the last column too.
    mutating func rowNote(_ text: String) {
        for line in Self.wrapped(text, columns: Self.columns - 20) {
            lines.append(String(repeating: " ", count: max(0, Self.columns - Self.width(line))) + line)
        }
    }

    mutating func rule() {
        lines.append(String(repeating: "-", count: Self.columns))
    }

    // MARK: Words and widths

    /// Breaks text between words. A word that is longer than a line has one for itself.
    static func wrapped(_ text: String, first: Int = 0, others: Int = 0, columns: Int = TextSetter.columns) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: first)
        var width = first
        var isEmpty = true
        for word in words(text) {
            let wordWidth = Self.width(word)
            if !isEmpty, width + 1 + wordWidth > columns {
                lines.append(line)
                line = String(repeating: " ", count: others)
                width = others
                isEmpty = true
            }
            if !isEmpty {
                line += " "
                width += 1
            }
            line += word
            width += wordWidth
            isEmpty = false
        }
        if !isEmpty { lines.append(line) }
        return lines.map(\.replacingNoBreakSpaces)
    }

    /// The words of a text. What no terminal should be sent (controls, and marks that turn the direction of what follows) is left out.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.properties.isWhitespace, !isNoBreakSpace(scalar) {
                if !word.isEmpty { words.append(String(word)) }
                word = String.UnicodeScalarView()
            } else if scalar.properties.generalCategory != .control, !isOverride(scalar) {
                word.append(scalar)
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }

    /// How many columns a text takes: none for what combines with the letter before it or is invisible, two for an emoji, one for all else.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .format, .control: width
            default: width + (scalar.properties.isEmojiPresentation ? 2 : 1)
            }
        }
    }

    /// A name or text of the record, kept from turning the direction of what stands beside it: where it holds letters that run from right to
    /// left it stands between U+2068 and U+2069 (Unicode Standard Annex #9, 2.7).
    static func isolated(_ text: String) -> String {
        let scalars = text.unicodeScalars.filter { !isDirectionalFormat($0) }
        let plain = String(String.UnicodeScalarView(scalars))
        return plain.unicodeScalars.contains(where: runsRightToLeft) ? "\u{2068}\(plain)\u{2069}" : plain
    }

    private static func isDirectionalFormat(_ scalar: Unicode.Scalar) -> Bool {
        isOverride(scalar) || (0x2066...0x2069).contains(scalar.value)
    }

    /// Embeddings and overrides, which go on to the end of the line unless ended.
    private static func isOverride(_ scalar: Unicode.Scalar) -> Bool { (0x202A...0x202E).contains(scalar.value) }

    private static func isNoBreakSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0xA0 || scalar.value == 0x202F }

    /// Hebrew, Arabic and the other scripts of their blocks.
    private static func runsRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }
}

extension String {
    /// In an e-mail a no-break space has done its work once lines are broken, and is in the way of a search.
    fileprivate var replacingNoBreakSpaces: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.value == 0xA0 || $0.value == 0x202F ? " " : $0 }))
    }
}
