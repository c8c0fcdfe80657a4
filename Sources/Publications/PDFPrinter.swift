internal import Foundation
internal import Synchronization

/// Prints HTML as PDF with a browser or a printer that is installed: Chromium, or else WeasyPrint.
public enum PDFPrinter {
    /// The PDF of a page that stands by itself. The page is given no network.
    ///
    /// - Throws: ``PDFPrinterError``: none is installed, it failed, or it took longer than a minute.
    public static func print(html: [UInt8]) async throws -> [UInt8] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return try await print(html: html, searching: path, limit: .seconds(60))
    }

    static func print(html: [UInt8], searching path: String, limit: Duration) async throws -> [UInt8] {
        guard let printer = Printer.installed(on: path) else { throw PDFPrinterError.notInstalled }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pooledfund-pdf-\(UUID().uuidString)", isDirectory: true)
        // For its owner only: what is printed may not be published yet.
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let result: Result<[UInt8], any Error>
        do {
            result = .success(try await print(html: html, with: printer, in: folder, limit: limit))
        } catch {
            result = .failure(error)
        }
        await remove(folder)
        return try result.get()
    }

    private static func print(html: [UInt8], with printer: Printer, in folder: URL, limit: Duration) async throws -> [UInt8] {
        try Data(html).write(to: folder.appendingPathComponent("page.html"))
        let command = Command(executable: printer.executable, arguments: printer.arguments(in: folder), folder: folder)
        let ending = try await command.run(limit: limit)
        let name = printer.executable.lastPathComponent
        if ending.isTimedOut { throw PDFPrinterError.tookTooLong(printer: name, limit: limit) }
        // Chromium may end with 0 and no file, and with a file and a crash while it shuts down: what counts is a whole file.
        guard let pdf = try? Data(contentsOf: folder.appendingPathComponent("page.pdf")), pdf.starts(with: Array("%PDF-".utf8)),
            pdf.suffix(1024).range(of: Data("%%EOF".utf8)) != nil
        else { throw PDFPrinterError.failed(printer: name, status: ending.status, words: ending.words) }
        return Array(pdf)
    }

    /// Chromium's helpers may write to its profile for a moment after it has ended, and a folder that is written to cannot be removed.
    private static func remove(_ folder: URL) async {
        // In a task of its own: the folder goes even if the caller's task is cancelled, and then `sleep` would not wait.
        await Task {
            for _ in 0..<50 {
                try? FileManager.default.removeItem(at: folder)
                guard FileManager.default.fileExists(atPath: folder.path) else { return }
                try? await Task.sleep(for: .milliseconds(100))
            }
        }.value
    }
}

/// Why there is no PDF.
public enum PDFPrinterError: Error, Sendable, Hashable, CustomStringConvertible {
    case notInstalled
    case tookTooLong(printer: String, limit: Duration)
    /// With the last of what the printer wrote to its standard error.
    case failed(printer: String, status: Int32, words: String)

    public var description: String {
        switch self {
        case .notInstalled:
            "no program that prints PDF is on the PATH; install Chromium (on Debian: apt-get install chromium) or WeasyPrint (apt-get install weasyprint), or print the HTML form from a browser"
        case .tookTooLong(let printer, let limit):
            "\(printer) had not printed the PDF after \(limit.components.seconds) seconds and was ended; try again when the machine is less busy, or print the HTML form from a browser"
        case .failed(let printer, let status, let words):
            "\(printer) ended with \(status) and no PDF\(words.isEmpty ? "" : ": \(words)"); try it by hand, or print the HTML form from a browser"
        }
    }
}

/// A program that prints, found on the PATH.
private enum Printer {
    case chromium(URL)
    case weasyPrint(URL)

    var executable: URL {
        switch self {
        case .chromium(let url), .weasyPrint(let url): url
        }
    }

    static func installed(on path: String) -> Printer? {
        // An empty entry would mean the folder that the program happens to run in.
        let folders = path.split(separator: ":").map { URL(fileURLWithPath: String($0), isDirectory: true) }
        func find(_ name: String) -> URL? {
            folders.map { $0.appendingPathComponent(name) }.first { url in
                var isDirectory: ObjCBool = false
                return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) && !isDirectory.boolValue
                    && FileManager.default.isExecutableFile(atPath: url.path)
            }
        }
        for name in ["chromium", "chromium-browser", "google-chrome"] {
            if let url = find(name) { return .chromium(url) }
        }
        return find("weasyprint").map(Printer.weasyPrint)
    }

    func arguments(in folder: URL) -> [String] {
        let page = folder.appendingPathComponent("page.html")
        let pdf = folder.appendingPathComponent("page.pdf")
        switch self {
        case .weasyPrint: return [page.path, pdf.path]
        case .chromium:
            return [
                "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-dev-shm-usage",
                "--password-store=basic",
                // No name is looked up and no address reached: port 9 discards whatever is sent there.
                "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
                "--user-data-dir=\(folder.appendingPathComponent("profile", isDirectory: true).path)",
                "--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf=\(pdf.path)",
            ]
                // Chromium refuses to run as root with its sandbox.
                + (geteuid() == 0 ? ["--no-sandbox"] : []) + [page.absoluteString]
        }
    }
}

/// A program run to its end, or to the end of its time.
private struct Command {
    let executable: URL
    let arguments: [String]
    /// Its working folder, which also takes what it writes to its standard error: a file never fills up and blocks it, as a pipe would.
    let folder: URL

    struct Ending {
        let status: Int32
        let isTimedOut: Bool
        let words: String
    }

    /// Waits without holding a thread; ends the program when its time is over or the task is cancelled.
    func run(limit: Duration) async throws -> Ending {
        let errors = folder.appendingPathComponent("errors.txt")
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(
            // For printers that heed them; see the proxy above.
            ["http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "all_proxy": "http://127.0.0.1:9"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)

        let (ended, continuation) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        try process.run()
        let identifier = process.processIdentifier
        let isTimedOut = Mutex(false)
        let clock = Task {
            try await Task.sleep(for: limit)
            isTimedOut.withLock { $0 = true }
            Self.end(identifier)
        }
        defer { clock.cancel() }
        return try await withTaskCancellationHandler {
            // A stream that a cancelled task reads ends at once, so a task of its own reads it.
            let status = await Task { await ended.first { _ in true } ?? -1 }.value
            // What it started and left behind.
            kill(-identifier, SIGKILL)
            try Task.checkCancellation()
            return Ending(status: status, isTimedOut: isTimedOut.withLock { $0 }, words: Self.lastWords(of: errors))
        } onCancel: {
            Self.end(identifier)
        }
    }

    /// Ends the program and what it started: Foundation makes it the leader of a process group of its own.
    private static func end(_ identifier: pid_t) {
        if getpgid(identifier) == identifier {
            kill(-identifier, SIGKILL)
        } else {
            kill(identifier, SIGKILL)
        }
    }

    private static func lastWords(of file: URL) -> String {
        let text = String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").suffix(3).joined(separator: " / ").trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
