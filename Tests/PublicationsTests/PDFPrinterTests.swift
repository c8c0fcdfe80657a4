import Foundation
import Testing

@testable import Publications

@Suite struct PDFPrinterTests {
    @Test func theBriefPrintsOnNumberedPagesOfA4() async throws {
        let pdf = try await PDFPrinter.print(html: try await FundOnRecord().brief().document())
        let folder = try ScratchFolder()
        let file = folder.url.appendingPathComponent("brief.pdf")
        try Data(pdf).write(to: file)
        let information = String(decoding: try Tool.run("/usr/bin/env", ["pdfinfo", file.path]), as: UTF8.self)
        #expect(information.contains("(A4)"))
        let line = information.split(separator: "\n").first { $0.hasPrefix("Pages:") }
        let pages = try #require(line?.split(separator: " ").last.flatMap { Int($0) })
        #expect((5...9).contains(pages))

        let text = String(decoding: try Tool.run("/usr/bin/env", ["pdftotext", "-layout", file.path, "-"]), as: UTF8.self)
        #expect(text.contains("Migration Multi-Partner Trust Fund"))
        for page in 1...pages { #expect(text.contains("Page \(page) of \(pages)")) }
        #expect(text.components(separatedBy: "57,425,741 USD").count == 2, "the total stands once, not on every page of the table")
        for donor in Leaflet.donors { #expect(text.contains(donor.amount)) }

        // No programme is broken across pages: its title and its authorities are on one.
        for page in text.split(separator: "\u{C}") {
            let beginnings = page.components(separatedBy: "Participating organizations:").count
            #expect(beginnings == page.components(separatedBy: "Local authorities:").count)
        }
    }

    @Test func withoutAPrinterTheErrorSaysWhatToInstall() async throws {
        let folder = try ScratchFolder()
        let error = await #expect(throws: PDFPrinterError.self) {
            try await PDFPrinter.print(html: [], searching: "\(folder.url.path)::/nowhere", limit: .seconds(5))
        }
        #expect(error == .notInstalled)
        let words = error?.description ?? ""
        #expect(words.contains("apt-get install chromium"))
        #expect(words.contains("WeasyPrint"))
    }

    @Test func aPrinterThatTakesTooLongIsEndedWithWhatItStarted() async throws {
        let folder = try ScratchFolder()
        let started = folder.url.appendingPathComponent("started")
        try folder.program("chromium", "sleep 30 & echo $! > '\(started.path)'; wait")
        let error = await #expect(throws: PDFPrinterError.self) {
            try await PDFPrinter.print(html: [], searching: folder.url.path, limit: .seconds(1))
        }
        #expect(error == .tookTooLong(printer: "chromium", limit: .seconds(1)))
        let child = try String(contentsOf: started, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        var isRunning = true
        for _ in 0..<100 where isRunning {
            // Gone, or a zombie that nobody has waited for yet.
            let state = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?.split(separator: " ").dropFirst(2).first
            isRunning = state != nil && state != "Z"
            if isRunning { try await Task.sleep(for: .milliseconds(50)) }
        }
        #expect(!isRunning)
    }

    @Test func aPrinterThatFailsIsQuotedAndNothingIsLeftBehind() async throws {
        let folder = try ScratchFolder()
        let place = folder.url.appendingPathComponent("place")
        try folder.program("weasyprint", "dirname \"$1\" > '\(place.path)'; echo 'no fonts' >&2; exit 3")
        let error = await #expect(throws: PDFPrinterError.self) {
            try await PDFPrinter.print(html: Array("<p>".utf8), searching: folder.url.path, limit: .seconds(20))
        }
        #expect(error == .failed(printer: "weasyprint", status: 3, words: "no fonts"))
        let used = try String(contentsOf: place, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(used.contains("pooledfund-pdf-"))
        #expect(!FileManager.default.fileExists(atPath: used))
    }

    @Test func aCancelledTaskEndsThePrinter() async throws {
        let folder = try ScratchFolder()
        let started = folder.url.appendingPathComponent("started")
        // Written whole under another name first, so that it is never read half.
        try folder.program("google-chrome", "echo $$ > '\(started.path).new'; mv '\(started.path).new' '\(started.path)'; exec sleep 300")
        let path = folder.url.path
        let task = Task { try await PDFPrinter.print(html: [], searching: path, limit: .seconds(600)) }
        while !FileManager.default.fileExists(atPath: started.path) { try await Task.sleep(for: .milliseconds(10)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let text = try String(contentsOf: started, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let process = try #require(pid_t(text))
        #expect(kill(process, 0) == -1)
    }

    @Test func nothingIsLoadedFromTheNetwork() async throws {
        let server = try ListeningSocket()
        let images = ["127.0.0.1", "localhost"].map { "<img src=\"http://\($0):\(server.port)/image.png\">" }
        let html = "<!DOCTYPE html><title>x</title><p>Here\(images.joined())"
        let pdf = try await PDFPrinter.print(html: Array(html.utf8))
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
        #expect(!server.hasBeenCalled)
    }
}

extension ScratchFolder {
    /// Puts a shell script into the folder as a program.
    fileprivate func program(_ name: String, _ script: String) throws {
        let file = url.appendingPathComponent(name)
        try "#!/bin/sh\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
}

/// A port of this machine that accepts calls and notices them.
private final class ListeningSocket {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 8) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        guard isListening else { throw Tool.Failure(description: "no port to listen on") }
    }

    deinit { close(descriptor) }

    /// Whether a call waits to be answered.
    var hasBeenCalled: Bool {
        var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&question, 1, 0) > 0
    }
}
