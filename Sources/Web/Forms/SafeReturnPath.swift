internal import HTML

/// A place within this site that somebody is sent back to after signing in. Anyone can write the `return-to` of a link, so whatever could lead elsewhere is none.
///
/// A path with or without a query, as this server itself writes them: printable ASCII, no fragment, no empty, `.` or `..` segment, and no
/// escape that would turn into a slash, a backslash or a control character in a reader that decodes too early.
struct SafeReturnPath: Hashable, Sendable {
    /// As it may stand in a `Location`.
    let text: String

    private static let lengthLimit = 1_000

    /// - Returns: nil if `text` is not such a path.
    init?(_ text: String?) {
        guard let text, (1...Self.lengthLimit).contains(text.utf8.count), text.utf8.first == UInt8(ascii: "/"),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\\#\"<>".utf8.contains($0) })
        else { return nil }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard Self.isSafePath(parts[0]), parts.count == 1 || percentDecoded(parts[1]) != nil else { return nil }
        self.text = text
    }

    /// For a form's hidden field that hands the place on.
    var hiddenField: Markup { input(.type("hidden"), .name(Self.field), .value(text)) }

    /// The name of the parameter and of the field.
    static let field = "return-to"

    private static func isSafePath(_ path: Substring) -> Bool {
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            // Only the last may be empty: the root, or a path with a slash at its end.
            if segment.isEmpty, index == segments.count - 1 { continue }
            guard let decoded = percentDecoded(segment), !["", ".", ".."].contains(decoded),
                decoded.unicodeScalars.allSatisfy({ $0 != "/" && $0 != "\\" && $0.properties.generalCategory != .control })
            else { return false }
        }
        return true
    }
}
