import OfficeFiles
import Testing

@Suite("Archives")
struct ZipArchiveTests {
    @Test("What was packed is unpacked, and the same files give the same bytes")
    func roundTrip() throws {
        var writer = ZipWriter()
        let long = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        writer.add("[Content_Types].xml", Array("<Types/>".utf8))
        writer.add("word/long.bin", long)
        writer.add("empty", [])
        let bytes = try writer.archive()
        #expect(try writer.archive() == bytes)
        let archive = try ZipArchive(bytes)
        #expect(archive.names == ["[Content_Types].xml", "word/long.bin", "empty"])
        #expect(try archive.read("word/long.bin") == long)
        #expect(try archive.read("empty").isEmpty)
        #expect(try archive.read("WORD/Long.bin") == long)
        try archive.verify()
        #expect(throws: OfficeFileFault(.missing("word/short.bin"))) { try archive.read("word/short.bin") }
    }

    @Test("A file packed a thousand times as small is refused while it is unpacked")
    func bomb() throws {
        var writer = ZipWriter()
        writer.add("bomb", [UInt8](repeating: 0x20, count: 20 * 1024 * 1024))
        let archive = try ZipArchive(try writer.archive())
        #expect(throws: OfficeFileFault(.tooMuch(.ratio, limit: 200), at: [.part("bomb")])) { try archive.verify() }
    }

