internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PooledFund

/// The forms of a list.
enum ListFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, csv
}

/// The forms of a report.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
}

/// Money as the JSON of the house has it.
struct MoneyJSON: Encodable {
    let amount: String
    let currency: String

    init(_ money: Money) {
        amount = money.plainDecimal
        currency = money.currency.code
    }
}

extension Output {
    func write(json value: some Encodable) async throws {
        try await write(try jsonText(value) + "\n")
    }

    /// Ends a verification: with a word on what to do where something was found.
    func conclude(findings: Int) async throws {
        guard findings > 0 else {
            await note("nothing is wrong")
            return
        }
        await note("pooledfund: \(findings) found wrong; \(verificationRemedy)")
        throw ExitCode.failure
    }
}

/// A record that cannot even be read is a finding too.
func verifying<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let refusal as Refusal {
        throw refusal
    } catch {
        throw Refusal("the record cannot be read (\(error))", remedy: verificationRemedy)
    }
}

private let verificationRemedy =
    "keep the file as it is, and compare it with a copy from before and with the heads that were published since"

func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A field of a CSV file.
enum CSVField: ExpressibleByStringLiteral {
    case text(String)
    /// Digits of our own making.
    case number(String)

    init(stringLiteral text: String) {
        self = .text(text)
    }

    fileprivate var written: String {
        switch self {
        case .number(let digits): return digits
        case .text(let text):
            var text = text
            // A spreadsheet would run it as a formula.
            if let first = text.utf8.first, Array("=+-@\t\r".utf8).contains(first) { text = "'" + text }
            guard text.utf8.contains(where: { Array("\",\r\n".utf8).contains($0) }) else { return text }
            // By bytes: a quotation mark with a combining mark is one character.
            let doubled = text.utf8.flatMap { $0 == UInt8(ascii: "\"") ? [$0, $0] : [$0] }
            return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
        }
    }
}

/// Lines as RFC 4180 has them.
func csvLines(_ rows: [[CSVField]]) -> String {
    rows.map { $0.map(\.written).joined(separator: ",") + "\r\n" }.joined()
}
