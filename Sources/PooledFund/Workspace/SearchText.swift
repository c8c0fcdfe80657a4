internal import Foundation

/// A text as it is searched and put in order: without case, accents and width, so that `cote` finds `Côte`.
public struct SearchText: Sendable, Hashable, Comparable {
    private let bytes: [UInt8]

    /// More of a text is not looked at.
    private static let limit = 4_000
    /// The longest text that is searched for, in bytes.
    public static let queryLimit = 200

    public init(_ text: String) {
        let beginning = text.utf8.count <= Self.limit ? text : String(decoding: text.utf8.prefix(Self.limit), as: UTF8.self)
        // Most texts have nothing that folds but capitals, and folding asks for every character what it is.
        bytes =
            beginning.utf8.allSatisfy { $0 < 0x80 }
            ? beginning.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            : Array(beginning.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil).utf8)
    }

    /// The words of a text that is searched for, each to be found; none for a text without any, nil for one that is too long.
    public static func words(of query: String) -> [SearchText]? {
        guard query.utf8.count <= queryLimit else { return nil }
        return query.utf8.split { $0 <= 0x20 }.map { SearchText(String(decoding: $0, as: UTF8.self)) }.filter { !$0.bytes.isEmpty }
    }

    public func contains(_ other: SearchText) -> Bool {
        guard let first = other.bytes.first else { return true }
        guard other.bytes.count <= bytes.count else { return false }
        return (0...(bytes.count - other.bytes.count)).contains { start in
            bytes[start] == first && bytes[start..<(start + other.bytes.count)].elementsEqual(other.bytes)
        }
    }

    public func contains(all words: [SearchText]) -> Bool { words.allSatisfy(contains) }

    public static func < (left: SearchText, right: SearchText) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
