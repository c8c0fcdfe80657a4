/// A name of a body, by which it is known again: without case, accents and superfluous spaces.
struct ComparedName: Sendable, Hashable {
    private let text: SearchText

    init(_ name: String) {
        // What was submitted has a comma where somebody wrote a semicolon, which stands between two names there.
        let words = name.replacing(";", with: ",").split(whereSeparator: \.isWhitespace)
        text = SearchText(words.joined(separator: " "))
    }
}
