internal import Foundation

/// Lines on standard output, each written at once and whole: what a process said before it was killed was said.
enum Report {
    static func line(_ words: String...) {
        let bytes = Array((words.joined(separator: " ").replacingOccurrences(of: "\n", with: " ") + "\n").utf8)
        // At most PIPE_BUF bytes go into a pipe in one piece.
        let piece = bytes.count <= 4_096 ? bytes : Array(bytes.prefix(4_095)) + [0x0A]
        let written = piece.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        // Whoever reads is gone, and with it the test.
        if written != piece.count { exit(1) }
    }
}
