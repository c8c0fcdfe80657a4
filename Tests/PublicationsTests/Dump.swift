import Foundation
import Testing
import Publications

@Test func dump() async throws {
    let fund = try await FundOnRecord { fund in
        guard ProcessInfo.processInfo.environment["DUMP_HOSTILE"] != nil else { return }
        try fund.replace("germany,Germany,", by: "germany,\"<script>alert(1)</script> الدنمارك \u{202E}abc\",", in: "records/contributors.csv")
        try fund.replace(",,4,public,\"In one district", by: ",,4,withheld,\"In one district", in: "records/programmes.csv")
        try fund.replace("serbia-evidence-based-governance,2000000,USD,2024-01-31,brief-2024-01,,", by: "serbia-evidence-based-governance,2000000,USD,2024-01-31,brief-2024-01,amount,", in: "records/budgets.csv")
    }
    let brief = try await fund.brief(asOf: ProcessInfo.processInfo.environment["DUMP_DAY"])
    try brief.text().write(toFile: "/tmp/brief.txt", atomically: true, encoding: .utf8)
    try Data(brief.document()).write(to: URL(fileURLWithPath: "/tmp/brief.html"))
    try Data(try await PDFPrinter.print(html: brief.document())).write(to: URL(fileURLWithPath: "/tmp/brief.pdf"))
}
