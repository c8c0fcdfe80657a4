/// The texts that cells refer to by number (ECMA-376, part 1, 18.4): plain, or in runs of which the formats are left out.
final class SharedTexts: XMLVisitor {
    private(set) var all: [String] = []
    private(set) var byteCount = 0
    private let limits: Workbook.Limits
    private var current = CellText()

    init(limits: Workbook.Limits) { self.limits = limits }

    func begin(_ element: XMLElement) throws(OfficeFileFault) {
        guard OfficeNamespace.isSpreadsheet(element.name) else { return }
        if element.name.local == "si" {
            guard all.count < limits.sharedTexts else { throw OfficeFileFault(.tooMuch(.sharedTexts, limit: limits.sharedTexts)) }
            current = CellText()
        } else {
            current.begin(element.name.local)
        }
    }

    func text(_ piece: UnsafeRawBufferPointer) throws(OfficeFileFault) {
        guard current.isCollecting else { return }
        byteCount += piece.count
        guard byteCount <= limits.textBytes else { throw OfficeFileFault(.tooMuch(.textBytes, limit: limits.textBytes)) }
        current.add(piece)
    }

    func end(_ name: XMLName) throws(OfficeFileFault) {
        guard OfficeNamespace.isSpreadsheet(name) else { return }
        if name.local == "si" { all.append(current.text) } else { current.end(name.local) }
    }
}

/// The text of `si` or `is`: all `t`, save those of `rPh`, which say how Japanese is pronounced.
struct CellText {
    private var bytes: [UInt8] = []
    private var isWithinText = false
    private var isWithinPronunciation = false

    var isCollecting: Bool { isWithinText && !isWithinPronunciation }
    var text: String { EscapedText.decode(bytes) }

    mutating func begin(_ local: String) {
        if local == "t" { isWithinText = true }
        if local == "rPh" { isWithinPronunciation = true }
    }

    mutating func add(_ piece: UnsafeRawBufferPointer) { bytes.append(contentsOf: piece) }

    mutating func end(_ local: String) {
        if local == "t" { isWithinText = false }
        if local == "rPh" { isWithinPronunciation = false }
    }
}

/// What XML cannot hold is written `_x000D_` in a workbook, and an underscore that could be mistaken for the beginning of that `_x005F_`
/// (ECMA-376, part 1, 22.9.2.19).
enum EscapedText {
    static func decode(_ bytes: [UInt8]) -> String {
        guard bytes.contains(UInt8(ascii: "_")) else { return String(decoding: bytes, as: UTF8.self) }
        var units: [UInt16] = []
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let unit = unit(at: index, in: bytes) {
                units += String(decoding: plain, as: UTF8.self).utf16
                plain = []
                units.append(unit)
                index += 7
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        guard !units.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: units + Array(String(decoding: plain, as: UTF8.self).utf16), as: UTF16.self)
    }

    /// So that ``decode(_:)`` gives the text back.
    static func encode(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var encoded: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "_"), unit(at: index, in: bytes) != nil { encoded += Array("_x005F".utf8) }
            encoded.append(byte)
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The UTF-16 unit of `_xHHHH_`.
    private static func unit(at index: Int, in bytes: [UInt8]) -> UInt16? {
        guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"), bytes[index + 1] == UInt8(ascii: "x"),
            bytes[index + 6] == UInt8(ascii: "_"), bytes[index + 2] != UInt8(ascii: "+"), bytes[index + 2] != UInt8(ascii: "-")
        else { return nil }
        return UInt16(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
    }
}
