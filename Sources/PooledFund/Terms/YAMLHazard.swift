/// Something in a YAML text that could make its reader run out of stack or time. Terms need none of it.
///
/// Yams reads nested values by recursion without a limit, and compares the keys of a mapping by all that they hold, which repeated anchors make exponentially
/// much. The text is therefore looked through before Yams sees it; the bounds are crude and far beyond what Terms need.
struct YAMLHazard {
    let line: Int
    let problem: String
    let remedy: String

    private static let bracketLimit = 100
    private static let indentationLimit = 200

    static func first(in yaml: String) -> YAMLHazard? {
        var openBrackets = 0
        let lines = yaml.utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        var number = 1
        for line in lines {
            if line.prefix(while: isIndentation).count > indentationLimit {
                return YAMLHazard(
                    line: number, problem: "is indented by more than \(indentationLimit) characters", remedy: "nest it less deeply")
            }
            if hasAnchor(line) {
                return YAMLHazard(
                    line: number, problem: "has an anchor (“&”)", remedy: "write the value out where it is needed, or quote the text")
            }
            for byte in line {
                if opening.contains(byte) { openBrackets += 1 }
                if closing.contains(byte) { openBrackets = max(0, openBrackets - 1) }
                if openBrackets > bracketLimit {
                    return YAMLHazard(
                        line: number, problem: "opens more than \(bracketLimit) brackets within each other", remedy: "nest it less deeply")
                }
            }
            // A CR LF gives an empty line more, which does not matter: the number counts line feeds.
            if line.endIndex < yaml.utf8.endIndex, yaml.utf8[line.endIndex] == UInt8(ascii: "\n") { number += 1 }
        }
        return nil
    }

    private static let opening = Array("[{".utf8)
    private static let closing = Array("]}".utf8)

    /// Spaces, and the marks of lists and of keys, each of which may stand for a level: `- - - x`.
    private static func isIndentation(_ byte: UInt8) -> Bool { " \t-?:".utf8.contains(byte) }

    /// Whether `&name` stands where a value begins: after nothing but indentation, or after a mark, a bracket or a tag.
    private static func hasAnchor(_ line: Substring.UTF8View) -> Bool {
        for position in line.indices where line[position] == UInt8(ascii: "&") {
            let next = line.index(after: position)
            guard next < line.endIndex, !isSpace(line[next]) else { continue }
            let before = line[..<position]
            guard before.last.map({ isSpace($0) || "[{,".utf8.contains($0) }) ?? true else { continue }
            let words = before.split(whereSeparator: isSpace)
            guard let word = words.last, let last = word.last, let first = word.first else { return true }
            if "-?:,[{".utf8.contains(last) || first == UInt8(ascii: "!") { return true }
        }
        return false
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
