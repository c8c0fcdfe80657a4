import Foundation
import Testing
import Publications

@Test func dump() async throws {
    let brief = try await FundOnRecord().brief()
    try brief.text().write(toFile: "/tmp/brief.txt", atomically: true, encoding: .utf8)
    try Data(brief.document()).write(to: URL(fileURLWithPath: "/tmp/brief.html"))
    let pdf = try await PDFPrinter.print(html: brief.document())
    try Data(pdf).write(to: URL(fileURLWithPath: "/tmp/brief.pdf"))
}
