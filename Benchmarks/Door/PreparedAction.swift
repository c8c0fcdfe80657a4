internal import Foundation
internal import Ledger
internal import PooledFund
internal import SQL

/// The rows that one action leaves, ready to be bound: nothing is made of them while the engine is measured.
struct PreparedAction {
    let rows: [PreparedRow]
}

/// The tables that a posting action writes to, with their columns in the order of the rows' values.
enum RawTable: Int, CaseIterable {
    case entry, posting, event, body

    var name: String {
        switch self {
        case .entry: "entry"
        case .posting: "posting"
        case .event: "audit_event"
        case .body: "audit_body"
        }
    }

    var columns: [String] {
        switch self {
        case .entry, .posting:
            ["fund", "event", "ordinal", "digest"] + (AuditedTable.all.first { $0.name == name }?.columns ?? [])
        case .event:
            [
                "fund", "sequence", "recorded_at", "actor", "action", "public_effect", "row_count", "rows_digest", "body_digest",
                "previous_hash", "hash",
            ]
        case .body: ["fund", "sequence", "salt", "body"]
        }
    }

    var insertion: String {
        let places = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(places))"
    }
}

/// Values in memory of their own: integers as they are and in network order, texts and bytes by address and length.
final class PreparedRow: @unchecked Sendable {
    enum Kind { case null, integer, text, bytes }

    let table: RawTable
    let kinds: [Kind]
    let integers: [Int64]
    let pointers: [UnsafePointer<CChar>?]
    let lengths: [CInt]
    private let memory: UnsafeMutablePointer<UInt8>

    init(_ table: RawTable, _ values: [Value]) {
        var bytes: [UInt8] = []
        var offsets: [Int?] = []
        var kinds: [Kind] = []
        var integers: [Int64] = []
        for value in values {
            offsets.append(bytes.count)
            integers.append(0)
            switch value {
            case .null:
                kinds.append(.null)
                offsets[offsets.count - 1] = nil
            case .integer(let integer):
                kinds.append(.integer)
                integers[integers.count - 1] = integer
                withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
            case .text(let text):
                kinds.append(.text)
                bytes.append(contentsOf: text.utf8)
            case .bytes(let blob):
                kinds.append(.bytes)
                bytes.append(contentsOf: blob)
            }
        }
        let ends = offsets.indices.map { index in offsets[(index + 1)...].first { $0 != nil } ?? bytes.count }
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 1)
        memory.initialize(from: bytes, count: bytes.count)
        self.table = table
        self.kinds = kinds
        self.integers = integers
        self.memory = memory
        lengths = zip(offsets, ends).map { start, end in CInt((end ?? 0) - (start ?? end ?? 0)) }
        pointers = offsets.map { offset in
            offset.map { UnsafeRawPointer(memory + $0).assumingMemoryBound(to: CChar.self) }
        }
    }

    deinit { memory.deallocate() }
}

/// Makes rows like those of the door's actions: as many, as long, and with ids and hashes that spread as theirs do.
struct ActionContents {
    private let fund: String
    private let currency: String
    /// The first event loaded the folder.
    private var sequence: Int64 = 1

    init(folder: FundFolder) {
        fund = folder.slug
        currency = folder.terms.currency.code
    }

    mutating func actions(_ count: Int, entries: Int) -> [PreparedAction] {
        (0..<count).map { _ in action(entries: entries) }
    }

    private mutating func action(entries: Int) -> PreparedAction {
        sequence += 1
        let instant = 1_700_000_000_000_000 + sequence
        var rows: [PreparedRow] = []
        var ordinal: Int64 = 0
        func place() -> [Value] {
            ordinal += 1
            return [.text(fund), .integer(sequence), .integer(ordinal), .bytes(random(32))]
        }
        for number in 0..<entries {
            let id = identifier(at: instant)
            let contributor = "contributor-\((Int(sequence) + number) % 22)"
            rows.append(
                PreparedRow(
                    .entry,
                    place() + [
                        .text(id), .text("0123abcd-63-\(sequence)-\(number)"), .text("opening-contribution"), .text("2024-06-30"),
                        .text("2024-06-30"), .integer(instant), .null, .null, .text("Cumulative total as published"),
                        .text("brief-2024-01"),
                    ]))
            for (index, account) in ["contributionsOnRecord", "contributions"].enumerated() {
                rows.append(
                    PreparedRow(
                        .posting,
                        place() + [
                            .text(id), .integer(Int64(index + 1)), .text(account), .integer(index == 0 ? 1_250_000 : -1_250_000),
                            .text(currency), .text(contributor), .null, .null,
                        ]))
            }
        }
        let body =
            #"{"contributions":["#
            + Array(repeating: #"{"amount":"12500","contributor":"contributor-12","external_id":"0123abcd-63-10000-0"}"#, count: entries)
            .joined(separator: ",") + "]}"
        rows.append(
            PreparedRow(
                .event,
                [
                    .text(fund), .integer(sequence), .integer(instant), .text("machine-operator"), .text("post-entries"), .integer(1),
                    .integer(ordinal), .bytes(random(32)), .bytes(random(32)), .bytes(random(32)), .bytes(random(32)),
                ]))
        rows.append(PreparedRow(.body, [.text(fund), .integer(sequence), .bytes(random(32)), .bytes(Array(body.utf8))]))
        return PreparedAction(rows: rows)
    }

    private func random(_ count: Int) -> [UInt8] {
        (0..<count / 8).flatMap { _ in withUnsafeBytes(of: UInt64.random(in: 0 ... .max)) { Array($0) } }
    }

    /// Like the house's ids: what comes later sorts later.
    private func identifier(at instant: Int64) -> String {
        let time = String(instant / 1_000, radix: 16)
        let digits = String(repeating: "0", count: 12 - time.count) + time + "7" + hexadecimal(random(16)).prefix(19)
        let parts = [8, 4, 4, 4, 12]
        var rest = Substring(digits)
        return parts.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
