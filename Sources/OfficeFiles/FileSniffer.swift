/// Looks at the bytes of a file for what they are.
struct FileSniffer {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func kind() throws(UnrecognizedFile.Reason) -> FileKind {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= FileKind.sizeLimit else { throw .tooLarge(limit: FileKind.sizeLimit) }
        if starts("%PDF-") { return .pdf }
        if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if starts([0xFF, 0xD8, 0xFF]) { return .jpeg }
        if starts([0x50, 0x4B]) { return try office() }
        if let reason = known { throw reason }
        return try text()
    }

    private func starts(_ signature: StaticString) -> Bool { signature.withUTF8Buffer { bytes.starts(with: $0) } }
    private func starts(_ signature: [UInt8]) -> Bool { bytes.starts(with: signature) }

    /// What is known well enough to be called by its name.
    private var known: UnrecognizedFile.Reason? {
        if starts([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .compoundFile }
        if starts([0x1F, 0x8B]) || starts([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) || starts("Rar!") || starts("BZh") {
            return .otherArchive
        }
        if starts("GIF8") || starts([0x49, 0x49, 0x2A, 0]) || starts([0x4D, 0x4D, 0, 0x2A]) { return .otherPicture }
        if starts("RIFF") && bytes.dropFirst(8).starts(with: "WEBP".utf8) { return .otherPicture }
        if starts("MZ") && bytes.contains(0) || starts([0x7F, 0x45, 0x4C, 0x46]) || starts("#!") { return .program }
        if starts("{\\rtf") { return .rtf }
        return nil
    }

    /// A ZIP archive: what it is about is said in the package itself, and everything in it is unpacked once.
    private func office() throws(UnrecognizedFile.Reason) -> FileKind {
        do throws(OfficeFileFault) {
            let archive = try ZipArchive(bytes)
            guard archive.contains(ContentTypes.part) else { throw UnrecognizedOffice.notOffice }
            let package = try OfficePackage(archive)
            let main = try package.mainPart()
            guard archive.contains(main) else { throw OfficeFileFault(.missing(main)) }
            try archive.verify()
            switch package.contentType(of: main) {
            case WordFormWriter.mainType: return .wordDocument
            case WorkbookReader.mainType: return .workbook
            default: throw UnrecognizedOffice.otherKind
            }
        } catch {
            switch error {
            case UnrecognizedOffice.notOffice: throw .otherArchive
            case UnrecognizedOffice.otherKind: throw .otherOfficeFile
            default: throw .refused(error)
            }
        }
    }

    /// Faults that only say that an archive is something else.
    private enum UnrecognizedOffice {
        static let notOffice = OfficeFileFault(.wrongKind(expected: "an Office file"))
        static let otherKind = OfficeFileFault(.wrongKind(expected: "a DOCX document or an XLSX workbook"))
    }

    private func text() throws(UnrecognizedFile.Reason) -> FileKind {
        // UTF-16 with its mark is text too, but not one that is taken.
        if starts([0xFF, 0xFE]) || starts([0xFE, 0xFF]) { throw .otherEncoding }
        guard !bytes.contains(where: { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains($0) || $0 == 0x7F }) else { throw .unknown }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .otherEncoding }
        if let markup { throw markup }
        if looksLikeMessage { return .message }
        return looksLikeCSV ? .csv : .plainText
    }

    /// What a browser would take for a page whatever it is called (WHATWG MIME Sniffing, 7.1), and other markup.
    private var markup: UnrecognizedFile.Reason? {
        let content = starts([0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let beginning = content.drop { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }.prefix(1_024)
        guard beginning.first == UInt8(ascii: "<") else { return nil }
        let lower = String(decoding: beginning.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        if lower.utf8.starts(with: "<?xml".utf8) {
            if lower.contains("<svg") { return .svg }
            return lower.contains("<html") ? .html : .xml
        }
        if lower.utf8.starts(with: "<svg".utf8) { return .svg }
        return Self.pageBeginnings.contains { lower.utf8.starts(with: $0.utf8) } ? .html : nil
    }

    private static let pageBeginnings = [
        "<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a ", "<style", "<title", "<b>",
        "<body",
        "<br", "<p>", "<p ", "<!--", "<meta", "<link", "<form", "<img", "<base",
    ]

    /// Whether it begins with a head of a mail (RFC 5322): `Name: value`, of which one is From, and one Date or Received.
    private var looksLikeMessage: Bool {
        let lines = bytes.prefix(4_096).split(separator: 0x0A).prefix(40)
        let names = lines.prefix { $0 != [0x0D] }.compactMap { line -> String? in
            line.firstIndex(of: UInt8(ascii: ":")).map { String(decoding: line[..<$0], as: UTF8.self).lowercased() }
        }
        return names.contains("from") && (names.contains("date") || names.contains("received"))
    }

    /// Whether its first lines have as many fields each, two or more, apart by commas, semicolons or tabs outside of quotation marks.
    private var looksLikeCSV: Bool {
        [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09].contains { separator in
            let counts = Self.fieldCounts(bytes.prefix(64 * 1024), separator: separator, isCut: bytes.count > 64 * 1024)
            return counts.count >= 2 && counts[0] >= 2 && counts.allSatisfy { $0 == counts[0] }
        }
    }

    /// How many fields each of the first fifty lines has that is not empty.
    private static func fieldCounts(_ bytes: ArraySlice<UInt8>, separator: UInt8, isCut: Bool) -> [Int] {
        var counts: [Int] = []
        var fields = 1
        var length = 0
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == separator, !isQuoted { fields += 1 }
            guard byte == 0x0A, !isQuoted else {
                if byte != 0x0D { length += 1 }
                continue
            }
            if length > 0 { counts.append(fields) }
            if counts.count == 50 { return counts }
            (fields, length) = (1, 0)
        }
        if length > 0, !isCut, !isQuoted { counts.append(fields) }
        return counts
    }
}