    @Test("What is unpacked is counted, of one file and of all together, whatever the directory says")
    func counted() throws {
        var writer = ZipWriter()
        // Too mixed to be packed.
        var state: UInt32 = 7
        let mixed = (0..<300_000).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        for name in ["a", "b", "c"] { writer.add(name, mixed) }
        let bytes = try writer.archive()
        let one = try ZipArchive(bytes, limits: ZipArchive.Limits(entryBytes: 299_999))
        #expect(throws: OfficeFileFault(.tooMuch(.entryBytes, limit: 299_999), at: [.part("a")])) { try one.read("a") }
        let all = try ZipArchive(bytes, limits: ZipArchive.Limits(unpackedBytes: 700_000))
        #expect(throws: OfficeFileFault(.tooMuch(.unpackedBytes, limit: 700_000), at: [.part("c")])) { try all.verify() }
        #expect(throws: OfficeFileFault(.tooMuch(.archiveBytes, limit: 1_000))) {
            try ZipArchive(bytes, limits: ZipArchive.Limits(archiveBytes: 1_000))
        }
    }

    @Test("A directory that promises another size than what comes is found out")
    func lyingSizes() throws {
        var entry = RawArchive.Entry("a", Array("hello, world".utf8))
        entry.size = 5
        let short = try ZipArchive(RawArchive(entries: [entry]).bytes)
        #expect(throws: OfficeFileFault.self) { try short.verify() }
        entry = RawArchive.Entry("a", Array("hello, world".utf8))
        entry.checksum ^= 1
        let other = try ZipArchive(RawArchive(entries: [entry]).bytes)
        #expect(throws: OfficeFileFault.self) { try other.verify() }
    }

    @Test("Too many files are refused, those that are there and those that are only promised")
    func entries() throws {
        let few = (0..<20).map { RawArchive.Entry("f\($0)", []) }
        #expect(throws: OfficeFileFault(.tooMuch(.entries, limit: 10))) {
            try ZipArchive(RawArchive(entries: few).bytes, limits: ZipArchive.Limits(entries: 10))
        }
        for promised: UInt16 in [2_001, 0xFFFE, 0xFFFF] {
            #expect(throws: OfficeFileFault(.tooMuch(.entries, limit: 2_000))) {
                try ZipArchive(RawArchive(entries: few, promised: promised).bytes)
            }
        }
        // Fewer promised than there are: libzip refuses it, or takes what was promised.
        let hidden = RawArchive(entries: few, promised: 1).bytes
        #expect((try? ZipArchive(hidden).names.count) ?? 0 <= 1)
    }

    @Test("A directory larger than so many entries need, and one with many ends, are refused before they are read")
    func directories() throws {
        let long = (0..<10).map { RawArchive.Entry(String(repeating: "n", count: 900) + "\($0)", []) }
        #expect(throws: OfficeFileFault(.tooMuch(.entries, limit: 15))) {
            try ZipArchive(RawArchive(entries: long).bytes, limits: ZipArchive.Limits(entries: 15))
        }
        let one = RawArchive(entries: [RawArchive.Entry("a", [1])]).bytes
        // Each end with a comment that reaches to the end of the file.
        let end = Array(one.suffix(22))
        let ends = (0..<5).reversed().flatMap { rest -> [UInt8] in end.dropLast(2) + [UInt8(rest * 22), 0] }
        #expect(throws: OfficeFileFault(.damaged("too many ends of its directory"))) { try ZipArchive(one.dropLast(22) + ends) }
    }

    @Test("The record that ZIP64 adds is read, and its promises are held to the same limits")
    func large() throws {
        let plain = RawArchive(entries: [RawArchive.Entry("a", [1])]).bytes
        let end = plain.count - 22
        let number: (Int, Int) -> [UInt8] = { value, size in (0..<size).map { UInt8(value >> (8 * $0) & 0xFF) } }
        let (directory, start) = (Array(plain[(end + 12)..<(end + 16)]), Array(plain[(end + 16)..<(end + 20)]))
        let archive: (Int) -> [UInt8] = { entries in
            let record: [UInt8] =
                [0x50, 0x4B, 6, 6] + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8) + number(entries, 8) + number(entries, 8)
                + directory + number(0, 4) + start + number(0, 4)
            let locator: [UInt8] = [0x50, 0x4B, 6, 7] + number(0, 4) + number(end, 8) + number(1, 4)
            return plain[..<end] + record + locator + plain[end...]
        }
        #expect(try ZipArchive(archive(1)).read("a") == [1])
        #expect(throws: OfficeFileFault(.tooMuch(.entries, limit: 2_000))) { try ZipArchive(archive(2_001)) }
        var stray = archive(1)
        stray[stray.count - 22 - 12] ^= 1
        #expect(throws: OfficeFileFault(.damaged("no directory that fits"))) { try ZipArchive(stray) }
    }

    @Test(
        "A name that could lead elsewhere is refused",
        arguments: ["/etc/passwd", "../outside", "a/../../b", "a\\b", "C:evil", "a/./b", "new\nline", ""])
    func names(name: String) {
        #expect(throws: OfficeFileFault(.unsafeName)) { try ZipArchive(RawArchive(entries: [RawArchive.Entry(name, [1])]).bytes) }
    }

    @Test("Two files of one name are refused, in whatever case, and a name that is not UTF-8")
    func duplicates() {
        for pair in [["a", "a"], ["word/A.xml", "Word/a.XML"]] {
            #expect(throws: OfficeFileFault(.duplicate(pair[1]))) {
                try ZipArchive(RawArchive(entries: pair.map { RawArchive.Entry($0, [1]) }).bytes)
            }
        }
        var entry = RawArchive.Entry("x", [1])
        entry.name = [0xC3, 0x28]
        #expect(throws: OfficeFileFault(.unsafeName)) { try ZipArchive(RawArchive(entries: [entry]).bytes) }
    }

    @Test("What is encrypted, or packed in another way, is refused")
    func methods() {
        var entry = RawArchive.Entry("a", [UInt8](repeating: 1, count: 40))
        entry.flags = 1
        #expect(throws: OfficeFileFault(.encrypted, at: [.part("a")])) { try ZipArchive(RawArchive(entries: [entry]).bytes) }
        entry.flags = 0
        for method: UInt16 in [1, 9, 12, 14, 93, 95, 98] {
            entry.method = method
            #expect(throws: OfficeFileFault(.unknownCompression, at: [.part("a")])) {
                try ZipArchive(RawArchive(entries: [entry]).bytes)
            }
        }
    }

    @Test("What is no archive, or only the beginning of one, is refused")
    func noArchive() throws {
        #expect(throws: OfficeFileFault(.notAnArchive)) { try ZipArchive([]) }
        #expect(throws: OfficeFileFault(.notAnArchive)) { try ZipArchive(Array("<html>".utf8)) }
        let whole = RawArchive(entries: [RawArchive.Entry("a", Array(repeating: 7, count: 500))]).bytes
        for count in stride(from: 1, to: whole.count, by: 13) {
            #expect(throws: OfficeFileFault.self) { try ZipArchive(Array(whole.prefix(count))).verify() }
        }
    }
}
