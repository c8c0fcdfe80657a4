internal import Foundation
internal import NIOPosix
internal import PooledFund
internal import Synchronization

/// Where a command's words and files go: to this process's own streams, or through the socket to the process that asked.
protocol Output: Sendable {
    /// To standard output: what was asked for, and nothing else.
    func write(_ bytes: [UInt8]) async throws
    /// To standard error, for the person. Never fails: a change that is done stays done when nobody reads of it.
    func note(_ bytes: [UInt8]) async
    /// To the file that `--output` names, which exists once the command has succeeded.
    func file(_ bytes: [UInt8]) async throws
}

extension Output {
    func write(_ text: String) async throws { try await write(Array(text.utf8)) }

    /// Writes what a command has to tell of work that is done: it stays done, and the command has succeeded, when nobody reads of it.
    func report(_ text: String) async throws {
        do { try await write(text) } catch is ReaderLeft {}
    }

    /// One or more lines; the last one is ended.
    func note(_ text: String) async { await note(Array((text + "\n").utf8)) }
}

/// Whoever read standard output has had enough: the command ends without a word.
struct ReaderLeft: Error {}

/// The streams of this process.
final class TerminalOutput: Output {
    private let path: String?
    private let content = Mutex<[UInt8]>([])

    /// - Parameter path: where `file` goes.
    init(file path: String? = nil) {
        self.path = path
    }

    func write(_ bytes: [UInt8]) async throws {
        if bytes.starts(with: Array("%PDF".utf8)), isatty(STDOUT_FILENO) == 1 {
            throw Refusal("a PDF is nothing for a terminal to show", remedy: "give --output FILE, or redirect standard output")
        }
        try await put(bytes, on: STDOUT_FILENO)
    }

    func note(_ bytes: [UInt8]) async {
        try? await put(bytes, on: STDERR_FILENO)
    }

    func file(_ bytes: [UInt8]) async throws {
        content.withLock { $0 += bytes }
    }

    /// Puts the file where it belongs, whole: a reader never sees half of it.
    func keepFile() async throws {
        guard let path else { return }
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let data = Data(content.withLock { $0 })
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        let isReplaceable = attributes.map { $0[.type] as? FileAttributeType == .typeRegular } ?? true
        do {
            // A device or a pipe is written to, not replaced.
            if isReplaceable {
                try data.write(to: url, options: .atomic)
            } else {
                let handle = try FileHandle(forWritingTo: url)
                defer { try? handle.close() }
                try handle.write(contentsOf: data)
            }
        } catch {
            throw Refusal(
                "\(path) cannot be written", remedy: "check that its folder exists, that you may write there and that there is room")
        }
        await note("\(path): \(data.count) bytes written")
    }

    /// Away from the threads that everything else runs on: whoever reads may take their time.
    ///
    /// In a task of its own: what is done is said, even by a command that was asked to stop when it was done already.
    private func put(_ bytes: [UInt8], on descriptor: CInt) async throws {
        try await Task { try await NIOThreadPool.singleton.runIfActive { try Self.putNow(bytes, on: descriptor) } }.value
    }

    private static func putNow(_ bytes: [UInt8], on descriptor: CInt) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                throw ReaderLeft()
            } else if errno != EINTR {
                throw Refusal("standard output cannot be written: \(String(cString: strerror(errno)))", remedy: "check where it goes")
            }
        }
    }
}
