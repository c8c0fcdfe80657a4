import Foundation

/// Pages of the documentation of which a part is written by the code.
public enum Documented {
    /// Compares what stands between `<!-- NAME -->` and `<!-- end of NAME -->` with what the code gives; with POOLEDFUND_WRITE_DOCUMENTATION=yes it is
    /// written anew.
    ///
    /// - Throws: `Unexpected` if the page says otherwise.
    public static func section(_ name: String, of page: String, is expected: String) throws {
        let file = Folders.repository.appendingPathComponent("Documentation/\(page)")
        let text = try String(contentsOf: file, encoding: .utf8)
        let (begin, end) = ("<!-- \(name) -->\n", "\n<!-- end of \(name) -->")
        guard let start = text.range(of: begin), let stop = text.range(of: end) else { throw Unexpected("\(page) has no part “\(name)”") }
        guard text[start.upperBound..<stop.lowerBound] != expected else { return }
        guard ProcessInfo.processInfo.environment["POOLEDFUND_WRITE_DOCUMENTATION"] == "yes" else {
            throw Unexpected(
                "\(page) is not what the code gives; run the test again with POOLEDFUND_WRITE_DOCUMENTATION=yes, and read what changed")
        }
        let written = text[..<start.upperBound] + expected + text[stop.lowerBound...]
        try Data(written.utf8).write(to: file)
    }
}
