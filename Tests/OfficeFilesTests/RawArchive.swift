import OfficeFiles

/// A ZIP archive written by hand, byte by byte, so that it can say what is not so.
struct RawArchive {
    struct Entry {
        var name: [UInt8]
        /// As it stands in the archive.
        var packed: [UInt8]
        var method: UInt16 = 0
        var flags: UInt16 = 0
        var size: UInt32
        var checksum: UInt32

        /// Stored, and honest.
        init(_ name: String, _ content: [UInt8]) {
            self.name = Array(name.utf8)
            packed = content
            size = UInt32(content.count)
            checksum = RawArchive.checksum(content)
        }
    }

    var entries: [Entry]
    /// How many entries the end of the directory promises, if not as many as there are.
    var promised: UInt16?

    var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let start = UInt32(archive.count)
            let common =
                Self.little(entry.flags) + Self.little(entry.method) + [0, 0, 0x21, 0] + Self.little(entry.checksum)
                + Self.little(UInt32(entry.packed.count)) + Self.little(entry.size) + Self.little(UInt16(entry.name.count)) + [0, 0]
            archive += [0x50, 0x4B, 3, 4, 20, 0] + common + entry.name + entry.packed
            directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0] + common + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + Self.little(start) + entry.name
        }
        let count = Self.little(promised ?? UInt16(truncatingIfNeeded: entries.count))
        let start = UInt32(archive.count)
        return archive + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + Self.little(UInt32(directory.count))
            + Self.little(start) + [0, 0]
    }

    private static func little(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

    private static func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var checksum: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
        }
        return ~checksum
    }
}

/// An Office file with a main part of one's own.
enum MadePackage {
    static func workbook(sheet: String, sharedStrings: String? = nil) throws -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var parts = [
            "xl/workbook.xml": """
            <workbook xmlns="\(main)" xmlns:r="\(office)"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>
            """,
            "xl/_rels/workbook.xml.rels": """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="\(office)/worksheet" Target="sheet.xml"/>
            <Relationship Id="rId2" Type="\(office)/sharedStrings" Target="texts.xml"/></Relationships>
            """,
            "xl/sheet.xml": sheet.replacing("<worksheet>", with: "<worksheet xmlns=\"\(main)\">"),
        ]
        parts["xl/texts.xml"] = sharedStrings ?? "<sst xmlns=\"\(main)\"/>"
        return try package(
            "xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", parts: parts)
    }

    static func package(_ main: String, _ type: String, parts: [String: String]) throws -> [UInt8] {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var archive = ZipWriter()
        archive.add(
            "[Content_Types].xml",
            Array(
                """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Default Extension="xml" ContentType="application/xml"/><Override PartName="/\(main)" ContentType="\(type)"/></Types>
                """.utf8))
        archive.add(
            "_rels/.rels",
            Array(
                """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                <Relationship Id="rId1" Type="\(office)/officeDocument" Target="\(main)"/></Relationships>
                """.utf8))
        for (name, text) in parts.sorted(by: { $0.key < $1.key }) { archive.add(name, Array(text.utf8)) }
        return try archive.archive()
    }
}
