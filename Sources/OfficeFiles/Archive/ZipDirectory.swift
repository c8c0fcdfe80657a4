/// What is asked of the directory of an archive before libzip reads it.
///
/// That library goes by the directory's size rather than the number of its entries, and tries every record that looks like an end of it:
/// a file of 200 KiB with three thousand such records keeps it busy for a quarter of a minute.
enum ZipDirectory {
    /// - Throws: `OfficeFileFault` if any end of a directory promises more entries than the limit, or more bytes than so many can have; if
    ///   there are more ends than an archive can have that holds another.
    static func check(_ bytes: [UInt8], limits: ZipArchive.Limits) throws(OfficeFileFault) {
        guard bytes.count >= recordSize else { return }
        var records = 0
        for start in max(0, bytes.count - recordSize - 0xFFFF)...(bytes.count - recordSize)
        where number(bytes, start, size: 4) == recordMark {
            records += 1
            guard records <= recordLimit else { throw OfficeFileFault(.damaged("too many ends of its directory")) }
            let (entries, size) = (number(bytes, start + 10, size: 2), number(bytes, start + 12, size: 4))
            let hasLargeRecord = try checkLarge(bytes, before: start, limits)
            // What only ZIP64 can say stands in its own record.
            guard hasLargeRecord && (entries == 0xFFFF || size == 0xFFFF_FFFF) else {
                try check(entries: entries, bytes: size, limits)
                continue
            }
        }
    }

    /// The record before the end that ZIP64 adds (APPNOTE.TXT 4.3.14 and 4.3.15); some programs write it without need.
    ///
    /// - Returns: whether there is one.
    private static func checkLarge(
        _ bytes: [UInt8], before end: Int, _ limits: ZipArchive.Limits
    ) throws(OfficeFileFault) -> Bool {
        let locator = end - 20
        guard locator >= 0, number(bytes, locator, size: 4) == locatorMark else { return false }
        guard let start = Int(exactly: number(bytes, locator + 8, size: 8)), start <= locator - 56,
            number(bytes, start, size: 4) == largeRecordMark
        else { throw OfficeFileFault(.damaged("no directory that fits")) }
        let entries = max(number(bytes, start + 24, size: 8), number(bytes, start + 32, size: 8))
        try check(entries: entries, bytes: number(bytes, start + 40, size: 8), limits)
        return true
    }

    private static func check(entries: UInt64, bytes: UInt64, _ limits: ZipArchive.Limits) throws(OfficeFileFault) {
        guard entries <= limits.entries && bytes <= limits.entries * bytesOfEntry else {
            throw OfficeFileFault(.tooMuch(.entries, limit: limits.entries))
        }
    }

    private static let recordMark: UInt64 = 0x0605_4B50
    private static let largeRecordMark: UInt64 = 0x0606_4B50
    private static let locatorMark: UInt64 = 0x0706_4B50
    private static let recordSize = 22
    private static let recordLimit = 4
    /// Of the directory: the longest name that is taken, and what stands beside it.
    private static let bytesOfEntry = 512

    private static func number(_ bytes: [UInt8], _ start: Int, size: Int) -> UInt64 {
        (0..<size).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }

    /// The name of an entry, nil if it is not UTF-8 or might be more than a name: absolute, with a step upward, with what some systems
    /// take for a separator, with control characters.
    static func safeName(_ text: UnsafePointer<CChar>) -> String? {
        guard let name = String(validatingCString: text) else { return nil }
        let bytes = name.utf8
        guard (1...260).contains(bytes.count), bytes.first != UInt8(ascii: "/") else { return nil }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: ":") }) else { return nil }
        let steps = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard steps.allSatisfy({ !$0.elementsEqual("..".utf8) && !$0.elementsEqual(".".utf8) }) else { return nil }
        return name
    }

    /// Names of parts are the same whatever the case of their ASCII letters (ECMA-376, part 2, 6.3.5).
    static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
