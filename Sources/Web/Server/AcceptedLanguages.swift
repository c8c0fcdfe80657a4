internal import HTML

/// The languages that a browser asks for (RFC 9110, 12.5.4), the most wanted first. Anyone can send anything: what cannot be read is left out.
struct AcceptedLanguages {
    private struct Range {
        /// In lower case.
        let text: String
        /// In thousandths.
        let weight: Int
    }

    private let ranges: [Range]

    /// Browsers ask for a handful.
    private static let countLimit = 40
    private static let lengthLimit = 2_000

    init(_ header: String?) {
        var ranges: [Range] = []
        for part in (header ?? "").utf8.prefix(Self.lengthLimit).split(separator: UInt8(ascii: ",")).prefix(Self.countLimit) {
            if let range = Self.range(part) { ranges.append(range) }
        }
        // As they were sent where they are wanted alike.
        self.ranges = ranges.enumerated().sorted { one, other in
            one.element.weight == other.element.weight ? one.offset < other.offset : one.element.weight > other.element.weight
        }.map(\.element)
    }

    /// The best of some languages by their codes; nil if none of them is asked for.
    ///
    /// A range finds its own language or the one that it is a kind of (RFC 4647, 3.4): `fr-CA` finds `fr`. `*` finds the first that is
    /// not named in another range.
    func best(of codes: [String]) -> String? {
        let refused = Set(ranges.lazy.filter { $0.weight == 0 }.map(\.text))
        for range in ranges where range.weight > 0 {
            let found =
                range.text == "*"
                ? codes.first { code in !ranges.contains { $0.text == code.lowercased() } } : Self.found(range.text, in: codes)
            if let found, !refused.contains(found.lowercased()) { return found }
        }
        return nil
    }

    private static func found(_ range: String, in codes: [String]) -> String? {
        var subtags = range.split(separator: "-")
        while !subtags.isEmpty {
            let shortened = subtags.joined(separator: "-")
            if let code = codes.first(where: { $0.lowercased() == shortened }) { return code }
            subtags.removeLast()
            // One letter only introduces what comes after it.
            if subtags.last?.utf8.count == 1 { subtags.removeLast() }
        }
        return nil
    }

    private static func range(_ text: Substring.UTF8View.SubSequence) -> Range? {
        let pieces = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(trimmed)
        guard let name = pieces.first, isRange(name), pieces.count <= 2 else { return nil }
        guard pieces.count == 2 else { return Range(text: HeaderParameters.lowercased(name), weight: 1_000) }
        let parameter = Array(pieces[1])
        guard parameter.count > 2, [UInt8(ascii: "q"), UInt8(ascii: "Q")].contains(parameter[0]), parameter[1] == UInt8(ascii: "="),
            let weight = weight(parameter.dropFirst(2))
        else { return nil }
        return Range(text: HeaderParameters.lowercased(name), weight: weight)
    }

    /// `*`, or subtags of up to eight letters and digits (RFC 4647, 2.1).
    private static func isRange(_ bytes: Substring.UTF8View.SubSequence) -> Bool {
        if bytes.elementsEqual("*".utf8) { return true }
        return bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { subtag in
            (1...8).contains(subtag.count)
                && subtag.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"):
                        true
                    default: false
                    }
                }
        }
    }

    /// From 0 to 1 with three decimals at most (RFC 9110, 12.4.2), in thousandths.
    private static func weight(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let whole = bytes.first, whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1") else { return nil }
        var rest = bytes.dropFirst()
        if let point = rest.popFirst(), point != UInt8(ascii: ".") { return nil }
        guard rest.count <= 3, rest.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        let digits = rest.map { Int($0 - UInt8(ascii: "0")) } + Array(repeating: 0, count: 3 - rest.count)
        let weight = digits.reduce(Int(whole - UInt8(ascii: "0"))) { $0 * 10 + $1 }
        return weight <= 1_000 ? weight : nil
    }

    private static func trimmed(_ bytes: Substring.UTF8View.SubSequence) -> Substring.UTF8View.SubSequence {
        let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var slice = bytes.drop(while: isSpace)
        while let last = slice.last, isSpace(last) { slice = slice.dropLast() }
        return slice
    }
}
