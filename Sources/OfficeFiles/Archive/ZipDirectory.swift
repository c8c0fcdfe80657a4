/// What is asked of the directory of an archive before anything is unpacked.
enum ZipDirectory {
    /// The largest number of entries that any record of an end of the directory promises (APPNOTE.TXT 4.3.16), 0 if there is none.
    ///
    /// There should be one; where a comment looks like another, the larger counts. An archive of ZIP64 promises 65,535.
    static func promisedEntries(in bytes: [UInt8]) -> Int {
        let recordSize = 22
        guard bytes.count >= recordSize else { return 0 }
        var largest = 0
        for start in max(0, bytes.count - recordSize - 0xFFFF)...(bytes.count - recordSize)
        where bytes[start] == 0x50 && bytes[start + 1] == 0x4B && bytes[start + 2] == 5 && bytes[start + 3] == 6 {
            largest = max(largest, Int(bytes[start + 10]) | Int(bytes[start + 11]) << 8)
        }
        return largest
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
